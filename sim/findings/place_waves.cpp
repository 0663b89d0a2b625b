#include "sim/findings/place_waves.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/findings/marginals.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

bool are_normal(const Effects& effects) {
  return std::all_of(effects.begin(), effects.end(), is_normal);
}

}  // namespace

bool is_normal(const Effect& effect) {
  return kind_of(effect.column) == FindingKind::density || kind_of(effect.column) == FindingKind::margin;
}

double normal_variance(const Effects& effects, double correlation) {
  double sum = 0, squares = 0;
  for (const Effect& effect : effects) {
    sum += effect.coefficient;
    squares += effect.coefficient * effect.coefficient;
  }
  return (1 - correlation) * squares + correlation * sum * sum;
}

// Few frequencies, so that findings share their nodes.
const Atoms& AtomTables::at(const Effect& effect, const Times& times, bool is_split) {
  const FindingKind kind = kind_of(effect.column);
  const double frequency = std::abs(effect.coefficient) * times.end();
  double served = 8;
  while (served < frequency) served *= std::numbers::sqrt2;
  if (has_steps(kind)) served = 0;
  const std::tuple key(kind, served, is_split);
  const auto found = tables_.find(key);
  if (found != tables_.end()) return found->second;
  return tables_
      .emplace(key, is_split ? make_split_atoms(grid_, kind, served) : make_atoms(grid_, kind, served))
      .first->second;
}

// e^{it coefficient}
Wave PlaceWaves::oscillation(double coefficient) const {
  return Wave::oscillation(times_.step * coefficient, times_.count, times_.first);
}

// e^{-t^2 variance/2}
std::vector<double> PlaceWaves::damping(double variance) const {
  std::vector<double> factors(times_.count);
  for (std::size_t m = 0; m < factors.size(); ++m) {
    const double t = times_.at(m);
    factors[m] = exponential(-std::min(700.0, t * t * variance / 2));
  }
  return factors;
}

// e^{it b (sqrt(c) f + sqrt(1 - c) e)}, over e, of the sum of all that are normal.
void PlaceWaves::multiply_normals(std::vector<Wave>& waves, const Effects& effects) const {
  double sum = 0, squares = 0;
  for (const Effect& effect : effects) {
    if (!is_normal(effect)) continue;
    sum += effect.coefficient;
    squares += effect.coefficient * effect.coefficient;
  }
  if (squares == 0) return;
  const std::vector<double> own = damping((1 - grid_.correlation) * squares);
  for (std::size_t i = 0; i < grid_.size(); ++i) {
    waves[i] *= oscillation(std::sqrt(grid_.correlation) * sum * grid_.factors[i]);
    waves[i] *= own;
  }
}

std::vector<Wave> PlaceWaves::atom_waves(const Effect& effect, const Atoms& law) const {
  std::vector<Wave> waves;
  for (const double value : law.values) waves.push_back(oscillation(effect.coefficient * value));
  return waves;
}

Wave PlaceWaves::mean_of_atoms(const Atoms& law, const std::vector<Wave>& waves, std::size_t factor,
                               Range atoms) const {
  const double negligible = 1e-14 / grid_.weights[factor];
  Wave sum = constant(0);
  for (auto q = static_cast<std::size_t>(atoms.first);
       q < static_cast<std::size_t>(atoms.first + atoms.count); ++q)
    if (law.chance(factor, q) > negligible) sum.add(law.chance(factor, q), waves[q]);
  return sum;
}

void PlaceWaves::multiply(std::vector<Wave>& waves, const Effect& effect) {
  const Atoms& law = tables_.whole(effect, times_);
  const std::vector<Wave> of_atoms = atom_waves(effect, law);
  const Range all = {0, static_cast<Index>(of_atoms.size())};
  for (std::size_t i = 0; i < grid_.size(); ++i) waves[i] *= mean_of_atoms(law, of_atoms, i, all);
}

// E[e^{itS} | f] for every factor.
std::vector<Wave> PlaceWaves::given_factor(const Effects& effects) {
  std::vector<Wave> waves(grid_.size(), constant(1));
  multiply_normals(waves, effects);
  for (const Effect& effect : effects)
    if (!is_normal(effect)) multiply(waves, effect);
  return waves;
}

// Without a sum over the factor where the law of S is known as it is: normal, or of one finding.
Wave PlaceWaves::mean(const Effects& effects) {
  if (are_normal(effects)) {
    Wave wave = constant(1);
    wave *= damping(normal_variance(effects, grid_.correlation));
    return wave;
  }
  if (effects.size() == 1) {
    const Atoms& law = tables_.whole(effects[0], times_);
    return part(law, atom_waves(effects[0], law), {}, {0, static_cast<Index>(law.values.size())});
  }
  const std::vector<Wave> waves = given_factor(effects);
  Wave sum = constant(0);
  for (std::size_t i = 0; i < grid_.size(); ++i) sum.add(grid_.weights[i], waves[i]);
  return sum;
}

// Over the factor, and some atoms; where nothing else rests on the factor, over it first.
Wave PlaceWaves::part(const Atoms& law, const std::vector<Wave>& waves, const std::vector<Wave>& others,
                      Range atoms) const {
  Wave sum = constant(0);
  if (!others.empty()) {
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      Wave given = mean_of_atoms(law, waves, i, atoms);
      given *= others[i];
      sum.add(grid_.weights[i], given);
    }
    return sum;
  }
  for (auto q = static_cast<std::size_t>(atoms.first);
       q < static_cast<std::size_t>(atoms.first + atoms.count); ++q) {
    double chance = 0;
    for (std::size_t i = 0; i < grid_.size(); ++i) chance += grid_.weights[i] * law.chance(i, q);
    sum.add(chance, waves[q]);
  }
  return sum;
}

PlaceWaves::Split PlaceWaves::split_by(const Effect& one, const Effects& effects) {
  Effects rest = effects;
  std::erase_if(rest, [&](const Effect& effect) { return effect.column == one.column; });
  const std::vector<Wave> others = rest.empty() ? std::vector<Wave>() : given_factor(rest);
  const Atoms& law = tables_.split(one, times_);
  const std::vector<Wave> waves = atom_waves(one, law);
  const auto first = static_cast<Index>(law.conspicuous), all = static_cast<Index>(waves.size());
  return {part(law, waves, others, {0, first}), part(law, waves, others, {first, all - first})};
}

Wave PlaceWaves::mean(const Effects& place, const Effects& other, const Joint& joint) {
  const Split a = split_by(joint.first, place), b = split_by(joint.second, other);
  const Conspicuousness h(kind_of(joint.first.column)), g(kind_of(joint.second.column));
  Wave sum = constant(0);
  const auto add = [&](const Wave& of_a, double value_a, const Wave& of_b, double value_b) {
    Wave both = oscillation(joint.coefficient * value_a * value_b);
    both *= of_a;
    sum.add_product(both, of_b);
  };
  add(a.usual, h.usual, b.usual, g.usual);
  add(a.usual, h.usual, b.conspicuous, g.conspicuous);
  add(a.conspicuous, h.conspicuous, b.usual, g.usual);
  add(a.conspicuous, h.conspicuous, b.conspicuous, g.conspicuous);
  return sum;
}

}  // namespace quartic::detail
