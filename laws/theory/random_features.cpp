#include "laws/theory/random_features.hpp"

#include <algorithm>
#include <cmath>

#include "core/types.hpp"
#include "laws/statistics/root.hpp"

namespace quartic {
namespace {

struct Ratios {
  double psi1, psi2, zeta2;  // zeta^2
};

/// q with g(q) = m: the positive root of zeta^2 q^2 + (1 + zeta^2 - m zeta^2) q - m.
double largest_q(const Ratios& at, double m) {
  if (at.zeta2 == 0) return m;
  const double half = (1 + at.zeta2 - m * at.zeta2) / 2, root = std::sqrt(half * half + at.zeta2 * m);
  return half > 0 ? m / (half + root) : (root - half) / at.zeta2;
}

/// -nu1 nu2 at xi^2 = -u2.
double resolvent_product(const Ratios& at, double u2) {
  const double most = largest_q(at, std::min(at.psi1, at.psi2));
  if (u2 == 0) return most;
  const auto balance = [&](double q) {
    const double g = q * (1 + at.zeta2 / (1 + at.zeta2 * q));
    return q * u2 - std::max(0., at.psi1 - g) * std::max(0., at.psi2 - g);
  };
  return find_root(balance, 0, most);
}

/// E0, E1, E2 of theorem 2.
struct Polynomials {
  double e0, e1, e2;
};

Polynomials polynomials(const Ratios& at, double c) {
  const double p1 = at.psi1, p2 = at.psi2, z2 = at.zeta2, z4 = z2 * z2, z6 = z4 * z2;
  const double c2 = c * c, c3 = c2 * c, c4 = c3 * c, c5 = c4 * c;
  const double e0 = -c5 * z6 + 3 * c4 * z4 + (p1 * p2 - p2 - p1 + 1) * c3 * z6 - 2 * c3 * z4 - 3 * c3 * z2 +
                    (p1 + p2 - 3 * p1 * p2 + 1) * c2 * z4 + 2 * c2 * z2 + c2 + 3 * p1 * p2 * c * z2 - p1 * p2;
  const double e1 = p2 * c3 * z4 - p2 * c2 * z2 + p1 * p2 * c * z2 - p1 * p2;
  const double e2 = c5 * z6 - 3 * c4 * z4 + (p1 - 1) * c3 * z6 + 2 * c3 * z4 + 3 * c3 * z2 -
                    (p1 + 1) * c2 * z4 - 2 * c2 * z2 - c2;
  return {e0, e1, e2};
}

}  // namespace

RandomFeaturesRisk random_features_risk(const RandomFeaturesLimit& design) {
  const double mu = design.activation.squared_nonlinear;
  const Ratios at{design.features_per_column, design.rows_per_column,
                  design.activation.linear * design.activation.linear / mu};
  const bool interpolates = design.penalty == 0 && at.psi1 == at.psi2;
  if (!(at.psi1 > 0) || !(at.psi2 > 0) || !(design.penalty >= 0) || !(mu > 0) || interpolates)
    return {nan, nan, nan};
  const double q = resolvent_product(at, at.psi1 * at.psi2 * design.penalty / mu);
  const Polynomials e = polynomials(at, -q);
  const double bias = e.e1 / e.e0, variance = e.e2 / e.e0,
               noise = design.noise_variance + design.nonlinear_signal;
  return {bias, variance, design.linear_signal * bias + noise * variance + design.nonlinear_signal};
}

}  // namespace quartic
