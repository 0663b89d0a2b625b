#pragma once
/// Quadrature over what the findings of a place have in common, and over each of them given that.
#include <cstddef>
#include <vector>

#include "sim/findings/finding.hpp"

namespace quartic::detail {

/// Expectations over the factor f ~ N(0, 1) of a place as sums over evenly spaced nodes: error about 1e-11 for
/// products of chances, of waves and of means given f, whose width in f is sqrt(1 - c)/sqrt(c).
struct FactorGrid {
  double correlation;
  std::vector<double> factors, weights;

  std::size_t size() const { return factors.size(); }
};
/// c from 0 to 0.99: some (18 + 26 sqrt(c))/sqrt(1 - c) nodes, and one where c = 0, where nothing rests on f.
FactorGrid make_factor_grid(double correlation);

/// Cov of two findings of a place.
double covariance_of(const FactorGrid& grid, FindingKind a, FindingKind b);

/// Values of a finding and their chances given each factor: all that it has where it goes by steps, else nodes.
struct Atoms {
  std::vector<double> values;
  std::vector<double> chances;  ///< factors x values
  std::size_t conspicuous = 0;  ///< the first value that is conspicuous, where values are split there

  double chance(std::size_t factor, std::size_t value) const {
    return chances[factor * values.size() + value];
  }
};
/// Nodes integrate e^(i w x) given f, x being the finding, up to this frequency w: to 1e-10.
Atoms make_atoms(const FactorGrid& grid, FindingKind kind, double frequency);
/// The same on either side of where the finding becomes conspicuous, alone: about five times the nodes.
Atoms make_split_atoms(const FactorGrid& grid, FindingKind kind, double frequency);
/// How many values make_atoms gives it.
double nodes_needed(const FactorGrid& grid, FindingKind kind, double frequency);

}  // namespace quartic::detail
