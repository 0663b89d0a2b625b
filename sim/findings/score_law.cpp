#include "sim/findings/score_law.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "sim/findings/marginals.hpp"
#include "sim/findings/place_waves.hpp"
#include "sim/findings/score_atoms.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

std::map<Index, Effects> by_place(const FindingScore& score) {
  std::map<Index, Effects> places;
  for (const Effect& effect : score.effects) places[place_of(effect.column)].push_back(effect);
  return places;
}

bool in_pair(const FindingScore& score, Index place) {
  return std::any_of(score.joints.begin(), score.joints.end(), [&](const Joint& joint) {
    return place_of(joint.first.column) == place || place_of(joint.second.column) == place;
  });
}

// |phi(t)| is below that of a normal of this variance, which is the part of u's that densities and margins have given
// all else; of a place that has no other findings, and no pair, it is all that they have.
double smooth_variance(const FindingScore& score) {
  std::map<Index, Effects> places = by_place(score);
  for (const Joint& joint : score.joints)
    for (const Effect& one : {joint.first, joint.second})
      std::erase_if(places[place_of(one.column)],
                    [&](const Effect& effect) { return effect.column == one.column; });
  double sum = 0;
  for (const auto& [place, effects] : places) {
    Effects normal = effects;
    std::erase_if(normal, [](const Effect& effect) { return !is_normal(effect); });
    const bool alone = normal.size() == effects.size() && !in_pair(score, place);
    sum += alone ? normal_variance(normal, score.correlation)
                 : (1 - score.correlation) * normal_variance(normal, 0);
  }
  return sum;
}

// |u| in all but some 1 of 10^9 patients: six standard deviations, and one finding far out.
double reach_of(const FindingScore& score, double signal) {
  double outlier = 0;
  for (const Effect& effect : score.effects)
    outlier = std::max(outlier, std::abs(effect.coefficient * standardised(kind_of(effect.column), 6)));
  return outlier + 6 * std::sqrt(signal);
}

Wave wave_of(const FindingScore& score, AtomTables& tables, const Times& times) {
  PlaceWaves waves(tables, times);
  std::map<Index, Effects> places = by_place(score);
  Wave product = Wave::constant(1, times.count);
  for (const Joint& joint : score.joints) {
    const auto first = places.extract(place_of(joint.first.column));
    const auto second = places.extract(place_of(joint.second.column));
    product *= waves.mean(first.mapped(), second.mapped(), joint);
  }
  for (const auto& [place, effects] : places) product *= waves.mean(effects);
  return product;
}

/// phi, further and further out.
class ScoreWaves {
 public:
  ScoreWaves(const FindingScore& score, double signal, double period);

  const CharacteristicFunction& law() const { return law_; }
  /// The largest |phi| of the last half; beyond the end of a law that is smooth enough there is none.
  double last() const;
  /// Twice as far, unless that is too much work.
  bool grow();

 private:
  void grow_to(std::size_t count);
  double work(std::size_t count) const;

  const FindingScore& score_;
  AtomTables tables_;
  std::size_t most_ = std::numeric_limits<std::size_t>::max();  // where densities have damped phi to nothing
  CharacteristicFunction law_;
};

ScoreWaves::ScoreWaves(const FindingScore& score, double signal, double period)
    : score_(score), tables_(score.correlation), law_{2 * std::numbers::pi / period, Wave::constant(0, 0)} {
  constexpr double negligible = 28;  // e^-28 = 7e-13
  constexpr double most_counted = 1e9;
  const auto steps_to = [&](double end) {
    return static_cast<std::size_t>(std::min(most_counted, std::ceil(end / law_.step))) + 1;
  };
  const double smooth = smooth_variance(score);
  if (smooth > 0) most_ = steps_to(std::sqrt(2 * negligible / smooth));
  grow_to(std::min(most_, steps_to(20 / std::sqrt(signal))));
}

double ScoreWaves::last() const {
  const Wave& phi = law_.phi;
  if (phi.size() >= most_) return 0;
  double largest = 0;
  for (std::size_t m = phi.size() / 2; m < phi.size(); ++m)
    largest = std::max(largest, phi.real[m] * phi.real[m] + phi.imaginary[m] * phi.imaginary[m]);
  return std::sqrt(largest);
}

void ScoreWaves::grow_to(std::size_t count) {
  constexpr std::size_t block = 256;
  while (law_.phi.size() < count) {
    const Times times{law_.step, law_.phi.size(), std::min(block, count - law_.phi.size())};
    law_.phi.append(wave_of(score_, tables_, times));
  }
}

bool ScoreWaves::grow() {
  constexpr double most_work = 3e7;
  const std::size_t twice = std::min(most_, 2 * law_.phi.size());
  if (work(twice) > most_work) return false;
  grow_to(twice);
  return true;
}

// Multiplications of one complex number by another, at all times up to there: of each value, and, where findings share it,
// each factor, given which values beyond the finding's own spread are left out. Splitting takes five times the nodes.
double ScoreWaves::work(std::size_t count) const {
  const FactorGrid& grid = tables_.grid();
  const double end = law_.step * static_cast<double>(count);
  const double shared = static_cast<double>(grid.size()) * std::sqrt(1 - grid.correlation);
  double a_time = 0;
  for (const auto& [place, effects] : by_place(score_))
    for (const Effect& effect : effects) {
      const FindingKind kind = kind_of(effect.column);
      const bool splits = in_pair(score_, place);
      const double values =
          is_normal(effect) && !splits ? 1 : nodes_needed(grid, kind, std::abs(effect.coefficient) * end);
      a_time += values * (splits && !has_steps(kind) ? 5 : 1) * (effects.size() > 1 ? shared : 1);
    }
  return a_time * static_cast<double>(count);
}

// Integrals over the times that are left out, by the largest |phi| there.
double left_out_of_mean(const ScoreWaves& waves) {
  const double power = exponential(-std::min(700.0, std::numbers::pi * waves.law().end()));
  return waves.last() * logarithm((1 + power) / (1 - power)) / std::numbers::pi;
}
double left_out_of_error(const ScoreWaves& waves) {
  return waves.last() * std::min(1. / 2, 1 / (2 * std::numbers::pi * waves.law().end()));
}

struct LeastError {
  double value, accuracy;
};

// By phi as far as this, and faded out.
double faded_error(const CharacteristicFunction& law, std::size_t count, double intercept) {
  CharacteristicFunction shorter = law;
  shorter.phi.real.resize(count);
  shorter.phi.imaginary.resize(count);
  return least_error(faded(std::move(shorter)), intercept);
}

// Further and further out, until what is missing is known to be too little, or the last two doublings have changed nothing.
LeastError least_error_of(ScoreWaves& waves, double intercept) {
  constexpr double negligible = 1e-11, good = 1e-9, unchanged = 1e-10, first_bounded = 20;
  for (;;) {
    const CharacteristicFunction& law = waves.law();
    const double left_out = left_out_of_error(waves);
    if (left_out < negligible) return {least_error(law, intercept), left_out + negligible};
    const std::size_t all = law.phi.size();
    const double error = faded_error(law, all, intercept), half = faded_error(law, all / 2, intercept),
                 quarter = faded_error(law, all / 4, intercept);
    const double changes = std::max(std::abs(error - half), std::abs(half - quarter));
    const double bound = law.end() >= first_bounded ? fading_error(law, intercept) : 1. / 2;
    if (bound < good || changes < unchanged || !waves.grow()) return {error, std::min(bound, changes)};
  }
}

// Over all values of the score.
FindingClasses classes_of_atoms(std::span<const ScoreAtom> atoms, double prevalence) {
  const double odds = std::abs(logarithm(prevalence / (1 - prevalence)));
  const double limit = odds + std::max(-atoms.front().value, atoms.back().value);
  const double intercept = intercept_of(atoms, prevalence, limit);
  return {intercept, logistic_mean(atoms, intercept), least_error(atoms, intercept), 1e-11};
}

FindingClasses classes_of_waves(const FindingScore& score, double signal, double prevalence) {
  constexpr double margin = 28;
  const double reach = reach_of(score, signal);
  const double odds = std::abs(logarithm(prevalence / (1 - prevalence)));
  for (double limit = 1 + 1.5 * odds + std::sqrt(signal) * odds / 3;; limit *= 2) {
    ScoreWaves waves(score, signal, limit + reach + margin);
    while (left_out_of_mean(waves) > 1e-11 && waves.grow()) continue;
    const double intercept = intercept_of(waves.law(), prevalence, limit);
    if (std::abs(intercept) > 0.999 * limit && limit < 1e6) continue;
    const LeastError error = least_error_of(waves, intercept);
    return {intercept, logistic_mean(waves.law(), intercept), error.value, error.accuracy};
  }
}

}  // namespace

Wave characteristic_function(const FindingScore& score, double step, std::size_t count) {
  AtomTables tables(score.correlation);
  return wave_of(score, tables, {step, 0, count});
}

FindingClasses classes_of(const FindingScore& score, double signal, double prevalence) {
  constexpr std::size_t most_values = 4096;
  if (const auto atoms = atoms_of(score, most_values)) return classes_of_atoms(*atoms, prevalence);
  return classes_of_waves(score, signal, prevalence);
}

}  // namespace quartic::detail
