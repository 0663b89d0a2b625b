#pragma once
/// Best subsets in their slow, obvious forms: by least squares on every set, and column by column swept out of the inner
/// products as models/linear/subset/flops.hpp counts it, templated on the scalar.
#include <limits>

#include "tests/support/reference/pruned.hpp"

namespace quartic::reference {

/// The set of this size that leaves least, every set tried by itself: the sum of squared residuals, and the columns.
struct TriedSet {
  double residual_square = std::numeric_limits<double>::infinity();
  std::vector<std::size_t> columns;
};
inline TriedSet try_sets(const Grid<double>& x, const Numbers<double>& y, std::size_t size) {
  TriedSet best;
  for (std::size_t bits = 0; bits < std::size_t{1} << x.columns; ++bits) {
    std::vector<std::size_t> columns;
    for (std::size_t j = 0; j < x.columns; ++j)
      if (bits >> j & 1) columns.push_back(j);
    if (columns.size() != size) continue;
    const Grid<double> some = columns_at(x, columns);
    const Numbers<double> left = difference(y, product(some, least_squares(some, y).coefficients));
    const double square = dot(left, left);
    if (square < best.residual_square) best = {square, std::move(columns)};
  }
  return best;
}

/// A set's inner products with what it leaves of the columns behind it.
template <class T>
void sweep_sets(const Grid<T>& gram, const Numbers<T>& correlations, const T& left, std::size_t first,
                std::size_t to_add) {
  for (std::size_t j = first; j < gram.columns; ++j) {
    const T rest = left - correlations[j] * correlations[j] / gram(j, j);
    if (to_add == 1 || j + 1 == gram.columns) continue;
    Grid<T> behind = gram;
    Numbers<T> along = correlations;
    for (std::size_t a = j + 1; a < gram.columns; ++a) {
      const T share = gram(j, a) / gram(j, j);
      along[a] -= share * correlations[j];
      for (std::size_t b = a; b < gram.columns; ++b) behind(a, b) -= share * gram(j, b);
    }
    sweep_sets(behind, along, rest, j + 1, to_add - 1);
  }
}

/// The search of all sets of up to `most` columns.
template <class T>
void search_sets(const Grid<T>& x, const Numbers<T>& y, std::size_t most) {
  Grid<T> gram(x.columns, x.columns);
  for (std::size_t a = 0; a < x.columns; ++a)
    for (std::size_t b = a; b < (most > 1 ? x.columns : a + 1); ++b)
      for (std::size_t i = 0; i < x.rows; ++i) gram(a, b) += x(i, a) * x(i, b);
  const Numbers<T> correlations = product(transpose(x), y);
  const T left = dot(y, y);
  if (most > 0) sweep_sets(gram, correlations, left, 0, most);
}

}  // namespace quartic::reference
