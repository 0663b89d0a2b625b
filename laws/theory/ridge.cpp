#include "laws/theory/ridge.hpp"

#include <cmath>
#include <limits>

namespace quartic {
namespace {

/// u = l m(-l), the root of g u^2 + (1-g+l) u - l = 0, and its complement 1 - u, neither by subtraction of
/// near equals.
struct Resolvent {
  double u, complement, root;
};

Resolvent resolvent(double g, double l) {
  const double b = 1 - g + l;
  const double root = std::sqrt(b * b + 4 * g * l);
  const double u = b > 0 ? 2 * l / (b + root) : (root - b) / (2 * g);
  return {u, 2 / (1 + g + l + root), root};
}

}  // namespace

double ridge_risk(const RidgeLimit& limit, double penalty) {
  const double g = limit.aspect;
  if (!(penalty >= 0) || !(g > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(penalty)) return limit.signal;
  const Resolvent m = resolvent(g, penalty);
  if (m.root == 0) return std::numeric_limits<double>::quiet_NaN();
  const double bias = limit.signal * m.u * (penalty + g * m.u) / m.root;
  const double variance = limit.noise_variance * g * m.complement / m.root;
  return bias + variance;
}

double ridge_optimal_penalty(const RidgeLimit& limit) {
  return limit.noise_variance * limit.aspect / limit.signal;
}

double ridge_optimal_risk(const RidgeLimit& limit) {
  const double penalty = ridge_optimal_penalty(limit);
  if (!std::isfinite(penalty)) return limit.signal == 0 ? 0 : std::numeric_limits<double>::quiet_NaN();
  return limit.signal * resolvent(limit.aspect, penalty).u;
}

}  // namespace quartic
