#include "sim/findings/factor_grid.hpp"

#include <cmath>
#include <numbers>

#include "sim/findings/marginals.hpp"
#include "sim/parts/normal_integral.hpp"

namespace quartic::detail {

namespace {

constexpr double reach = 8.5;    // beyond it lies 2e-17 of a normal
constexpr double blurred = 7.5;  // e^(-blurred^2/2) = 6e-13

// Sums at this spacing see no difference between frequencies 0 and `frequency`, its first alias.
std::vector<double> nodes_for(double frequency) {
  const double spacing = 2 * std::numbers::pi / frequency;
  const auto half = static_cast<int>(std::ceil(reach / spacing));
  std::vector<double> nodes;
  for (int k = -half; k <= half; ++k) nodes.push_back(k * spacing);
  return nodes;
}

Atoms atoms_of_steps(const FactorGrid& grid, const Steps& steps) {
  Atoms atoms{{steps.values.begin(), steps.values.end()}, {}};
  for (const double factor : grid.factors)
    for (std::size_t k = 0; k < steps.values.size(); ++k)
      atoms.chances.push_back(chance_of_step(steps, k, factor, grid.correlation));
  return atoms;
}

}  // namespace

// Given z, f is normal with standard deviation sqrt(1 - c), which blurs any jump in z; waves of the findings that
// are not blurred away themselves, up to blurred/sqrt(1 - c), reach f times sqrt(c) (those of several add up).
FactorGrid make_factor_grid(double correlation) {
  const double own = std::sqrt(1 - correlation), shared = std::sqrt(correlation);
  constexpr double waves = 11;
  const double frequency = (blurred + waves * shared) / own;
  FactorGrid grid{correlation, nodes_for(frequency), {}};
  for (const double f : grid.factors)
    grid.weights.push_back(normal_density(f) * 2 * std::numbers::pi / frequency);
  return grid;
}

double covariance_of(const FactorGrid& grid, FindingKind a, FindingKind b) {
  double sum = 0;
  for (std::size_t i = 0; i < grid.size(); ++i)
    sum += grid.weights[i] * mean_given_factor(a, grid.factors[i], grid.correlation) *
           mean_given_factor(b, grid.factors[i], grid.correlation);
  return sum;
}

Atoms make_atoms(const FactorGrid& grid, FindingKind kind, double frequency) {
  if (has_steps(kind)) return atoms_of_steps(grid, steps_of(kind));
  const double own = std::sqrt(1 - grid.correlation), shared = std::sqrt(grid.correlation);
  const double first_alias = frequency + blurred / own;
  const std::vector<double> z = nodes_for(first_alias);
  const double weight = 2 * std::numbers::pi / first_alias / own;
  Atoms atoms;
  for (const double node : z) atoms.values.push_back(standardised(kind, node));
  for (const double factor : grid.factors)
    for (const double node : z)
      atoms.chances.push_back(weight * normal_density((node - shared * factor) / own));
  return atoms;
}

}  // namespace quartic::detail
