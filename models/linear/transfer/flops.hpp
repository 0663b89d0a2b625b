#pragma once
/// What models that begin with other tasks cost beside the fits that they are made of, in flops (core/fit.hpp says what
/// counts as one). Exact: counts of the code in tests/support/reference/transfer.hpp.
#include "models/linear/flops.hpp"

namespace quartic::detail::transfer_flops {

/// y - (Xw + a) of n rows and d columns; intercepts: 1, or 0 where there is no a.
constexpr double residual(double n, double d, double intercepts) {
  return product_flops(n, d, 1) + n * (1 + intercepts);
}
/// w + b, and the two intercepts.
constexpr double add_rules(double d, double intercepts) {
  return d + intercepts;
}
/// The first k left singular vectors of a d x T matrix by the eigenvectors of the smaller of its Gram matrices; where
/// that is the one of its columns (T < d), products with its eigenvectors, roots and divisions.
inline double directions(Index d, Index tasks, Index k) {
  const auto rows = static_cast<double>(d), columns = static_cast<double>(tasks),
             count = static_cast<double>(k);
  if (tasks >= d) return gram_flops(columns, rows) + eigensystem_flops(d);
  return gram_flops(rows, columns) + eigensystem_flops(tasks) + product_flops(rows, columns, count) +
         count * (1 + rows);
}
/// Z = XU, n x k.
constexpr double coordinates(double n, double d, double k) {
  return product_flops(n, d, k);
}
/// w = Ua.
constexpr double combination(double d, double k) {
  return product_flops(d, k, 1);
}

}  // namespace quartic::detail::transfer_flops
