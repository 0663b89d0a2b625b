#include "sim/findings/finding_score.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/require.hpp"
#include "sim/findings/marginals.hpp"

namespace quartic::detail {

namespace {

constexpr std::size_t effects_a_joint = 10;

std::vector<Effect> by_column(std::vector<Effect> effects) {
  std::sort(effects.begin(), effects.end(),
            [](const Effect& a, const Effect& b) { return a.column < b.column; });
  return effects;
}

using Covariances = std::array<std::array<double, findings_of_a_place>, findings_of_a_place>;

Covariances covariances_of(double correlation) {
  const FactorGrid grid = make_factor_grid(correlation);
  Covariances covariances{};
  for (std::size_t a = 0; a < findings_of_a_place; ++a)
    for (std::size_t b = 0; b < a; ++b)
      covariances[a][b] = covariances[b][a] =
          covariance_of(grid, static_cast<FindingKind>(a), static_cast<FindingKind>(b));
  return covariances;
}

std::size_t position(FindingKind kind) {
  return static_cast<std::size_t>(kind);
}

// Of effects by column.
double linear_variance(const Covariances& covariances, const std::vector<Effect>& effects) {
  double sum = 0;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    sum += effects[i].coefficient * effects[i].coefficient;
    for (std::size_t j = i + 1; j < effects.size(); ++j) {
      if (place_of(effects[i].column) != place_of(effects[j].column)) break;
      sum += 2 * effects[i].coefficient * effects[j].coefficient *
             covariances[position(kind_of(effects[i].column))][position(kind_of(effects[j].column))];
    }
  }
  return sum;
}

std::vector<Effect> scaled(std::vector<Effect> effects, double factor) {
  for (Effect& effect : effects) effect.coefficient *= factor;
  return effects;
}

// Of each place the first effect.
std::vector<Effect> first_of_places(const std::vector<Effect>& effects) {
  std::set<Index> places;
  std::vector<Effect> first;
  for (const Effect& effect : effects)
    if (places.insert(place_of(effect.column)).second) first.push_back(effect);
  return first;
}

double joint_coefficient(const Effect& a, const Effect& b) {
  const double product = a.coefficient * b.coefficient;
  return std::copysign(std::sqrt(std::abs(product)), product);
}

std::vector<Joint> make_joints(const std::vector<Effect>& effects, double variance) {
  if (variance == 0) return {};
  const std::vector<Effect> first = first_of_places(effects);
  const std::size_t wanted = (effects.size() + effects_a_joint - 1) / effects_a_joint;
  std::vector<Joint> joints;
  double squares = 0;
  for (std::size_t k = 0; k + 1 < first.size() && joints.size() < wanted; k += 2) {
    joints.push_back({first[k], first[k + 1], joint_coefficient(first[k], first[k + 1])});
    squares += joints.back().coefficient * joints.back().coefficient;
  }
  require(
      squares > 0,
      "rules are wanted, and all relevant columns lie in one place (a rule takes findings of two places, of "
      "five columns each). Raise relevant, or set rules = 0.",
      {"rules", "relevant"});
  for (Joint& joint : joints) joint.coefficient *= std::sqrt(variance / squares);
  return joints;
}

}  // namespace

std::vector<Index> FindingScore::columns() const {
  std::vector<Index> columns;
  for (const Effect& effect : effects) columns.push_back(effect.column);
  return columns;
}

double FindingScore::operator()(std::span<const double> x) const {
  double sum = 0;
  for (std::size_t k = 0; k < effects.size(); ++k) sum += effects[k].coefficient * x[k];
  const auto value = [&](const Effect& wanted) {
    const auto before = [](const Effect& effect, Index column) { return effect.column < column; };
    const auto at = std::lower_bound(effects.begin(), effects.end(), wanted.column, before) - effects.begin();
    const FindingKind kind = kind_of(wanted.column);
    const Conspicuousness h(kind);
    return is_conspicuous(kind, x[static_cast<std::size_t>(at)]) ? h.conspicuous : h.usual;
  };
  for (const Joint& joint : joints) sum += joint.coefficient * (value(joint.first) * value(joint.second));
  return sum;
}

FindingScore make_score(const ScoreDraft& draft) {
  const double natural = linear_variance(covariances_of(draft.correlation), by_column(draft.effects));
  const std::vector<Effect> effects =
      scaled(draft.effects, std::sqrt((1 - draft.joint) * draft.signal / natural));
  return {draft.correlation, by_column(effects), make_joints(effects, draft.joint * draft.signal)};
}

std::vector<Index> by_importance(const FindingScore& score, std::span<const Index> support) {
  std::map<Index, double> importance;
  for (const Effect& effect : score.effects)
    importance[effect.column] = effect.coefficient * effect.coefficient;
  for (const Joint& joint : score.joints)
    for (const Effect& effect : {joint.first, joint.second})
      importance[effect.column] += joint.coefficient * joint.coefficient;
  std::vector<Index> columns(support.begin(), support.end());
  std::stable_sort(columns.begin(), columns.end(),
                   [&](Index a, Index b) { return importance[a] > importance[b]; });
  return columns;
}

}  // namespace quartic::detail
