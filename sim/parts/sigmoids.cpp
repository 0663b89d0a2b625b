#include "sim/parts/sigmoids.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace quartic::detail {

namespace {

constexpr int terms = 12;
constexpr int nodes_per_unit = 8;
using Series = std::array<double, terms>;  // of h = x - node, lowest power first

using Wide = long double;  // only to make the tables, which are rounded once

// e^x for x >= 0: a sum of positive terms loses no digits.
constexpr Wide exponential_series(Wide x) {
  Wide sum = 1, term = 1;
  for (int n = 1; term > sum * 1e-22L; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

constexpr Series rounded(const std::array<Wide, terms>& wide) {
  Series series{};
  for (std::size_t n = 0; n < terms; ++n) series[n] = static_cast<double>(wide[n]);
  return series;
}

// erf x = 2/sqrt(pi) e^(-x^2) (x + 2 x^3/3 + 4 x^5/(3 5) + ...), positive terms again. Its derivative
// d = 2/sqrt(pi) e^(-x^2) obeys d' = -2 x d.
constexpr Series error_function_at(Wide node) {
  Wide sum = node, term = node;
  for (int n = 1; term > sum * 1e-22L; ++n) {
    term *= 2 * node * node / (2 * n + 1);
    sum += term;
  }
  std::array<Wide, terms> c{}, d{};
  d[0] = 2 * std::numbers::inv_sqrtpi_v<Wide> / exponential_series(node * node);
  c[0] = d[0] * sum;
  for (int n = 0; n + 1 < terms; ++n) {
    d[n + 1] = -2 * (node * d[n] + (n > 0 ? d[n - 1] : 0)) / (n + 1);
    c[n + 1] = d[n] / (n + 1);
  }
  return rounded(c);
}

// y = tanh x obeys y' = 1 - y^2.
constexpr Series hyperbolic_tangent_at(Wide node) {
  const Wide decay = 1 / exponential_series(2 * node);
  std::array<Wide, terms> c{};
  c[0] = (1 - decay) / (1 + decay);
  for (int n = 0; n + 1 < terms; ++n) {
    Wide square = 0;
    for (int k = 0; k <= n; ++k) square += c[k] * c[n - k];
    c[n + 1] = ((n == 0 ? 1 : 0) - square) / (n + 1);
  }
  return rounded(c);
}

/// An odd function that is 1 from `end` on.
template <int end>
struct OddFunction {
  std::array<Series, end * nodes_per_unit + 1> at{};

  constexpr explicit OddFunction(Series (*series_at)(Wide)) {
    for (std::size_t k = 0; k < at.size(); ++k) at[k] = series_at(static_cast<Wide>(k) / nodes_per_unit);
  }
  double operator()(double x) const {
    const double size = std::abs(x);
    if (size >= end) return std::copysign(1, x);
    const auto k = static_cast<std::size_t>(nodes_per_unit * size + 0.5);
    const double h = size - static_cast<double>(k) / nodes_per_unit;
    double value = 0;
    for (int n = terms - 1; n >= 0; --n) value = value * h + at[k][static_cast<std::size_t>(n)];
    return std::copysign(std::min(value, 1.0), x);
  }
};

constexpr OddFunction<6> error_functions(error_function_at);
constexpr OddFunction<19> hyperbolic_tangents(hyperbolic_tangent_at);

}  // namespace

double error_function(double x) {
  return error_functions(x);
}

double hyperbolic_tangent(double x) {
  return hyperbolic_tangents(x);
}

double normal_probability(double x) {
  return 0.5 + 0.5 * error_functions(x / std::numbers::sqrt2);
}

}  // namespace quartic::detail
