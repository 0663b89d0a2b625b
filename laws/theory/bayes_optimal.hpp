#pragma once
/// The least error that any rule can have in the sparse linear world: that of the posterior mean.
#include "core/types.hpp"

namespace quartic {

/// Whether all coefficients that are not zero have one sign, which is known, or either with probability 1/2.
enum class CoefficientSigns { one, either };

/// d candidates, each of which matters with probability relevant/d; all coefficients that are not zero have the
/// same, known size.
struct BayesDesign {
  double rows = 100;          ///< n
  double candidates = 1000;   ///< d
  double relevant = 10;       ///< expected number of coefficients that are not zero
  double coefficient = 1;     ///< their size
  double noise_variance = 1;  ///< sigma^2
  CoefficientSigns signs = CoefficientSigns::one;
};

/// Excess risk of E(b | X, y) with isotropic Gaussian rows, in the limit n, d -> infinity at n/d = delta: nobody who
/// knows no more than the law of the coefficients gets below, whatever the computing. With X0 = sqrt(n) b and
/// mmse(u) = E(X0 - E(X0 | X0 + sqrt(u) Z))^2,
///   u = sigma^2 + mmse(u)/delta;  risk = mmse(u)/delta = u - sigma^2.
/// Where this has three roots (below the threshold of algorithms: few rows, many relevant columns) the outer two are
/// stable; the least error belongs to the one with the smaller free energy, whose difference is the integral of
/// delta (u - sigma^2 - mmse(u)/delta)/(2 u^2) between them (Guo & Verdu 2005; Reeves & Pfister 2019, arXiv 1607.02524;
/// Barbier, Macris, Dia & Krzakala 2020, arXiv 1607.00683). Without noise 0: few large numbers can be told exactly
/// (Wu & Verdu 2010). NaN unless rows, candidates and coefficient > 0, 0 < relevant <= candidates.
///
/// Worlds draw exactly `relevant` columns, not so many on average: at small n their best rule knows that, too, and may
/// be better by a little. Milliseconds.
double bayes_optimal_risk(const BayesDesign& design);

/// mmse(u)/u of X0 = +-mu sqrt(u) with probability `share`, else 0. By the trapezoidal rule, whose error falls as
/// exp(-2 pi^2/step) here; 0 beyond mu = 75, where it is below 1e-300.
struct TwoPoints {
  double share = 0.01;
  CoefficientSigns signs = CoefficientSigns::one;
};
double scalar_mmse(const TwoPoints& prior, double mu);

}  // namespace quartic
