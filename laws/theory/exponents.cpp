#include "laws/theory/exponents.hpp"

#include "core/require.hpp"

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

std::vector<DesignScaling> design_scalings(const ScalingWorld& world) {
  require(world.roughness >= 0,
          "roughness is below 0 (it is a number of dimensions over a smoothness). Give 0 or more.");
  require(
      world.spectrum_exponent > 1 && world.signal_exponent > 1,
      "spectrum_exponent and signal_exponent must be above 1 (else the variances have no sum). Raise them.");
  const double rate = compute_optimal_rate(power_law_risk(world.spectrum_exponent, world.signal_exponent));
  const char* const bickel = "Bickel, Ritov & Tsybakov 2009";
  return {{"fixed_columns", "columns that stay", fixed_columns_scaling(), "classical: risk d/n"},
          {"growing_pool", "pool of candidates ~ n, lasso", growing_pool_scaling(), bickel},
          {"growing_pool_cubic", "the same by normal equations", growing_pool_cubic_scaling(), bickel},
          {"network", "network, parameters ~ n", network_scaling(), "Thompson et al. 2020, arXiv 2007.05558"},
          {"interpolation", "columns ~ n, minimum norm", proportional_interpolation_scaling(),
           "Hastie et al. 2022, arXiv 1903.08560"},
          {"smooth_sgd", "smooth function, one pass of SGD", smooth_sgd_scaling(world.roughness),
           "Stone 1982; Dieuleveut & Bach 2016, arXiv 1408.0361"},
          {"smooth_ridge", "smooth function, ridge", smooth_ridge_scaling(world.roughness),
           "Stone 1982; Caponnetto & De Vito 2007"},
          {"power_laws",
           "power laws, n = columns x steps",
           {.error = rate / 2, .computing = 1},
           "Bordelon, Atanasov & Pehlevan 2024, arXiv 2402.01092"}};
}

}  // namespace quartic
