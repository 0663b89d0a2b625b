#pragma once
/// Votes of columns, row by row and rule by rule, templated on the scalar.
#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

template <class T>
int vote(const T& x) {
  return static_cast<double>(x) > 0 ? 1 : static_cast<double>(x) < 0 ? -1 : 0;
}

template <class T>
T mean(const Numbers<T>& numbers) {
  T sum = T(0);
  for (const T& number : numbers) sum += number;
  return sum / T(static_cast<double>(numbers.size()));
}

/// Which way each column votes, and the line in the tally; data in which no number is zero.
template <class T>
Rule<T> signed_votes(const Grid<T>& x, Numbers<T> y) {
  const T y_mean = mean(y);
  for (T& label : y) label -= y_mean;
  std::vector<int> signs;
  for (std::size_t j = 0; j < x.columns; ++j) {
    T sum = T(0);
    for (std::size_t i = 0; i < x.rows; ++i) vote(x(i, j)) > 0 ? sum += y[i] : sum -= y[i];
    signs.push_back(vote(sum));
  }
  Numbers<T> tallies(x.rows, T(0));
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.columns; ++j)
      vote(x(i, j)) * signs[j] > 0 ? tallies[i] += T(1) : tallies[i] -= T(1);
  const T tally_mean = mean(tallies);
  for (T& tally : tallies) tally -= tally_mean;
  const T slope = dot(tallies, y) / dot(tallies, tallies);
  Rule<T> rule;
  for (const int sign : signs) rule.coefficients.push_back(sign > 0 ? slope : -slope);
  rule.intercept = y_mean - slope * tally_mean;
  return rule;
}

}  // namespace quartic::reference
