#pragma once
/// Powers, exponentials and angles with the same bits everywhere: libm differs in the last place between
/// platforms, and what a truth holds must not. Plain double arithmetic; relative error below 3e-16 (1 +
/// |result's logarithm|) unless said otherwise.
namespace quartic::detail {

/// base^exponent. Precondition: base > 0.
double power(double base, double exponent);
/// e^x - 1, without cancellation near 0.
double exponential_minus_one(double x);
double exponential(double x);
/// log x. Precondition: x > 0.
double logarithm(double x);
/// 1/(1 + e^-x), for any x.
double sigmoid(double x);
/// Phi(x), the distribution function of a standard normal, for any x. Relative error below 2e-13, in the tail 5e-16 x^2,
/// down to x = -37.
double normal_distribution(double x);
/// The angle in [-pi/2, pi/2] whose sine is x. Precondition: |x| <= 1. Absolute error below 1e-15.
double arcsine(double x);
/// cos(pi u), 0 <= u <= 1. Absolute error below 1e-15.
double cosine_pi(double u);
/// The sum over k = 0, 1, ... of (q + k)^-s, s > 1, q > 0 (Hurwitz's zeta function), by Euler and Maclaurin's
/// formula: relative error below 1e-14.
double hurwitz_zeta(double s, double q);

}  // namespace quartic::detail
