#pragma once
/// The lasso with isotropic Gaussian rows: state evolution.
#include "core/types.hpp"

namespace quartic {

/// d candidates, of which some coefficients are known numbers, some are draws of N(0, random_variance), the
/// rest zero; and further columns, which an expert names, whose penalty is `named_factor` times l.
struct LassoDesign {
  double rows = 100;               ///< n
  double candidates = 1000;        ///< d
  double noise_variance = 1;       ///< sigma^2
  Vector coefficients = {};        ///< known nonzero coefficients, at most d
  double random_coefficients = 0;  ///< how many are Gaussian
  double random_variance = 1;
  double named = 0;         ///< columns beside the candidates
  double named_factor = 0;  ///< 0: they bear no penalty
  Vector named_coefficients =
      {};  ///< those of the named that are not zero; without a penalty they do not matter
};

struct LassoState {
  double alpha = 0;    ///< threshold in units of tau
  double tau = 0;      ///< standard deviation of the effective noise (times sqrt(n))
  double penalty = 0;  ///< the l that this alpha belongs to
  double risk = 0;     ///< excess risk tau^2 - sigma^2
  double active = 0;   ///< expected number of nonzero coefficients
};

/// Objective |y-Xb|^2/(2n) + l |b|_1 in the limit n, d -> infinity. With delta = n/d, X0 = sqrt(n) b*, Z ~
/// N(0,1), eta = soft threshold, the state solves
///   tau^2 = sigma^2 + E(eta(X0 + tau Z; alpha tau) - X0)^2/delta,
///   l sqrt(n) = alpha tau [1 - P(|X0 + tau Z| > alpha tau)/delta].
/// The expectations are exact (no quadrature), the inner equation is solved by Newton from above (it is
/// convex), the outer one by Brent over alpha > alpha_min, where it increases. Simulation agrees within 3 %
/// from n = 200 at d = 1000. Bayati & Montanari 2012, arXiv 1008.2581, theorem 1.5 and proposition 1.4. Named
/// columns enter both sums over columns with the threshold named_factor alpha tau: at 0 eta is the identity,
/// each adds tau^2/n to the first equation and is active, and least squares is what is left without others:
/// tau^2 = sigma^2 n/(n - named). l must be > 0, n > 0, sigma^2 or some coefficient nonzero, and fewer than n
/// columns free of a penalty; else every field is NaN.
LassoState lasso_state(const LassoDesign& design, double penalty);

/// Least alpha with a finite tau: sum over all columns of E eta(Z; its threshold/tau)^2 = n, or 0 where there are
/// no more columns than rows. NaN where no alpha is large enough.
double lasso_least_alpha(const LassoDesign& design);

/// Risk of soft thresholding at alpha one N(mu, 1) observation of mu (Donoho & Johnstone 1994):
///   1 + a^2 + (mu^2-a^2-1)[Phi(a-mu) - Phi(-a-mu)] - (a-mu) phi(a+mu) - (a+mu) phi(a-mu).
double soft_threshold_risk(double mu, double alpha);

/// c sigma sqrt(2 ln d/n), the penalty of theory (Bickel, Ritov & Tsybakov 2009).
struct UniversalPenalty {
  double rows = 100, candidates = 1000, noise_variance = 1;
  double factor = 1.4142135623730951;  ///< c
};
double universal_penalty(const UniversalPenalty& options);

}  // namespace quartic
