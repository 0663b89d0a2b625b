#pragma once
/// What a search of all subsets costs, in flops (core/fit.hpp says what counts as one). Exact: counts of the code in
/// tests/support/reference/subset/best_subset.hpp.
namespace quartic::detail::subset_flops {

/// |x_j|^2 and x_j'y of d columns of n rows, |y|^2.
constexpr double start(double n, double d) {
  return 4 * n * d + 2 * n;
}
/// Their other inner products, needed for sets of two columns and more.
constexpr double gram(double n, double d) {
  return n * d * (d - 1);
}
/// What a set leaves with one column more: |r|^2 - (e_j'r)^2 / |e_j|^2.
constexpr double weigh() {
  return 3;
}
/// The inner products of `behind` columns less their parts along a column that joins the set.
constexpr double sweep(double behind) {
  return behind * (behind + 4);
}

}  // namespace quartic::detail::subset_flops
