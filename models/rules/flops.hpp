#pragma once
/// What a rule list costs, in flops (core/fit.hpp says what counts as one): n rows, d columns. Reading a column as high
/// or low is a comparison, and adding or subtracting by a vote one flop. Exact: tests/support/reference/rule_list.hpp.
namespace quartic::detail::rule_flops {

/// Labels less their mean, and their sum over high rows less that over low ones, for every column.
constexpr double signs(double n, double d) {
  return 2 * n + 1 + n * d;
}
/// The tally of every row, and the line of the labels in it.
constexpr double line(double n, double d) {
  return n * d + (2 * n + 1) + 4 * n + 1 + 2;
}

}  // namespace quartic::detail::rule_flops
