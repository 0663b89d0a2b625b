#include "laws/theory/exponents.hpp"

#include "laws/statistics/root.hpp"

namespace quartic {

Scaling fixed_columns_scaling() {
  return {.error = 0.5, .computing = 1};
}

Scaling growing_pool_scaling() {
  return {.error = 0.5, .computing = 2};
}

Scaling growing_pool_cubic_scaling() {
  return {.error = 0.5, .computing = 3};
}

Scaling network_scaling() {
  return {.error = 0.5, .computing = 2};
}

Scaling proportional_interpolation_scaling() {
  return {.error = 0, .computing = 3};
}

Scaling smooth_sgd_scaling(double roughness) {
  return {.error = 1 / (2 + roughness), .computing = 2};
}

Scaling smooth_ridge_scaling(double roughness) {
  return {.error = 1 / (2 + roughness), .computing = 3};
}

PowerLawRisk power_law_risk(double spectrum_exponent, double signal_exponent) {
  return {.model = signal_exponent - 1, .steps = (signal_exponent - 1) / spectrum_exponent};
}

double compute_optimal_rate(const PowerLawRisk& risk) {
  return risk.model * risk.steps / (risk.model + risk.steps);
}

double compute_exponent_of_rate(double rate) {
  return 2 / rate;
}

double crossing_rows(const LeastSquaresDesign& flexible, const LeastSquaresDesign& expert) {
  const auto difference = [&](double n) {
    LeastSquaresDesign all = flexible, named = expert;
    all.rows = named.rows = n;
    return least_squares_risk(all) - least_squares_risk(named);
  };
  return find_root(difference, flexible.columns + 2, 1e12 * flexible.columns);
}

}  // namespace quartic
