#pragma once
/// Least squares on all columns, whose small coefficients are then cut: isotropic Gaussian rows.
#include "core/types.hpp"

namespace quartic {

/// Least squares (below d columns the interpolator of least norm) on n rows of y = x'b + noise; each coefficient whose
/// size is not above t becomes 0, and the others stay as they are (they are not fitted again).
struct PruningDesign {
  double rows = 400;                       ///< n
  double columns = 100;                    ///< d
  Vector coefficients = Vector::Ones(10);  ///< of b; the other d - size() are 0
  double noise_variance = 1;               ///< sigma^2
};

/// What least squares makes of a coefficient b_j: kappa b_j on average, about which it has the deviation tau.
struct LearnedCoefficient {
  double factor = 1;     ///< kappa
  double deviation = 0;  ///< tau
};

/// With r^2 = |b|^2,
///   n >= d + 2:  kappa = 1,    tau^2 = sigma^2/(n-d-1);
///   n <= d - 2:  kappa = n/d,  tau^2 = kappa (1 - kappa) r^2/d + sigma^2 n/(d (d-n-1));      NaN between.
/// Mean and variance of the first are exact: it is b_j + sigma T/sqrt(n-d+1), T of Student with n-d+1 degrees of freedom.
/// The second is the limit of many columns, normal: kappa b is the exact mean of P b, P the projection on the rows, uniform over all such, but its coordinates
/// vary by kappa (1 - kappa) (d r^2 + (d-2) b_j^2)/((d+2)(d-1)), of which tau^2 takes the mean over all columns (in
/// simulations at d = 120 to 300 risks were within a per cent). Throws InvalidInput for d < 1, more coefficients than
/// columns, and numbers that are negative (coefficients may be) or not finite.
LearnedCoefficient learned_coefficient(const PruningDesign& design);

/// Mean excess risk after cutting at t: sum over all columns of E (H_t(kappa b_j + tau Z) - b_j)^2, H_t(x) = x where
/// |x| > t, else 0, Z standard normal; for n >= d + 2, where the law is Student's, the mean of that over tau^2 =
/// sigma^2/C, C chi-squared with n-d+1 degrees of freedom (exact; a normal of the same variance is .1 % off at n = 4 d,
/// and 11 % at n = 1.5 d, d = 60). With u = (t - kappa b)/tau, v = (t + kappa b)/tau, m = (kappa - 1) b, and Q = 1 - Phi each is
///   b^2 (1 - Q(u) - Q(v)) + (m^2 + tau^2)(Q(u) + Q(v)) + 2 m tau (phi(u) - phi(v)) + tau^2 (u phi(u) + v phi(v)).
/// At t = 0 it is the risk of least squares, of t -> infinity r^2. Throws as learned_coefficient, and for t < 0.
double pruned_risk(const PruningDesign& design, double threshold);

/// How many coefficients are kept on average: sum P(|kappa b_j + tau Z| > t), likewise. Throws as pruned_risk.
double kept_by_pruning(const PruningDesign& design, double threshold);

/// The t at which so many are kept on average, 0 < kept <= d; the smallest of an interval where there is one. Throws as
/// pruned_risk, and for other numbers.
double pruning_threshold(const PruningDesign& design, double kept);

}  // namespace quartic
