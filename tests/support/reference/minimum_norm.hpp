#pragma once
/// The complete orthogonal decomposition of reference: the algorithm that minimum_norm_flops counts.
#include "tests/support/reference/eigen.hpp"

namespace quartic::reference {

template <class T>
struct MinimumNorm {
  Numbers<T> coefficients;
  std::size_t rank = 0;
};

/// Brings the longest remaining column to place j; its length.
template <class T>
T bring_longest(Grid<T>& x, std::vector<std::size_t>& order, std::size_t j) {
  std::size_t best = j;
  T longest = T(-1);
  for (std::size_t k = j; k < x.columns; ++k) {
    const T length = norm(column_from(x, k, j));
    if (length > longest) longest = length, best = k;
  }
  for (std::size_t i = 0; i < x.rows; ++i) std::swap(x(i, j), x(i, best));
  std::swap(order[j], order[best]);
  return longest;
}

/// R y = z for upper triangular R of order r, the leading block.
template <class T>
void solve_upper(const Grid<T>& r, std::size_t rank, Numbers<T>& z) {
  for (std::size_t i = rank; i-- > 0;) {
    for (std::size_t k = i + 1; k < rank; ++k) z[i] -= r(i, k) * z[k];
    z[i] /= r(i, i);
  }
}

/// R = [T' 0] Q for the upper trapezoid R (rank x p); the shortest solution of R b = z.
template <class T>
Numbers<T> shortest_solution(const Grid<T>& r, std::size_t rank, Numbers<T> z) {
  Grid<T> rt(r.columns, rank);
  for (std::size_t i = 0; i < rank; ++i)
    for (std::size_t j = i; j < r.columns; ++j) rt(j, i) = r(i, j);
  std::vector<Reflection<T>> reflections;
  for (std::size_t j = 0; j < rank; ++j) {
    reflections.push_back(reflection(column_from(rt, j, j)));
    rt(j, j) = reflections[j].image;
    for (std::size_t k = j + 1; k < rank; ++k) {
      Numbers<T> part = column_from(rt, k, j);
      reflect(reflections[j], part);
      set_column_from(rt, k, j, part);
    }
  }
  for (std::size_t i = 0; i < rank; ++i) {
    for (std::size_t k = 0; k < i; ++k) z[i] -= rt(k, i) * z[k];
    z[i] /= rt(i, i);
  }
  z.resize(r.columns, T(0));
  for (std::size_t j = rank; j-- > 0;) {
    Numbers<T> part(z.begin() + static_cast<long>(j), z.end());
    reflect(reflections[j], part);
    std::copy(part.begin(), part.end(), z.begin() + static_cast<long>(j));
  }
  return z;
}

/// Complete orthogonal decomposition; a column counts while it is longer than tolerance times the first.
template <class T>
MinimumNorm<T> minimum_norm(Grid<T> x, Numbers<T> y, double tolerance) {
  std::vector<std::size_t> order(x.columns);
  for (std::size_t j = 0; j < x.columns; ++j) order[j] = j;
  double first = 0;
  std::size_t rank = 0;
  for (; rank < std::min(x.rows, x.columns); ++rank) {
    const double length = static_cast<double>(bring_longest(x, order, rank));
    if (rank == 0) first = length;
    if (!(length > tolerance * first)) break;
    const Reflection<T> h = reflection(column_from(x, rank, rank));
    x(rank, rank) = h.image;
    for (std::size_t k = rank + 1; k < x.columns; ++k) {
      Numbers<T> part = column_from(x, k, rank);
      reflect(h, part);
      set_column_from(x, k, rank, part);
    }
    Numbers<T> part(y.begin() + static_cast<long>(rank), y.end());
    reflect(h, part);
    std::copy(part.begin(), part.end(), y.begin() + static_cast<long>(rank));
  }
  y.resize(rank);
  if (rank == x.columns) solve_upper(x, rank, y);
  Numbers<T> permuted = rank == x.columns ? y : shortest_solution(x, rank, y);
  Numbers<T> b(x.columns, T(0));
  for (std::size_t j = 0; j < x.columns; ++j) b[order[j]] = permuted[j];
  return {b, rank};
}

}  // namespace quartic::reference
