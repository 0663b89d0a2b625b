#pragma once
/// Reflections and the eigensystem of reference: the algorithm that eigensystem_flops counts.
#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

/// H = I - beta v v' that sends x to a multiple of the first unit vector.
template <class T>
struct Reflection {
  Numbers<T> v;
  T beta, image;
};

template <class T>
Reflection<T> reflection(Numbers<T> x) {
  const T length = sqrt(dot(x, x));
  const T image = x[0] > T(0) ? -length : length;
  x[0] -= image;
  const T square = dot(x, x);
  return {x, T(2) / (square == T(0) ? T(1) : square), image};
}

template <class T>
void reflect(const Reflection<T>& h, Numbers<T>& x) {
  const T scale = h.beta * dot(h.v, x);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] -= scale * h.v[i];
}

template <class T>
struct Tridiagonal {
  Numbers<T> diagonal, beside;
  Grid<T> vectors;  // rows: A = vectors' T vectors
};

/// The trailing block of A from k + 1 on <- H A H, symmetric, one triangle computed.
template <class T>
void reflect_both_sides(const Reflection<T>& h, Grid<T>& a, std::size_t first) {
  const std::size_t m = h.v.size();
  Grid<T> block(m, m);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < m; ++j) block(i, j) = a(first + i, first + j);
  Numbers<T> w = product(block, h.v);
  for (T& number : w) number *= h.beta;
  const T half = dot(w, h.v) * (h.beta / T(2));
  for (std::size_t i = 0; i < m; ++i) w[i] -= half * h.v[i];
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      a(first + j, first + i) = a(first + i, first + j) -= h.v[i] * w[j] + w[i] * h.v[j];
}

template <class T>
Tridiagonal<T> tridiagonalise(Grid<T> a) {
  const std::size_t n = a.rows;
  std::vector<Reflection<T>> reflections;
  Tridiagonal<T> result{Numbers<T>(n, T(0)), Numbers<T>(n, T(0)), Grid<T>(n, n)};
  for (std::size_t k = 0; k + 2 < n; ++k) {
    Numbers<T> below;
    for (std::size_t i = k + 1; i < n; ++i) below.push_back(a(i, k));
    reflections.push_back(reflection(below));
    result.beside[k] = reflections.back().image;
    reflect_both_sides(reflections.back(), a, k + 1);
  }
  if (n >= 2) result.beside[n - 2] = a(n - 1, n - 2);
  for (std::size_t i = 0; i < n; ++i) result.diagonal[i] = a(i, i), result.vectors(i, i) = T(1);
  for (std::size_t k = reflections.size(); k-- > 0;)
    for (std::size_t i = k + 1; i < n; ++i) {
      Numbers<T> row;
      for (std::size_t j = k + 1; j < n; ++j) row.push_back(result.vectors(i, j));
      reflect(reflections[k], row);
      for (std::size_t j = k + 1; j < n; ++j) result.vectors(i, j) = row[j - k - 1];
    }
  return result;
}

template <class T>
T away_from_zero(T x) {
  return x == T(0) ? T(1e-300) : x;
}

/// One implicit QL sweep over rows l to m, with the shift of the leading 2 x 2 block.
template <class T>
void sweep(Tridiagonal<T>& t, std::size_t l, std::size_t m) {
  const std::size_t n = t.diagonal.size();
  Numbers<T>&d = t.diagonal, &e = t.beside;
  T g = (d[l + 1] - d[l]) / (T(2) * away_from_zero(e[l]));
  T r = sqrt(g * g + T(1));
  g = d[m] - d[l] + e[l] / (g + (g < T(0) ? -r : r));
  T s = T(1), c = T(1), p = T(0);
  for (std::size_t i = m; i-- > l;) {
    const T f = s * e[i], b = c * e[i];
    r = sqrt(f * f + g * g);
    e[i + 1] = r;
    s = f / away_from_zero(r);
    c = g / away_from_zero(r);
    g = d[i + 1] - p;
    r = (d[i] - g) * s + T(2) * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    for (std::size_t k = 0; k < n; ++k) {
      const T upper = t.vectors(i + 1, k), lower = t.vectors(i, k);
      t.vectors(i + 1, k) = s * lower + c * upper;
      t.vectors(i, k) = c * lower - s * upper;
    }
  }
  d[l] -= p;
  e[l] = g;
}

template <class T>
struct Eigensystem {
  Numbers<T> values;
  Grid<T> vectors;  // rows
};

/// The last row of the block that begins at l: the entry beside it is negligible.
template <class T>
std::size_t end_of_block(const Tridiagonal<T>& t, std::size_t l) {
  using std::abs;
  std::size_t m = l;
  while (m + 1 < t.diagonal.size() &&
         abs(t.beside[m]) > T(1e-16) * (abs(t.diagonal[m]) + abs(t.diagonal[m + 1])))
    ++m;
  return m;
}

/// Implicit QL until the entries beside the diagonal are negligible. Values are not sorted.
template <class T>
Eigensystem<T> eigensystem(const Grid<T>& a) {
  Tridiagonal<T> t = tridiagonalise(a);
  for (std::size_t l = 0; l < a.rows; ++l)
    for (std::size_t m = end_of_block(t, l); m > l; m = end_of_block(t, l)) sweep(t, l, m);
  return {t.diagonal, t.vectors};
}

/// The same with two sweeps an eigenvalue over all rows that remain, whatever they leave: what is billed.
template <class T>
Eigensystem<T> eigensystem_as_billed(const Grid<T>& a) {
  Tridiagonal<T> t = tridiagonalise(a);
  for (std::size_t l = 0; l + 1 < a.rows; ++l)
    for (int k = 0; k < 2; ++k) sweep(t, l, a.rows - 1);
  return {t.diagonal, t.vectors};
}

template <class T>
Numbers<T> column_from(const Grid<T>& a, std::size_t j, std::size_t first) {
  Numbers<T> part;
  for (std::size_t i = first; i < a.rows; ++i) part.push_back(a(i, j));
  return part;
}

template <class T>
void set_column_from(Grid<T>& a, std::size_t j, std::size_t first, const Numbers<T>& part) {
  for (std::size_t i = first; i < a.rows; ++i) a(i, j) = part[i - first];
}

}  // namespace quartic::reference
