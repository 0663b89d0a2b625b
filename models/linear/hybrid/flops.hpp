#pragma once
/// Named flop formulas of the hybrid model, beside those of the lassos that it calls.
#include "core/types.hpp"
#include "models/linear/flops.hpp"

namespace quartic::detail::hybrid_flops {

/// A column of n numbers beside `before` orthonormal ones: its length, its projections on them taken off twice and
/// summed, and its length again; n more where it stays, for unit length. Thresholds are control.
constexpr double orthogonalise(double n, double before) {
  return 2 * norm_flops(n) + 4 * product_flops(1, n, before) + before;
}
/// d columns and y less their projections on `rank` orthonormal columns, and |x|^2 before and after.
constexpr double project(double n, double d, double rank) {
  return 2 * product_flops(rank, n, d + 1) + 4 * n * (d + 1);
}
/// Coordinates of y less those of `active` columns, then the triangle of order `rank`; where fewer than `columns` are
/// independent, a second one and a product.
constexpr double coefficients(double rank, double columns, double active) {
  const double least_norm = rank < columns ? product_flops(columns, rank, 1) : 0;
  return product_flops(rank, active, 1) + triangular_solve_flops(rank) + least_norm;
}

}  // namespace quartic::detail::hybrid_flops
