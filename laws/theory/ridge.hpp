#pragma once
/// Ridge regression with isotropic rows, in the limit of many rows and columns.

namespace quartic {

/// b = (X'X/n + l I)^-1 X'y/n at aspect g = p/n, n, p -> infinity (from a few dozen on within a few per
/// cent).
struct RidgeLimit {
  double aspect = 0.5;        ///< g
  double signal = 1;          ///< r^2 = |b*|^2
  double noise_variance = 1;  ///< sigma^2
};

/// Excess risk at penalty l >= 0:
///   R(l) = r^2 l^2 m' + sigma^2 g (m - l m'),  m(z) the Stieltjes transform of the spectrum of X'X/n, m' =
///   dm/dz, z = -l, m = [-(1-g+l) + D]/(2 g l),  D = sqrt((1-g+l)^2 + 4 g l).
/// Computed as r^2 u (l + g u)/D + sigma^2 g (1-u)/D with u = l m, which is stable down to l = 0 (least
/// squares for g < 1, minimum norm for g > 1). NaN for l < 0 and at l = 0, g = 1. Dobriban & Wager 2018,
/// Annals of Statistics 46(1), theorem 2.1; Hastie et al. 2022, arXiv 1903.08560, theorem 5.
double ridge_risk(const RidgeLimit& limit, double penalty);

/// The penalty that minimises R: l* = sigma^2 g/r^2 (infinite where there is no signal).
double ridge_optimal_penalty(const RidgeLimit& limit);
/// R(l*) = sigma^2 g m(-l*) = r^2 l* m(-l*); 0 where there is no signal.
double ridge_optimal_risk(const RidgeLimit& limit);

}  // namespace quartic
