#pragma once
/// What boosted stumps cost, in flops (core/fit.hpp says what counts as one): n rows, d columns, `splits` places where
/// columns may be divided, over all columns. Sorting is comparisons. Exact: counts of the code in
/// tests/support/reference/boosted_stumps.hpp.
namespace quartic::detail::stump_flops {

/// Halves of sums of neighbours.
constexpr double places(double splits) {
  return 2 * splits;
}
/// Mean of the labels, and what they are less it.
constexpr double squared_start(double n) {
  return 2 * n + 1;
}
/// Of a row: p = 1/(1 + e^-f), y - p and p (1 - p).
constexpr double logistic_row() {
  return 6;
}
/// Log odds of the classes, each with half a row more, and what follows from them.
constexpr double logistic_start(double n) {
  return 4 + logistic_row() * n;
}
/// Sums of the slopes over all rows, and over the bins of every column.
constexpr double histograms(double n, double d) {
  return n + n * d;
}
/// Sums on both sides, their squares over the counts, added.
constexpr double search(double splits) {
  return 7 * splits;
}
/// Means on both sides times the rate, their difference, and what is summed of them.
constexpr double leaves() {
  return 8;
}
/// Sums of weights on both sides in place of counts.
constexpr double weights(double n) {
  return n;
}
constexpr double squared_move(double n) {
  return n;
}
constexpr double logistic_move(double n) {
  return (1 + logistic_row()) * n;
}
/// Held-out labels less the mean, and the moves of their scores in a round.
constexpr double held_out_move(double rows) {
  return rows;
}
/// Mean of r^2, or of log(1 + e^-|f|) and what a score on the wrong side adds.
constexpr double squared_error(double rows) {
  return 2 * rows + 1;
}
constexpr double logistic_error(double rows) {
  return 5 * rows + 1;
}

}  // namespace quartic::detail::stump_flops
