#include "laws/theory/least_squares.hpp"

#include <cmath>

#include "core/types.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {

double least_squares_risk(const LeastSquaresDesign& design) {
  const double n = design.rows, p = design.columns;
  const double residual_variance = design.signal_left_out + design.noise_variance;
  if (n >= p + 2) return design.signal_left_out + residual_variance * p / (n - p - 1);
  if (n <= p - 2)
    return design.signal_in_columns * (1 - n / p) + design.signal_left_out +
           residual_variance * n / (p - n - 1);
  return nan;
}

double least_squares_geometric_risk(const LeastSquaresDesign& design) {
  const double n = design.rows, p = design.columns;
  if (!(n >= p) || !(p > 0) || design.signal_left_out != 0) return nan;
  return design.noise_variance * std::exp(digamma(p / 2) - digamma((n - p + 1) / 2));
}

double least_squares_risk(const LeastSquaresLimit& limit) {
  const double g = limit.aspect;
  if (g < 1) return limit.noise_variance * g / (1 - g);
  if (g > 1) return limit.signal * (1 - 1 / g) + limit.noise_variance / (g - 1);
  return nan;
}

}  // namespace quartic
