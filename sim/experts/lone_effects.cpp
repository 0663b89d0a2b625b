#include "sim/experts/lone_effects.hpp"

#include <cmath>

#include "core/require.hpp"

namespace quartic {

namespace {

constexpr double rounding = 1e-9;

double tail_of(const Truth& truth) {
  const Facts facts = truth.facts();
  const auto tail = facts.find("tail");
  return tail == facts.end() ? 0 : tail->second;
}

}  // namespace

LoneEffects::LoneEffects(const Truth& truth)
    : truth_(truth), rule_{Vector::Zero(truth.candidates()), 0}, signal_(truth.excess_risk(rule_)) {}

LoneEffect LoneEffects::of(Index column) {
  rule_.coefficients(column) = 1;
  const double with = *truth_.excess_risk(rule_);
  rule_.coefficients(column) = -1;
  const double against = *truth_.excess_risk(rule_);
  rule_.coefficients(column) = 0;
  return {(against - with) / 4, (against + with) / 2 - *signal_};
}

std::vector<double> signal_shares(const Truth& truth) {
  LoneEffects effects(truth);
  LinearRule together{Vector::Zero(truth.candidates()), 0};
  std::vector<double> shares;
  double sum = 0;
  for (const Index column : effects.are_known() ? truth.relevant() : std::vector<Index>{}) {
    const LoneEffect effect = effects.of(column);
    together.coefficients(column) = effect.covariance / effect.variance;
    shares.push_back(effect.explained());
    sum += shares.back();
  }
  require(sum > 0 && std::abs(*truth.excess_risk(together) - tail_of(truth)) < rounding * effects.signal(),
          "weight = \"signal\" (the columns of this world have no shares of the signal that add up: it must "
          "be linear, with columns that do not vary together). Use weight = \"count\".",
          {"weight"});
  for (double& share : shares) share /= sum;
  return shares;
}

int effect_sign(const Truth& truth, Index column) {
  LinearRule rule{Vector::Zero(truth.candidates()), 0};
  const std::optional<double> none = truth.excess_risk(rule);
  require(none.has_value(),
          "wrong_sign is above 0 (this world does not know the risk of a rule, and so not which sign of an "
          "effect is wrong). Leave wrong_sign at 0.",
          {"wrong_sign"});
  rule.coefficients(column) = 1;
  const double with = *truth.excess_risk(rule);
  rule.coefficients(column) = -1;
  const double against = *truth.excess_risk(rule);
  if (std::abs(against - with) <= rounding * (std::abs(with) + std::abs(against))) return 0;
  return with < against ? 1 : -1;
}

}  // namespace quartic
