#include "experiments/theory/arm_theory.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/study/formulas.hpp"

namespace quartic {

namespace {

// All that the value depends on, beside the options. NaN is replaced: it would equal nothing.
std::vector<double> collect_inputs(const ArmTheoryPoint& point, const Facts& facts) {
  std::vector<double> inputs = {static_cast<double>(point.columns), point.missing_share};
  for (const auto& [name, value] : facts) inputs.push_back(value);
  std::replace_if(
      inputs.begin(), inputs.end(), [](double value) { return value != value; }, -1.0);
  return inputs;
}

}  // namespace

ArmTheory::ArmTheory(const Study& study, const Cell& cell, const ArmSpec& arm)
    : world_{cell.world.kind,
             with_defaults(study.catalogues.world(cell.world.kind).options, cell.world.options)},
      model_{arm.model.kind, with_defaults(study.catalogues.model(arm.model.kind).options, {})} {
  for (const TheoryLine& line : study.theory)
    if (line.arm == arm.name) line_.emplace(line.curve);
}

double ArmTheory::evaluate(const ArmTheoryPoint& point, const Facts& facts) const {
  if (line_) {
    const double error = line_->evaluate(variables_at(facts, point.n, point.columns));
    return std::isfinite(error) && error >= 0 ? error : nan;  // such as 1/(n - 2) at n = 1 and 2
  }
  OptionValues options = point.options;
  options.insert(model_.options.begin(), model_.options.end());
  return theory_error({.world = &world_,
                       .model = model_.kind,
                       .options = std::move(options),
                       .rows = static_cast<double>(point.n),
                       .columns = static_cast<double>(point.columns),
                       .missing_share = point.missing_share,
                       .facts = &facts});
}

double ArmTheory::at(const ArmTheoryPoint& point, const Facts& facts) {
  Inputs inputs{collect_inputs(point, facts), point.options};
  {
    const std::scoped_lock lock(mutex_);
    const auto found = last_.find(point.n);
    if (found != last_.end() && found->second.first == inputs) return found->second.second;
  }
  const double value = evaluate(point, facts);
  const std::scoped_lock lock(mutex_);
  last_.insert_or_assign(point.n, std::pair{std::move(inputs), value});
  return value;
}

double missing_share(const Truth& truth, const std::vector<Index>& columns) {
  LinearRule rule{Vector::Zero(truth.candidates()), 0};
  const std::optional<double> signal = truth.excess_risk(rule);
  if (!signal) return nan;
  double missing = 0;
  for (Index j : truth.relevant()) {
    if (std::binary_search(columns.begin(), columns.end(), j)) continue;
    rule.coefficients(j) = 1;
    const double with = *truth.excess_risk(rule);
    rule.coefficients(j) = -1;
    const double against = *truth.excess_risk(rule);
    rule.coefficients(j) = 0;
    const double covariance = (against - with) / 4, variance = (against + with) / 2 - *signal;
    missing += covariance * covariance / variance;
  }
  return missing / *signal;
}

}  // namespace quartic
