#include "sim/findings/factor_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/findings/marginals.hpp"
#include "sim/findings/units.hpp"
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

/// v = blurred z + w x(z), which rises by 2 pi over a wave e^(i w x), also where waves of a size get short. Sums at equal
/// steps of v are to its waves what sums at equal steps of z are to those of a density.
struct Phase {
  FindingKind kind;
  double blurred, frequency;

  double at(double z) const { return blurred * z + frequency * standardised(kind, z); }
  double slope(double z) const {
    const double s = log_size_deviation;
    const bool is_size = kind == FindingKind::size;
    return blurred + frequency * (is_size ? s * (standardised(kind, z) + 1 / size_deviation) : 1);
  }
  // By Newton's steps from where v is larger, which cannot overshoot: it is convex.
  double inverse(double v, double high) const {
    double z = high;
    for (int i = 0; i < 100; ++i) {
      const double step = (at(z) - v) / slope(z);
      z -= step;
      if (std::abs(step) < 1e-15 * (1 + std::abs(z))) break;
    }
    return z;
  }
};

Nodes phase_nodes(const Phase& phase, double low, double high) {
  constexpr double turn = 2 * std::numbers::pi;
  Nodes nodes;
  for (double k = std::floor(phase.at(high) / turn); k * turn >= phase.at(low); --k) {
    const double z = phase.inverse(k * turn, nodes.places.empty() ? high : nodes.places.back());
    nodes.places.push_back(z);
    nodes.weights.push_back(turn / phase.slope(z));
  }
  std::reverse(nodes.places.begin(), nodes.places.end());
  std::reverse(nodes.weights.begin(), nodes.weights.end());
  return nodes;
}

// Twelve points an interval integrate a wave of up to two and a quarter periods to 1e-10.
void add_legendre_nodes(Nodes& nodes, const Phase& phase, double low, double high) {
  const double first = phase.at(low), last = phase.at(high);
  const auto intervals = static_cast<int>(std::ceil((last - first) / 14));
  double start = low;
  for (int i = 1; i <= intervals; ++i) {
    const double end = i == intervals ? high : phase.inverse(first + (last - first) * i / intervals, high);
    const double half = (end - start) / 2;
    for (const double sign : {-1., 1.})
      for (const auto& [place, weight] : legendre_12) {
        nodes.places.push_back(start + half * (1 + sign * place));
        nodes.weights.push_back(half * weight);
      }
    start = end;
  }
}

double upper_reach(FindingKind kind) {
  constexpr double reach_of_sizes = 7.2;  // beyond it lie 3e-13, and very many waves
  return kind == FindingKind::size ? reach_of_sizes : reach;
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
Phase phase_of(const FactorGrid& grid, FindingKind kind, double frequency) {
  return {kind, blurred / std::sqrt(1 - grid.correlation), frequency};
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
  return atoms_at(grid, kind, phase_nodes(phase_of(grid, kind, frequency), -reach, upper_reach(kind)));
}

Atoms make_split_atoms(const FactorGrid& grid, FindingKind kind, double frequency) {
  if (has_steps(kind)) return atoms_of_steps(grid, kind);
  const Phase phase = phase_of(grid, kind, frequency);
  Nodes nodes;
  add_legendre_nodes(nodes, phase, -reach, conspicuous_from(kind));
  const std::size_t conspicuous = nodes.places.size();
  add_legendre_nodes(nodes, phase, conspicuous_from(kind), upper_reach(kind));
  Atoms atoms = atoms_at(grid, kind, nodes);
  atoms.conspicuous = conspicuous;
  return atoms;
}

double nodes_needed(const FactorGrid& grid, FindingKind kind, double frequency) {
  if (has_steps(kind)) return static_cast<double>(steps_of(kind).values.size());
  const Phase phase = phase_of(grid, kind, frequency);
  return (phase.at(upper_reach(kind)) - phase.at(-reach)) / (2 * std::numbers::pi);
}

}  // namespace quartic::detail
