#include "sim/findings/score_atoms.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/findings/class_integrals.hpp"
#include "sim/findings/marginals.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

using Values = std::vector<ScoreAtom>;

/// Findings of a place that occur together.
struct Together {
  std::vector<double> findings;
  std::vector<double> chances;  // one a factor, with its weight

  double chance() const {
    double sum = 0;
    for (const double one : chances) sum += one;
    return sum;
  }
};
using Occurrences = std::vector<Together>;

Occurrences with(const Occurrences& before, const Atoms& law) {
  Occurrences after;
  for (const Together& one : before)
    for (std::size_t q = 0; q < law.values.size(); ++q) {
      Together both = one;
      both.findings.push_back(law.values[q]);
      for (std::size_t i = 0; i < both.chances.size(); ++i) both.chances[i] *= law.chance(i, q);
      after.push_back(std::move(both));
    }
  return after;
}

Occurrences occurrences_of(const FactorGrid& grid, const std::vector<Effect>& place) {
  Occurrences occurrences = {{{}, grid.weights}};
  for (const Effect& effect : place)
    occurrences = with(occurrences, make_atoms(grid, kind_of(effect.column), 0));
  return occurrences;
}

/// What a place, or two with a joint, add to the score.
Values values_of(const FactorGrid& grid, const FindingScore& part) {
  std::map<Index, std::vector<Effect>> places;
  for (const Effect& effect : part.effects) places[place_of(effect.column)].push_back(effect);
  std::vector<std::pair<std::vector<double>, double>> rows = {{{}, 1.0}};
  for (const auto& [place, effects] : places) {
    std::vector<std::pair<std::vector<double>, double>> longer;
    for (const Together& one : occurrences_of(grid, effects))
      for (const auto& [findings, chance] : rows) {
        longer.emplace_back(findings, chance * one.chance());
        longer.back().first.insert(longer.back().first.end(), one.findings.begin(), one.findings.end());
      }
    rows = std::move(longer);
  }
  Values values;
  for (const auto& [findings, chance] : rows) values.push_back({part(findings), chance});
  return values;
}

// Places that no other place is told together with.
std::vector<FindingScore> independent_parts(const FindingScore& score) {
  std::map<Index, Index> group;  // place -> the first place of its group
  for (const Effect& effect : score.effects) group[place_of(effect.column)] = place_of(effect.column);
  for (const Joint& joint : score.joints) group[place_of(joint.second.column)] = place_of(joint.first.column);
  std::map<Index, FindingScore> parts;
  for (const Effect& effect : score.effects) parts[group[place_of(effect.column)]].effects.push_back(effect);
  for (const Joint& joint : score.joints) parts[place_of(joint.first.column)].joints.push_back(joint);
  std::vector<FindingScore> list;
  for (auto& [place, part] : parts) list.push_back(std::move(part));
  return list;
}

Values merged(Values values) {
  std::sort(values.begin(), values.end(),
            [](const ScoreAtom& a, const ScoreAtom& b) { return a.value < b.value; });
  Values few;
  for (const ScoreAtom& atom : values) {
    constexpr double rounding = 1e-13;
    if (!few.empty() && atom.value - few.back().value < rounding * (1 + std::abs(atom.value)))
      few.back().chance += atom.chance;
    else
      few.push_back(atom);
  }
  return few;
}

Values sum_of(const Values& a, const Values& b) {
  Values sums;
  for (const ScoreAtom& one : a)
    for (const ScoreAtom& other : b) sums.push_back({one.value + other.value, one.chance * other.chance});
  return merged(std::move(sums));
}

double mean_over(std::span<const ScoreAtom> atoms, auto function) {
  double sum = 0;
  for (const ScoreAtom& atom : atoms) sum += atom.chance * function(atom.value);
  return sum;
}

}  // namespace

std::optional<std::vector<ScoreAtom>> atoms_of(const FindingScore& score, std::size_t most) {
  const auto has_values = [](const Effect& effect) { return has_steps(kind_of(effect.column)); };
  if (!std::all_of(score.effects.begin(), score.effects.end(), has_values)) return std::nullopt;
  const FactorGrid grid = make_factor_grid(score.correlation);
  Values all = {{0, 1}};
  for (const FindingScore& part : independent_parts(score)) {
    all = sum_of(all, values_of(grid, part));
    if (all.size() > most) return std::nullopt;
  }
  return all;
}

double logistic_mean(std::span<const ScoreAtom> atoms, double intercept) {
  return mean_over(atoms, [&](double u) { return sigmoid(intercept + u); });
}

double least_error(std::span<const ScoreAtom> atoms, double intercept) {
  return mean_over(atoms, [&](double u) { return sigmoid(-std::abs(intercept + u)); });
}

double intercept_of(std::span<const ScoreAtom> atoms, double prevalence, double limit) {
  const auto slope = [&](double a) {
    return mean_over(atoms, [&](double u) { return sigmoid(a + u) * sigmoid(-a - u); });
  };
  return intercept_of([&](double a) { return MeanAt{logistic_mean(atoms, a), slope(a)}; }, prevalence, limit);
}

}  // namespace quartic::detail
