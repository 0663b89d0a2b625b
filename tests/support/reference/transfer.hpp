#pragma once
/// What models do that begin with other tasks, in its slow, obvious form.
#include "tests/support/reference/eigen.hpp"

namespace quartic::reference {

/// y - (Xw + a), a of intercepts that are there alone.
template <class T>
Numbers<T> residual(const Grid<T>& x, const Numbers<T>& y, const Rule<T>& rule, bool intercept) {
  Numbers<T> scores = product(x, rule.coefficients);
  if (intercept)
    for (T& score : scores) score += rule.intercept;
  return difference(y, scores);
}

template <class T>
Rule<T> sum(Rule<T> a, const Rule<T>& b, bool intercept) {
  for (std::size_t j = 0; j < a.coefficients.size(); ++j) a.coefficients[j] += b.coefficients[j];
  if (intercept) a.intercept += b.intercept;
  return a;
}

/// Of T tasks by rows, T x d: as many singular vectors, d x k, by what is billed for eigenvectors. Their order is that
/// of their values.
template <class T>
Grid<T> directions(const Grid<T>& tasks, std::size_t k) {
  const bool by_columns = tasks.rows >= tasks.columns;
  const Eigensystem<T> system = eigensystem_as_billed(gram_of_rows(by_columns ? transpose(tasks) : tasks));
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < system.values.size(); ++j) order.push_back(j);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return system.values[a] > system.values[b]; });
  Grid<T> vectors(k, system.values.size());
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < vectors.columns; ++j) vectors(i, j) = system.vectors(order[i], j);
  if (by_columns) return transpose(vectors);
  Grid<T> basis = product(transpose(tasks), transpose(vectors));
  for (std::size_t i = 0; i < k; ++i) {
    const T length = sqrt(system.values[order[i]]);
    for (std::size_t j = 0; j < basis.rows; ++j) basis(j, i) /= length;
  }
  return basis;
}

}  // namespace quartic::reference
