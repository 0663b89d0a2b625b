#pragma once
/// The perceptron of reference: every iterate is kept by those who ask for it.
#include "tests/support/reference/sgd.hpp"

namespace quartic::reference {

template <class T>
struct PerceptronRun {
  Rule<T> last, mean;
  std::size_t steps = 0, mistakes = 0, mistakes_of_last_pass = 0;
};

/// 1/c^2, c the power of two below the largest number.
template <class T>
double inverse_square_unit(const Grid<T>& x) {
  double largest = 0;
  for (const T& number : x.numbers) largest = std::max(largest, std::abs(static_cast<double>(number)));
  return std::ldexp(1.0, -2 * std::ilogb(largest));
}

/// Passes over the rows in these orders, until one makes no mistake.
template <class T>
PerceptronRun<T> perceptron(const Grid<T>& x, const std::vector<double>& y,
                            const std::vector<std::vector<std::size_t>>& orders, bool average) {
  PerceptronRun<T> run{{Numbers<T>(x.columns, T(0)), T(0)}, {Numbers<T>(x.columns, T(0)), T(0)}};
  Numbers<T> lag(x.columns, T(0));
  T lag_intercept = T(0);
  const T size = T(inverse_square_unit(x));
  for (const std::vector<std::size_t>& order : orders) {
    run.mistakes_of_last_pass = 0;
    for (const std::size_t i : order) {
      const double score = static_cast<double>(dot(row(x, i), run.last.coefficients) + run.last.intercept);
      if (y[i] * score <= 0 && y[i] != 0) {
        ++run.mistakes, ++run.mistakes_of_last_pass;
        const T step = T(y[i]) * size;
        for (std::size_t j = 0; j < x.columns; ++j) run.last.coefficients[j] += step * x(i, j);
        run.last.intercept += T(y[i]);
        if (average) {
          const T before = T(static_cast<double>(run.steps)), weight = before * step;
          for (std::size_t j = 0; j < x.columns; ++j) lag[j] += weight * x(i, j);
          lag_intercept += before * T(y[i]);
        }
      }
      ++run.steps;
    }
    if (run.mistakes_of_last_pass == 0) break;
  }
  if (!average) return run;
  const T steps = T(static_cast<double>(run.steps));
  for (std::size_t j = 0; j < x.columns; ++j)
    run.mean.coefficients[j] = run.last.coefficients[j] - lag[j] / steps;
  run.mean.intercept = run.last.intercept - lag_intercept / steps;
  return run;
}

}  // namespace quartic::reference
