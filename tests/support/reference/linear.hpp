#pragma once
/// Slow, obvious linear algebra, templated on the scalar: the oracle of the fast kernels (double) and of
/// their flop formulas (CountingScalar). Sums start from zero. Nothing here branches on the data, except
/// where a rank is found.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "tests/support/counting_scalar.hpp"

namespace quartic::reference {

using std::sqrt;

template <class T>
using Numbers = std::vector<T>;

template <class T>
T dot(const Numbers<T>& a, const Numbers<T>& b) {
  T sum = T(0);
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

template <class T>
T norm(const Numbers<T>& a) {
  return sqrt(dot(a, a));
}

template <class T>
Grid<T> transpose(const Grid<T>& a) {
  Grid<T> t(a.columns, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) t(j, i) = a(i, j);
  return t;
}

template <class T>
Grid<T> product(const Grid<T>& a, const Grid<T>& b) {
  Grid<T> c(a.rows, b.columns);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < b.columns; ++j)
      for (std::size_t k = 0; k < a.columns; ++k) c(i, j) += a(i, k) * b(k, j);
  return c;
}

template <class T>
Numbers<T> product(const Grid<T>& a, const Numbers<T>& x) {
  Numbers<T> y(a.rows, T(0));
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) y[i] += a(i, j) * x[j];
  return y;
}

/// XX': sums for one triangle, copied to the other.
template <class T>
Grid<T> gram_of_rows(const Grid<T>& x) {
  Grid<T> g(x.rows, x.rows);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < x.columns; ++k) g(i, j) += x(i, k) * x(j, k);
      g(j, i) = g(i, j);
    }
  return g;
}

template <class T>
Grid<T> cholesky(const Grid<T>& a) {
  Grid<T> l(a.rows, a.rows);
  for (std::size_t j = 0; j < a.rows; ++j) {
    T pivot = a(j, j);
    for (std::size_t k = 0; k < j; ++k) pivot -= l(j, k) * l(j, k);
    l(j, j) = sqrt(pivot);
    for (std::size_t i = j + 1; i < a.rows; ++i) {
      T entry = a(i, j);
      for (std::size_t k = 0; k < j; ++k) entry -= l(i, k) * l(j, k);
      l(i, j) = entry / l(j, j);
    }
  }
  return l;
}

/// (L L')^-1 b.
template <class T>
Numbers<T> solve(const Grid<T>& l, Numbers<T> b) {
  const std::size_t n = l.rows;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= l(i, k) * b[k];
    b[i] /= l(i, i);
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= l(k, i) * b[k];
    b[i] /= l(i, i);
  }
  return b;
}

/// a - b.
template <class T>
Numbers<T> difference(Numbers<T> a, const Numbers<T>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

template <class T>
T trace(const Grid<T>& a) {
  T sum = T(0);
  for (std::size_t i = 0; i < a.rows; ++i) sum += a(i, i);
  return sum;
}

/// Means of the columns and of y; both less their means.
template <class T>
struct Centred {
  Grid<T> x;
  Numbers<T> y, means;
  T y_mean;
};

template <class T>
Centred<T> centre(Grid<T> x, Numbers<T> y) {
  const T n = T(static_cast<double>(x.rows));
  Numbers<T> means(x.columns, T(0));
  T y_mean = T(0);
  for (std::size_t i = 0; i < x.rows; ++i) {
    for (std::size_t j = 0; j < x.columns; ++j) means[j] += x(i, j);
    y_mean += y[i];
  }
  for (T& mean : means) mean /= n;
  y_mean /= n;
  for (std::size_t i = 0; i < x.rows; ++i) {
    for (std::size_t j = 0; j < x.columns; ++j) x(i, j) -= means[j];
    y[i] -= y_mean;
  }
  return {std::move(x), std::move(y), std::move(means), y_mean};
}

template <class T>
struct Rule {
  Numbers<T> coefficients;
  T intercept = T(0);
};

template <class T>
T intercept_of(const Centred<T>& centred, const Numbers<T>& b) {
  T intercept = centred.y_mean;
  for (std::size_t j = 0; j < b.size(); ++j) intercept -= centred.means[j] * b[j];
  return intercept;
}

template <class T>
Rule<T> by_columns(const Grid<T>& x, const Numbers<T>& y) {
  const Grid<T> xt = transpose(x), gram = gram_of_rows(xt);
  return {solve(cholesky(gram), product(xt, y))};
}

template <class T>
Rule<T> by_rows(const Grid<T>& x, const Numbers<T>& y, const Grid<T>& gram) {
  return {product(transpose(x), solve(cholesky(gram), y))};
}

template <class T>
Rule<T> least_squares(const Grid<T>& x, const Numbers<T>& y) {
  return x.rows >= x.columns ? by_columns(x, y) : by_rows(x, y, gram_of_rows(x));
}

/// XX' of centred rows plus a multiple of 11'.
template <class T>
Grid<T> shifted_gram(const Grid<T>& x) {
  Grid<T> gram = gram_of_rows(x);
  const double n = static_cast<double>(x.rows);
  const T shift = trace(gram) / T(n * n);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j <= i; ++j) gram(j, i) = gram(i, j) += shift;
  return gram;
}

template <class T>
Rule<T> least_squares_with_intercept(const Grid<T>& x, const Numbers<T>& y) {
  const Centred<T> centred = centre(x, y);
  Rule<T> rule = x.rows > x.columns ? by_columns(centred.x, centred.y)
                                    : by_rows(centred.x, centred.y, shifted_gram(centred.x));
  rule.intercept = intercept_of(centred, rule.coefficients);
  return rule;
}

}  // namespace quartic::reference
