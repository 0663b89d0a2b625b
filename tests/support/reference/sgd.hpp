#pragma once
/// Stochastic gradient descent on a linear model in its slow, obvious form, templated on the scalar: what
/// models/linear/sgd/flops.hpp counts.
#include <algorithm>
#include <string>

#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

template <class T>
Numbers<T> row(const Grid<T>& x, std::size_t i) {
  const auto first = x.numbers.begin() + static_cast<std::ptrdiff_t>(i * x.columns);
  return {first, first + static_cast<std::ptrdiff_t>(x.columns)};
}

/// 1/(4 R^2), R^2 the mean squared length of the first 256 rows.
template <class T>
T automatic_step(const Grid<T>& x) {
  const std::size_t rows = std::min<std::size_t>(x.rows, 256);
  T squares = T(0);
  for (std::size_t i = 0; i < rows; ++i) squares += dot(row(x, i), row(x, i));
  return T(static_cast<double>(rows)) / (T(4) * squares);
}

/// Every iterate after b_0 = 0 over the rows in this order; shorter where it diverges.
template <class T>
std::vector<Numbers<T>> sgd_iterates(const Grid<T>& x, const Numbers<T>& y, T step) {
  using std::abs;
  std::vector<Numbers<T>> iterates;
  Numbers<T> b(x.columns, T(0));
  T largest = T(0);
  for (std::size_t i = 0; i < x.rows; ++i) {
    const T residual = y[i] - dot(row(x, i), b);
    largest = std::max(largest, T(abs(y[i])));
    if (static_cast<double>(abs(residual)) > 1000 * static_cast<double>(largest)) return iterates;
    const T scale = step * residual;
    for (std::size_t j = 0; j < x.columns; ++j) b[j] += scale * x(i, j);
    iterates.push_back(b);
  }
  return iterates;
}

/// "last", or the mean of "all" iterates or of the last half ("tail").
template <class T>
Numbers<T> averaged(const std::vector<Numbers<T>>& iterates, const std::string& average) {
  if (average == "last") return iterates.back();
  const std::size_t first = average == "all" ? 0 : iterates.size() / 2;
  Numbers<T> mean(iterates.back().size(), T(0));
  for (std::size_t k = first; k < iterates.size(); ++k)
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += iterates[k][j];
  for (T& number : mean) number /= T(static_cast<double>(iterates.size() - first));
  return mean;
}

}  // namespace quartic::reference
