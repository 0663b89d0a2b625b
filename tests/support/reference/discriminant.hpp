#pragma once
/// Linear discriminant analysis of reference, by rows and by columns.
#include <numeric>

#include "tests/support/reference/eigen.hpp"
#include "tests/support/reference/two_classes.hpp"

namespace quartic::reference {

/// Rows less the means of their classes, in one unit, and the smaller of their Gram matrices.
template <class T>
struct Scatter {
  TwoClasses<T> classes;
  double unit = 1;
  Grid<T> z, gram;
  Numbers<T> difference;
  bool by_rows() const { return z.rows < z.columns; }
};

template <class T>
Scatter<T> scatter(const Grid<T>& x, const Labels& y) {
  const TwoClasses<T> classes = two_classes(x, y);
  const double unit = inverse_unit(*std::max_element(classes.largest.begin(), classes.largest.end()));
  const Grid<T> z = deviations(x, y, classes, std::vector<double>(x.columns, unit));
  Numbers<T> difference = classes.difference;
  for (T& number : difference) number *= T(unit);
  return {classes, unit, z, gram_of_rows(x.rows < x.columns ? z : transpose(z)), difference};
}

template <class T>
Rule<T> rule_of(const Scatter<T>& scatter, Numbers<T> w) {
  for (T& number : w) number *= T(scatter.unit);
  return rule_between(scatter.classes, w);
}

template <class T>
Rule<T> discriminant(const Scatter<T>& scatter, double shrinkage) {
  const double degrees = static_cast<double>(scatter.z.rows) - 2, p = static_cast<double>(scatter.z.columns);
  const T ridge = T(shrinkage) * (trace(scatter.gram) / T(degrees * p));
  const T size = (T(1) - T(shrinkage)) / T(degrees);
  Grid<T> system = scatter.gram;
  for (std::size_t i = 0; i < system.rows; ++i) {
    for (std::size_t j = 0; j <= i; ++j) system(i, j) *= size;
    system(i, i) += ridge;
  }
  const Grid<T> factor = cholesky(system);
  if (!scatter.by_rows()) return rule_of(scatter, solve(factor, scatter.difference));
  const Numbers<T> pulled =
      product(transpose(scatter.z), solve(factor, product(scatter.z, scatter.difference)));
  Numbers<T> w;
  for (std::size_t j = 0; j < pulled.size(); ++j)
    w.push_back((scatter.difference[j] - size * pulled[j]) / ridge);
  return rule_of(scatter, w);
}

/// Of this rank, the largest eigenvalues.
template <class T>
Rule<T> pseudo_discriminant(const Scatter<T>& scatter, std::size_t rank) {
  const Eigensystem<T> system = eigensystem_as_billed(scatter.gram);
  const Numbers<T> right = scatter.by_rows() ? product(scatter.z, scatter.difference) : scatter.difference;
  Numbers<T> rotated = product(system.vectors, right);
  for (std::size_t k = 0; k < rotated.size(); ++k) {
    if (k >= rank) {
      rotated[k] = T(0);
      continue;
    }
    rotated[k] /= system.values[k];
    if (scatter.by_rows()) rotated[k] /= system.values[k];
  }
  Numbers<T> w = product(transpose(system.vectors), rotated);
  if (scatter.by_rows()) w = product(transpose(scatter.z), w);
  for (T& number : w) number *= T(static_cast<double>(scatter.z.rows) - 2);
  return rule_of(scatter, w);
}

/// Ledoit & Wolf's intensity from the squared lengths of the rows and the Gram matrix.
template <class T>
T automatic_shrinkage(const Scatter<T>& scatter) {
  T fourth = T(0), diagonal = T(0), others = T(0);
  for (std::size_t i = 0; i < scatter.z.rows; ++i) {
    T square = T(0);
    if (scatter.by_rows())
      square = scatter.gram(i, i);
    else
      for (std::size_t j = 0; j < scatter.z.columns; ++j) square += scatter.z(i, j) * scatter.z(i, j);
    fourth += square * square;
  }
  for (std::size_t i = 0; i < scatter.gram.rows; ++i) {
    diagonal += scatter.gram(i, i) * scatter.gram(i, i);
    for (std::size_t j = 0; j < i; ++j) others += scatter.gram(i, j) * scatter.gram(i, j);
  }
  const T squares = T(2) * others + diagonal, sum = trace(scatter.gram);
  const T noise = fourth - squares / T(static_cast<double>(scatter.z.rows));
  return noise / (squares - sum * sum / T(static_cast<double>(scatter.z.columns)));
}

}  // namespace quartic::reference
