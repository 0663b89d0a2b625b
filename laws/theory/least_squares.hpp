#pragma once
/// Least squares with Gaussian rows: exact risk at every n.

namespace quartic {

/// y = x'b + noise with isotropic Gaussian rows; least squares on p columns T out of a pool, C = the rest of
/// the pool. For n < p the fit is the minimum-norm interpolator.
struct LeastSquaresDesign {
  double rows = 100;              ///< n
  double columns = 10;            ///< p
  double signal_in_columns = 10;  ///< |b_T|^2
  double signal_left_out = 0;     ///< |b_C|^2: what an expert forgot
  double noise_variance = 1;      ///< sigma^2
};

/// Mean excess risk E|b - b*|^2 (label noise not counted), exact at finite n:
///   n >= p + 2:  |b_C|^2 + (|b_C|^2 + sigma^2) p/(n-p-1)
///   n <= p - 2:  |b_T|^2 (1-n/p) + |b_C|^2 + (|b_C|^2 + sigma^2) n/(p-n-1)
/// NaN for |n-p| <= 1, where the mean does not exist (heavy tails nearby: compare medians there).
/// With n >= p + 2 and nothing left out it holds for every nonsingular covariance (excess risk in its norm).
/// Belkin, Hsu & Xu 2020, arXiv 1903.07571, theorem 1 (total risk there: sigma^2 more).
double least_squares_risk(const LeastSquaresDesign& design);

/// Geometric mean of the excess risk, exp(E log R), nothing left out, n >= p; NaN otherwise:
///   R = sigma^2 chi2_p/chi2_{n-p+1} (independent), so E log R = log sigma^2 + psi(p/2) - psi((n-p+1)/2).
/// Muirhead 1982, Aspects of Multivariate Statistical Theory, theorem 3.2.12 (z'z/z'W^-1 z is chi2_{n-p+1}).
double least_squares_geometric_risk(const LeastSquaresDesign& design);

/// The limit n, p -> infinity at aspect = p/n, all columns, |b|^2 = signal:
///   sigma^2 g/(1-g) for g < 1;  signal (1-1/g) + sigma^2/(g-1) for g > 1;  NaN at g = 1.
/// Hastie, Montanari, Rosset & Tibshirani 2022, arXiv 1903.08560, theorem 1.
struct LeastSquaresLimit {
  double aspect = 0.5;
  double signal = 1;
  double noise_variance = 1;
};
double least_squares_risk(const LeastSquaresLimit& limit);

}  // namespace quartic
