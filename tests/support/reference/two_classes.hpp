#pragma once
/// Means of two classes, and rows less these, slow and obvious: what models/linear/classes/flops.hpp counts.
#include <array>

#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

using std::log;

using Labels = std::vector<bool>;

template <class T>
struct TwoClasses {
  std::array<double, 2> counts = {0, 0};
  std::array<Numbers<T>, 2> means;
  Numbers<T> difference;
  std::vector<double> largest;
};

template <class T>
TwoClasses<T> two_classes(const Grid<T>& x, const Labels& y) {
  TwoClasses<T> classes;
  classes.means = {Numbers<T>(x.columns, T(0)), Numbers<T>(x.columns, T(0))};
  classes.largest.assign(x.columns, 0);
  std::array<std::size_t, 2> first = {0, 0};
  for (std::size_t i = 0; i < x.rows; ++i) {
    if (classes.counts[y[i]]++ == 0) first[y[i]] = i;
    for (std::size_t j = 0; j < x.columns; ++j) {
      const T deviation = x(i, j) - x(first[y[i]], j);
      classes.means[y[i]][j] += deviation;
      classes.largest[j] = std::max(classes.largest[j], std::abs(static_cast<double>(deviation)));
    }
  }
  for (std::size_t j = 0; j < x.columns; ++j) {
    for (std::size_t k : {0u, 1u})
      classes.means[k][j] = x(first[k], j) + classes.means[k][j] / T(classes.counts[k]);
    classes.difference.push_back(classes.means[1][j] - classes.means[0][j]);
    classes.largest[j] = std::max(classes.largest[j], std::abs(static_cast<double>(classes.difference[j])));
  }
  return classes;
}

inline double inverse_unit(double largest) {
  return largest > 0 ? std::ldexp(1.0, -std::ilogb(largest)) : 1;
}

template <class T>
Grid<T> deviations(Grid<T> x, const Labels& y, const TwoClasses<T>& classes,
                   const std::vector<double>& units) {
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.columns; ++j) x(i, j) = (x(i, j) - classes.means[y[i]][j]) * T(units[j]);
  return x;
}

template <class T>
T log_odds(const TwoClasses<T>& classes) {
  return log(T(classes.counts[1]) / T(classes.counts[0]));
}

template <class T>
Rule<T> rule_between(const TwoClasses<T>& classes, const Numbers<T>& w) {
  T sum = T(0);
  for (std::size_t j = 0; j < w.size(); ++j) sum += (classes.means[0][j] + classes.means[1][j]) * w[j];
  return {w, log_odds(classes) - sum / T(2)};
}

inline Labels labels_of(const auto& y) {
  Labels labels;
  for (long i = 0; i < y.size(); ++i) labels.push_back(y(i) > 0);
  return labels;
}

}  // namespace quartic::reference
