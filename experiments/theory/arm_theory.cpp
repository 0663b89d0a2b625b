#include "experiments/theory/arm_theory.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/study/closed_form.hpp"
#include "experiments/study/formulas.hpp"
#include "experiments/theory/options.hpp"
#include "sim/experts/lone_effects.hpp"
#include "sim/worlds/test_shift.hpp"

namespace quartic {

namespace {

// All that the value depends on, beside the options. NaN is replaced: it would equal nothing.
std::vector<double> collect_inputs(const ArmTheoryPoint& point, const Facts& facts) {
  std::vector<double> inputs = {static_cast<double>(point.columns), point.missing_share,
                                static_cast<double>(point.named.correct),
                                static_cast<double>(point.named.wrong)};
  for (const auto& [name, value] : facts) inputs.push_back(value);
  if (point.read) {
    inputs.insert(inputs.end(), {point.read->noise, point.read->missing});
    for (const ReadColumn& column : point.read->columns)
      inputs.insert(inputs.end(), {column.signal, column.thresholded ? 1. : 0., column.forbidden ? 1. : 0.});
  }
  std::replace_if(
      inputs.begin(), inputs.end(), [](double value) { return value != value; }, -1.0);
  return inputs;
}

struct ArmKind {
  const Choice& world;  ///< with all options
  const std::string& model;
  const OptionValues& options;  ///< of the model
};

// Of an expert who reads badly: known for least squares on isotropic columns.
double reading_error(const ReadColumns& read, double rows, const ArmKind& arm) {
  const bool is_isotropic =
      arm.world.kind == "related" ||
      (arm.world.kind == "sparse_linear" && word_option(arm.world.options, "covariance") == "isotropic");
  const bool is_known =
      is_isotropic && arm.model == "least_squares" && !flag_option(arm.options, "intercept");
  return is_known && read.signal > 0 ? read_columns_risk(read, rows) / read.signal : nan;
}

}  // namespace

ArmTheory::ArmTheory(const Study& study, const Cell& cell, const ArmSpec& arm)
    : world_{cell.world.kind,
             with_defaults(study.catalogues.world(cell.world.kind).options, cell.world.options)},
      model_{arm.model.kind, with_defaults(study.catalogues.model(arm.model.kind).options, {})} {
  for (const TheoryLine& line : study.theory) {
    if (line.arm != arm.name) continue;
    curve_ = closed_form(line.curve);
    if (!curve_) line_.emplace(line.curve);
  }
}

double ArmTheory::evaluate(const ArmTheoryPoint& point, const Facts& facts) const {
  if (!line_ && has_test_shift(world_.options)) return nan;
  if (curve_)
    return curve_->evaluate(static_cast<double>(point.n), closed_form_values(*curve_, facts))
        .normalised_error;
  if (line_) {
    const double error = line_->evaluate(variables_at(facts, point.n, point.columns));
    return std::isfinite(error) && error >= 0 ? error : nan;  // such as 1/(n - 2) at n = 1 and 2
  }
  OptionValues options = point.options;
  options.insert(model_.options.begin(), model_.options.end());
  if (point.read)
    return reading_error(*point.read, static_cast<double>(point.n), {world_, model_.kind, options});
  return theory_error({.world = &world_,
                       .model = model_.kind,
                       .options = std::move(options),
                       .rows = static_cast<double>(point.n),
                       .columns = static_cast<double>(point.columns),
                       .missing_share = point.missing_share,
                       .named = point.named,
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

double missing_share(const Truth& truth, Task task, const std::vector<Index>& columns) {
  std::vector<Index> missed;
  for (const Index j : truth.relevant())
    if (!std::binary_search(columns.begin(), columns.end(), j)) missed.push_back(j);
  if (task == Task::classification) return missed.empty() ? 0 : nan;
  LoneEffects effects(truth);
  if (!effects.are_known()) return nan;
  double missing = 0;
  for (const Index j : missed) missing += effects.of(j).explained();
  return missing / effects.signal();
}

NamedCounts count_named(const Truth& truth, const std::vector<Index>& columns) {
  NamedCounts counts{0, std::ssize(columns)};
  for (const Index j : truth.relevant())
    if (std::binary_search(columns.begin(), columns.end(), j)) ++counts.correct, --counts.wrong;
  return counts;
}

std::optional<ReadColumns> describe_reading(const Truth& truth, const Advice& advice) {
  const ColumnReading& reading = advice.reading;
  if (reading.is_plain() && advice.forbidden.size() == 0) return std::nullopt;
  std::vector<Index> relevant = truth.relevant();
  std::sort(relevant.begin(), relevant.end());
  LoneEffects effects(truth);
  const Facts facts = truth.facts();
  const auto fact = [&](std::string_view name) {
    const auto found = facts.find(name);
    return found == facts.end() ? nan : found->second;
  };
  ReadColumns read{.noise = reading.noise,
                   .missing = reading.missing,
                   .signal = fact("signal"),
                   .noise_variance = fact("noise") * fact("noise")};
  for (std::size_t k = 0; k < reading.columns.size(); ++k) {
    const Index column = reading.columns[k];
    const bool matters = std::binary_search(relevant.begin(), relevant.end(), column);
    const double signal = !matters ? 0 : effects.are_known() ? effects.of(column).explained() : nan;
    read.columns.push_back(
        {.signal = signal,
         .thresholded = !reading.thresholded.empty() && reading.thresholded[k],
         .forbidden = advice.forbidden.size() > 0 && advice.forbidden[static_cast<Index>(k)] != 0});
  }
  return read;
}

}  // namespace quartic
