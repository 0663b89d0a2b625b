#pragma once
/// Naive Bayes of reference, from the same means as the discriminant.
#include "tests/support/reference/two_classes.hpp"

namespace quartic::reference {

template <class T>
struct ClassSquares {
  TwoClasses<T> classes;
  std::vector<double> units;
  std::array<Numbers<T>, 2> squares;
};

template <class T>
ClassSquares<T> class_squares(const Grid<T>& x, const Labels& y) {
  ClassSquares<T> sums{two_classes(x, y), {}, {Numbers<T>(x.columns, T(0)), Numbers<T>(x.columns, T(0))}};
  for (const double largest : sums.classes.largest) sums.units.push_back(inverse_unit(largest));
  const Grid<T> z = deviations(x, y, sums.classes, sums.units);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.columns; ++j) sums.squares[y[i]][j] += z(i, j) * z(i, j);
  return sums;
}

template <class T>
Rule<T> naive_bayes(const Grid<T>& x, const Labels& y) {
  const ClassSquares<T> sums = class_squares(x, y);
  const T degrees = T(static_cast<double>(x.rows) - 2);
  Numbers<T> w;
  for (std::size_t j = 0; j < x.columns; ++j) {
    const T variance = (sums.squares[0][j] + sums.squares[1][j]) / degrees, unit = T(sums.units[j]);
    w.push_back(sums.classes.difference[j] * unit / variance * unit);
  }
  return rule_between(sums.classes, w);
}

template <class T>
struct QuadraticRule {
  std::array<Numbers<T>, 2> means, inverse_deviations;
  T constant = T(0);
};

template <class T>
QuadraticRule<T> naive_bayes_by_class(const Grid<T>& x, const Labels& y) {
  const ClassSquares<T> sums = class_squares(x, y);
  QuadraticRule<T> rule{sums.classes.means, {}, T(0)};
  T logarithms = T(0);
  for (std::size_t j = 0; j < x.columns; ++j) {
    const T v0 = sums.squares[0][j] / T(sums.classes.counts[0] - 1);
    const T v1 = sums.squares[1][j] / T(sums.classes.counts[1] - 1);
    rule.inverse_deviations[0].push_back(T(sums.units[j]) / sqrt(v0));
    rule.inverse_deviations[1].push_back(T(sums.units[j]) / sqrt(v1));
    logarithms += log(v0 / v1);
  }
  rule.constant = log_odds(sums.classes) + logarithms / T(2);
  return rule;
}

}  // namespace quartic::reference
