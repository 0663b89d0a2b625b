#pragma once
/// Magnitude pruning of least squares in its slow, obvious form: cut, fit, cut.
#include <numeric>

#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

template <class T>
Grid<T> columns_at(const Grid<T>& x, const std::vector<std::size_t>& columns) {
  Grid<T> some(x.rows, columns.size());
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t k = 0; k < columns.size(); ++k) some(i, k) = x(i, columns[k]);
  return some;
}

/// Numbers of columns to keep, round by round, with a fit to what is kept after each. The coefficients of all columns.
template <class T>
Numbers<T> pruned(const Grid<T>& x, const Numbers<T>& y, const std::vector<std::size_t>& counts) {
  using std::abs;
  std::vector<std::size_t> columns(x.columns);
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  Numbers<T> b = least_squares(x, y).coefficients;
  for (const std::size_t count : counts) {
    while (columns.size() > count) {  // the smallest goes
      std::size_t smallest = 0;
      for (std::size_t k = 1; k < b.size(); ++k)
        if (abs(b[k]) <= abs(b[smallest])) smallest = k;
      b.erase(b.begin() + static_cast<std::ptrdiff_t>(smallest));
      columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(smallest));
    }
    b = least_squares(columns_at(x, columns), y).coefficients;
  }
  Numbers<T> all(x.columns, T(0));
  for (std::size_t k = 0; k < columns.size(); ++k) all[columns[k]] = b[k];
  return all;
}

}  // namespace quartic::reference
