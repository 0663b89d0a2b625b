#pragma once
/// Means of e^{itu} over the findings of places, at many t at once.
#include <cstddef>
#include <map>
#include <tuple>
#include <vector>

#include "sim/findings/finding_score.hpp"
#include "sim/findings/wave.hpp"

namespace quartic::detail {

using Effects = std::vector<Effect>;

/// Density or margin.
bool is_normal(const Effect& effect);
/// Variance of the sum of normal effects of a place: their own parts, and what they have in common.
double normal_variance(const Effects& effects, double correlation);

/// t = first step, (first + 1) step, ...
struct Times {
  double step;
  std::size_t first, count;

  double at(std::size_t m) const { return step * static_cast<double>(first + m); }
  double end() const { return at(count); }
};

/// Quadrature over findings of places of one correlation: each table is made once.
class AtomTables {
 public:
  explicit AtomTables(double correlation) : grid_(make_factor_grid(correlation)) {}

  const FactorGrid& grid() const { return grid_; }
  /// Split where the finding becomes conspicuous, or not.
  const Atoms& whole(const Effect& effect, const Times& times) { return at(effect, times, false); }
  const Atoms& split(const Effect& effect, const Times& times) { return at(effect, times, true); }

 private:
  const Atoms& at(const Effect& effect, const Times& times, bool is_split);

  FactorGrid grid_;
  std::map<std::tuple<FindingKind, double, bool>, Atoms> tables_;
};

class PlaceWaves {
 public:
  PlaceWaves(AtomTables& tables, Times times) : tables_(tables), grid_(tables.grid()), times_(times) {}

  /// E e^{itS}, S the sum of effects of one place.
  Wave mean(const Effects& effects);
  /// E e^{it(S + S' + d h h')}: of two places, h and h' telling whether a finding of each is conspicuous.
  Wave mean(const Effects& place, const Effects& other, const Joint& joint);

 private:
  struct Split {
    Wave usual, conspicuous;  // E[e^{itS}; one finding is not, or is, conspicuous]
  };
  Wave constant(double value) const { return Wave::constant(value, times_.count); }
  Wave oscillation(double coefficient) const;
  std::vector<double> damping(double variance) const;
  std::vector<Wave> given_factor(const Effects& effects);
  void multiply_normals(std::vector<Wave>& waves, const Effects& effects) const;
  void multiply(std::vector<Wave>& waves, const Effect& effect);
  std::vector<Wave> atom_waves(const Effect& effect, const Atoms& law) const;
  Wave mean_of_atoms(const Atoms& law, const std::vector<Wave>& waves, std::size_t factor, Range atoms) const;
  Split split_by(const Effect& one, const Effects& others);
  Wave part(const Atoms& law, const std::vector<Wave>& waves, const std::vector<Wave>& others,
            Range atoms) const;

  AtomTables& tables_;
  const FactorGrid& grid_;
  Times times_;
};

}  // namespace quartic::detail
