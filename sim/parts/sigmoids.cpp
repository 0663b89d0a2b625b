#include "sim/parts/sigmoids.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/parts/sigmoid_tables.hpp"

namespace quartic::detail {

namespace {

// An odd function that is 1 from the last node on.
template <std::size_t nodes>
double odd_function(const std::array<SigmoidSeries, nodes>& at, double x) {
  constexpr double nodes_per_unit = 8;
  const double size = std::abs(x);
  if (size >= static_cast<double>(nodes - 1) / nodes_per_unit) return std::copysign(1, x);
  const auto k = static_cast<std::size_t>(nodes_per_unit * size + 0.5);
  const double h = size - static_cast<double>(k) / nodes_per_unit;
  const SigmoidSeries& series = at[k];
  double value = 0;
  for (std::size_t n = series.size(); n-- > 0;) value = value * h + series[n];
  return std::copysign(std::min(value, 1.0), x);
}

}  // namespace

double error_function(double x) {
  return odd_function(error_function_series, x);
}

double hyperbolic_tangent(double x) {
  return odd_function(hyperbolic_tangent_series, x);
}

double normal_probability(double x) {
  return 0.5 + 0.5 * error_function(x / std::numbers::sqrt2);
}

}  // namespace quartic::detail
