#pragma once
/// What choosing a share to keep costs beside the fits (core/fit.hpp says what counts as one).
#include "models/linear/flops.hpp"

namespace quartic::detail::pruned_flops {

/// The mean squared error of a rule of so many columns, and 1 or 0 intercepts, on so many rows.
constexpr double judge(double rows, double columns, double intercepts) {
  return product_flops(rows, columns, 1) + rows * (3 + intercepts) + 1;
}

}  // namespace quartic::detail::pruned_flops
