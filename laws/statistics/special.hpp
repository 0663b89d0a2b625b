#pragma once
/// The special functions that the laws and the theory need; absolute error below 1e-12 unless said otherwise.

namespace quartic {

/// phi(x) = exp(-x^2/2)/sqrt(2 pi).
double normal_density(double x);
/// Phi(x), accurate in relative terms in the lower tail.
double normal_cdf(double x);

/// psi(x) = d log Gamma(x)/dx for x > 0 (recurrence to x >= 10, then the asymptotic series; Abramowitz &
/// Stegun 6.3.5, 6.3.18). NaN for x <= 0.
double digamma(double x);

/// The t with P(T <= t) = p: 0 < p < 1, df > 0, else NaN; relative error below 1e-9 up to df = 1e6.
/// (p = .975: 12.706 at df 1, 2.228 at df 10, 1.984 at df 99.)
double student_t_quantile(double p, double df);

/// P(F > f) of the F distribution with these degrees of freedom, f >= 0; 1 for NaN.
double f_tail(double f, double above, double below);

}  // namespace quartic
