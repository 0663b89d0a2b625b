#pragma once
/// Logistic regression of reference: columns of one size, Newton's method, the rule of the data as they were.
#include "tests/support/reference/class_newton_by_rows.hpp"

namespace quartic::reference {

/// Columns times powers of two that bring the largest numbers to [1, 2), with an intercept less their means and with a
/// column of ones.
template <class T>
struct ScaledColumns {
  Grid<T> x;
  Numbers<T> means, factors;
};

template <class T>
ScaledColumns<T> scaled_columns(const Grid<T>& x, bool intercept) {
  ScaledColumns<T> scaled{Grid<T>(x.rows, x.columns + (intercept ? 1 : 0)), {}, {}};
  for (std::size_t j = 0; j < x.columns; ++j) {
    T mean = T(0);
    if (intercept) {
      for (std::size_t i = 0; i < x.rows; ++i) mean += x(i, j);
      mean /= T(static_cast<double>(x.rows));
    }
    double largest = 0;
    for (std::size_t i = 0; i < x.rows; ++i) {
      scaled.x(i, j) = intercept ? x(i, j) - mean : x(i, j);
      largest = std::max(largest, std::abs(static_cast<double>(scaled.x(i, j))));
    }
    scaled.means.push_back(mean);
    scaled.factors.push_back(T(std::ldexp(1.0, -std::ilogb(largest))));
    for (std::size_t i = 0; i < x.rows; ++i) scaled.x(i, j) *= scaled.factors[j];
  }
  if (intercept)
    for (std::size_t i = 0; i < x.rows; ++i) scaled.x(i, x.columns) = T(1);
  return scaled;
}

template <class T>
Rule<T> rule_of(const ScaledColumns<T>& scaled, const Numbers<T>& b) {
  Rule<T> rule;
  for (std::size_t j = 0; j < scaled.means.size(); ++j) rule.coefficients.push_back(b[j] * scaled.factors[j]);
  if (b.size() == scaled.means.size()) return rule;
  rule.intercept = b.back();
  for (std::size_t j = 0; j < scaled.means.size(); ++j)
    rule.intercept -= scaled.means[j] * rule.coefficients[j];
  return rule;
}

/// Divided by their mean.
template <class T>
Numbers<T> of_mean_one(Numbers<T> numbers) {
  double largest = 0;
  for (const T& number : numbers) largest = std::max(largest, static_cast<double>(number));
  T sum = T(0);
  for (T& number : numbers) number /= T(largest);
  for (const T& number : numbers) sum += number;
  const T mean = numbers.empty() ? T(1) : sum / T(static_cast<double>(numbers.size()));
  for (T& number : numbers) number /= mean;
  return numbers;
}

/// n >= p.
template <class T>
Rule<T> logistic_by_columns(const Grid<T>& x, const Numbers<T>& y, double penalty, bool intercept,
                            const Numbers<T>& case_weights = {}) {
  const ScaledColumns<T> scaled = scaled_columns(x, intercept);
  Numbers<T> penalties;
  if (penalty > 0)
    for (const T& factor : scaled.factors) penalties.push_back(T(penalty) * (factor * factor));
  if (penalty > 0 && intercept) penalties.push_back(T(0));
  const LogisticByColumns<T> form(scaled.x, penalties);
  return rule_of(scaled, newton(form, y, scaled.x.columns, 1e-8, of_mean_one(case_weights)).parameters);
}

/// n < p, penalty > 0.
template <class T>
Rule<T> logistic_by_rows(const Grid<T>& x, const Numbers<T>& y, double penalty, bool intercept,
                         const Numbers<T>& case_weights = {}) {
  ScaledColumns<T> columns{x, Numbers<T>(x.columns, T(0)), Numbers<T>(x.columns, T(1))};
  if (intercept) {
    for (std::size_t j = 0; j < x.columns; ++j) {
      for (std::size_t i = 0; i < x.rows; ++i) columns.means[j] += x(i, j);
      columns.means[j] /= T(static_cast<double>(x.rows));
      for (std::size_t i = 0; i < x.rows; ++i) columns.x(i, j) -= columns.means[j];
    }
  }
  const Grid<T> gram = gram_of_rows(columns.x);
  const LogisticByRows<T> form{gram, penalty, intercept};
  const Numbers<T> a =
      newton(form, y, x.rows + (intercept ? 1 : 0), 1e-8, of_mean_one(case_weights)).parameters;
  Numbers<T> b = product(transpose(columns.x), Numbers<T>(a.begin(), a.begin() + static_cast<long>(x.rows)));
  if (intercept) b.push_back(a.back());
  return rule_of(columns, b);
}

}  // namespace quartic::reference
