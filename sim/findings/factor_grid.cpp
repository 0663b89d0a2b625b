#include "sim/findings/factor_grid.hpp"

#include <cmath>
#include <numbers>

#include "sim/findings/marginals.hpp"
#include "sim/parts/normal_integral.hpp"

namespace quartic::detail {

namespace {

constexpr double reach = 7.5;    // beyond it lies 6e-14 of a normal
constexpr double blurred = 7.5;  // e^(-blurred^2/2) = 6e-13

struct Nodes {
  std::vector<double> places, weights;
};

// Sums at this spacing see no difference between frequencies 0 and `frequency`, its first alias.
Nodes even_nodes(double frequency) {
  const double spacing = 2 * std::numbers::pi / frequency;
  const auto half = static_cast<int>(std::ceil(reach / spacing));
  Nodes nodes;
  for (int k = -half; k <= half; ++k) {
    nodes.places.push_back(k * spacing);
    nodes.weights.push_back(spacing);
  }
  return nodes;
}

// Twelve points an interval integrate a wave of up to two and a quarter periods to 1e-10.
void add_legendre_nodes(Nodes& nodes, double low, double high, double frequency) {
  const auto intervals = static_cast<int>(std::ceil((high - low) * frequency / 14));
  const double half = (high - low) / intervals / 2;
  for (int i = 0; i < intervals; ++i)
    for (const double sign : {-1., 1.})
      for (const auto& [place, weight] : legendre_12) {
        nodes.places.push_back(low + half * (2 * i + 1 + sign * place));
        nodes.weights.push_back(half * weight);
      }
}

Atoms atoms_of_steps(const FactorGrid& grid, FindingKind kind) {
  const Steps steps = steps_of(kind);
  Atoms atoms{{steps.values.begin(), steps.values.end()}, {}, kind == FindingKind::present ? 1U : 2U};
  for (const double factor : grid.factors)
    for (std::size_t k = 0; k < steps.values.size(); ++k)
      atoms.chances.push_back(chance_of_step(steps, k, factor, grid.correlation));
  return atoms;
}

// How fast the density of z given f varies, as a frequency.
double blurred_frequency(const FactorGrid& grid) {
  return blurred / std::sqrt(1 - grid.correlation);
}

Atoms atoms_at(const FactorGrid& grid, FindingKind kind, const Nodes& nodes) {
  const double own = std::sqrt(1 - grid.correlation), shared = std::sqrt(grid.correlation);
  Atoms atoms;
  for (const double z : nodes.places) atoms.values.push_back(standardised(kind, z));
  for (const double factor : grid.factors)
    for (std::size_t q = 0; q < nodes.places.size(); ++q)
      atoms.chances.push_back(nodes.weights[q] / own *
                              normal_density((nodes.places[q] - shared * factor) / own));
  return atoms;
}

}  // namespace

// Given z, f is normal with standard deviation sqrt(1 - c), which blurs any jump in z; waves of the findings that
// are not blurred away themselves, up to blurred/sqrt(1 - c), reach f times sqrt(c) (those of several add up).
FactorGrid make_factor_grid(double correlation) {
  if (correlation == 0) return {0, {0}, {1}};
  const double own = std::sqrt(1 - correlation), shared = std::sqrt(correlation);
  constexpr double waves = 11;
  Nodes nodes = even_nodes((blurred + waves * shared) / own);
  for (std::size_t i = 0; i < nodes.places.size(); ++i) nodes.weights[i] *= normal_density(nodes.places[i]);
  return {correlation, std::move(nodes.places), std::move(nodes.weights)};
}

double covariance_of(const FactorGrid& grid, FindingKind a, FindingKind b) {
  double sum = 0;
  for (std::size_t i = 0; i < grid.size(); ++i)
    sum += grid.weights[i] * mean_given_factor(a, grid.factors[i], grid.correlation) *
           mean_given_factor(b, grid.factors[i], grid.correlation);
  return sum;
}

Atoms make_atoms(const FactorGrid& grid, FindingKind kind, double frequency) {
  if (has_steps(kind)) return atoms_of_steps(grid, kind);
  return atoms_at(grid, kind, even_nodes(frequency + blurred_frequency(grid)));
}

Atoms make_split_atoms(const FactorGrid& grid, FindingKind kind, double frequency) {
  if (has_steps(kind)) return atoms_of_steps(grid, kind);
  Nodes nodes;
  add_legendre_nodes(nodes, -reach, conspicuous_from(kind), frequency + blurred_frequency(grid));
  const std::size_t conspicuous = nodes.places.size();
  add_legendre_nodes(nodes, conspicuous_from(kind), reach, frequency + blurred_frequency(grid));
  Atoms atoms = atoms_at(grid, kind, nodes);
  atoms.conspicuous = conspicuous;
  return atoms;
}

}  // namespace quartic::detail
