#pragma once
/// Named flop formulas of the lasso's algorithm (lasso_path.hpp). Control - penalty grids, thresholds,
/// comparisons, ranks - and the movement of data cost nothing.
#include "core/types.hpp"

namespace quartic::detail::lasso_flops {

/// u'v of length n, added from zero.
constexpr double inner_product(Index n) {
  return 2.0 * n;
}
/// X'r: d inner products of length n.
constexpr double correlations(Index n, Index d) {
  return 2.0 * n * d;
}
/// One new column of a working set of k columns (itself included): its inner products with them and with y.
constexpr double gram_column(Index n, Index k) {
  return 2.0 * n * (k + 1.0);
}
/// The same products of `folds` training sets from those of the folds: their sum, then one subtraction a
/// fold.
constexpr double gram_by_subtraction(Index folds, Index k) {
  return (2.0 * folds - 1) * (k + 1.0);
}
/// Sums of one column over every training set, by subtraction.
constexpr double training_sums(Index n, Index folds) {
  return n + 2.0 * folds - 1;
}
/// The products of one new column about the means of every training set: sums, means, 2 a product.
constexpr double centre_gram_column(Index n, Index folds, Index k) {
  return training_sums(n, folds) + folds * (1 + 2 * (k + 1.0));
}
/// Forward substitution and squared pivot of a new row under a factor of a rows; 1 more for the root if it
/// stays.
constexpr double factor_append(Index a) {
  return 1.0 * a * a + 2.0 * a;
}
/// Rank-one repair of the t rows that followed a removed one.
constexpr double factor_remove(Index t) {
  return 3.0 * t * t + 3.0 * t;
}
/// Two triangular solves with a rows.
constexpr double factor_solve(Index a) {
  return 2.0 * a * a;
}
/// q_W - G_WA b_A for k columns and a coefficients.
constexpr double gradient(Index k, Index a) {
  return 2.0 * k * a;
}
/// y - X_A b_A, for all rows.
constexpr double residual(Index n, Index a) {
  return 2.0 * n * a;
}
/// Mean of a residual over its training rows, taken off all n rows (an intercept).
constexpr double centre_residual(Index training, Index n) {
  return static_cast<double>(training) + 1 + static_cast<double>(n);
}
/// Mean square of a residual over held-out rows.
constexpr double validation_error(Index rows) {
  return 2.0 * rows + 1;
}
/// Primal value, dual value and relative gap from r and X'r: r'r, y'r, |b|_1 and 13 more.
constexpr double duality_gap(Index n, Index a) {
  return 4.0 * n + a + 13;
}

}  // namespace quartic::detail::lasso_flops
