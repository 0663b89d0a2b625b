#pragma once
/// What forward selection costs, in flops (core/fit.hpp says what counts as one): n rows, d columns, `before`
/// directions there already. Exact: counts of the code in tests/support/reference/forward_selection.hpp.
namespace quartic::detail::selection_flops {

/// |x_j|^2 and x_j'y of every column, |y|^2.
constexpr double start(double n, double d) {
  return 4 * n * d + 2 * n;
}
/// What a residual loses along a direction q of length 1: q'r, r - (q'r) q, |r|^2.
constexpr double project(double n) {
  return 6 * n;
}
/// 1/sqrt n, and the projection on the constant.
constexpr double constant(double n) {
  return 2 + project(n);
}
/// q'x_j of every column, its square off |x_j|^2, its share of q'r off x_j'r.
constexpr double sweep(double n, double d) {
  return 2 * n * d + 4 * d;
}
/// (x_j'r)^2 / |x_j|^2 of what is left of every column.
constexpr double choose(double d) {
  return 2 * d;
}
/// A column less its part in the directions before, twice; its length; the projection on it.
constexpr double join(double n, double before) {
  return 8 * n * before + before + (2 * n + 1) + n + project(n);
}
/// The same combination of held-out rows, and off their residuals.
constexpr double held_out_join(double rows, double before) {
  return 4 * rows * before + rows + 2 * rows;
}
constexpr double held_out_constant(double rows) {
  return 2 * rows;
}
/// Mean square of their residuals.
constexpr double held_out_error(double rows) {
  return 2 * rows + 1;
}
/// Coefficients from those along the directions.
constexpr double solve(double order) {
  return order * order;
}
/// n log(|r|^2/n) + parameters log n, the latter logarithm at hand.
constexpr double criterion() {
  return 5;
}
/// + 2 log of the number of ways to choose the columns, from that of one column fewer.
constexpr double ways() {
  return 5;
}

}  // namespace quartic::detail::selection_flops
