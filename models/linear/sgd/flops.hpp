#pragma once
/// What stochastic gradient descent on a linear model costs, in flops (core/fit.hpp says what counts as one);
/// p is the number of columns. Sums start from zero, as in models/linear/flops.hpp. Exact:
/// tests/support/reference/sgd.hpp.
#include "core/types.hpp"
#include "models/linear/flops.hpp"

namespace quartic::detail::sgd_flops {

/// y - x'b.
constexpr double residual(double p) {
  return product_flops(1, p, 1) + 1;
}
/// b += (h r) x.
constexpr double update(double p) {
  return 2 * p + 1;
}
/// One step: 4 p + 2.
constexpr double step(double p) {
  return residual(p) + update(p);
}
/// Adding `iterates` iterates up.
constexpr double sum(double iterates, double p) {
  return iterates * p;
}
/// The sum over the number of iterates.
constexpr double mean(double p) {
  return p;
}
/// 1/(4 R^2), R^2 the mean squared length of `rows` rows.
constexpr double automatic_step(double rows, double p) {
  return rows * (product_flops(1, p, 1) + 1) + 2;
}

}  // namespace quartic::detail::sgd_flops
