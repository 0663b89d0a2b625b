#include "models/trees/boosted_stumps.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/linear/classes/labels.hpp"
#include "models/trees/stump_training.hpp"

namespace quartic {

namespace {

using detail::BinnedColumns;
using detail::StumpLoss;
using detail::StumpRule;
using detail::StumpTraining;

constexpr std::array kRounds = {
    OptionWord{"validation", "the best on rows held out, made again on all rows"}};
constexpr std::array kLosses = {OptionWord{"squared", "the squared residual"},
                                OptionWord{"logistic", "log(1 + e^f) - y f, for classes"}};
constexpr OnlyWith validated = {"rounds", {"validation"}};

constexpr std::array kOptions = {
    Option<BoostedStumps>{"rounds", &BoostedStumps::rounds, "stumps that are added, or how to choose it",
                          kRounds, at_least(0, "it counts stumps")},
    Option<BoostedStumps>{"learning_rate", &BoostedStumps::learning_rate, "what of each stump is taken",
                          no_words, from_to(1e-6, 1, "it is a share of a stump")},
    Option<BoostedStumps>{"bins", &BoostedStumps::bins, "bins a column, at most", no_words,
                          from_to(2, 256, "a bin is told by one byte, and one alone divides nothing")},
    Option<BoostedStumps>{"loss", &BoostedStumps::loss, "what rounds make small", kLosses},
    Option<BoostedStumps>{"validation", &BoostedStumps::validation, "share of rows held out to choose rounds",
                          no_words, between_0_and_1("some rows must be left to train on"), validated},
    Option<BoostedStumps>{"most", &BoostedStumps::most, "rounds tried at most", no_words,
                          at_least(1, "there is nothing to choose from"), validated},
    Option<BoostedStumps>{"patience", &BoostedStumps::patience,
                          "rounds without a better validation error before it stops", no_words,
                          at_least(1, "it counts rounds"), validated}};

detail::StumpControls controls_of(const BoostedStumps& model) {
  return {model.loss == "logistic" ? StumpLoss::logistic : StumpLoss::squared, model.learning_rate};
}

Index held_out_rows(const BoostedStumps& model, Index rows) {
  return std::max(Index{1}, static_cast<Index>(model.validation * static_cast<double>(rows)));
}

struct Choice {
  Index rounds = 0;
  double flops = 0;
  bool ran_out = false;
};

Choice choose_rounds(const BoostedStumps& model, const Data& data) {
  const BinnedColumns columns(data, data.rows() - held_out_rows(model, data.rows()), model.bins);
  StumpTraining training(columns, data.y(), controls_of(model));
  Choice choice;
  double least = training.held_out_error();
  const auto waited = [&] { return training.rounds() - choice.rounds >= model.patience; };
  bool moves = true;
  while (training.rounds() < model.most && !waited()) {
    moves = training.step();
    if (!moves) break;
    const double error = training.held_out_error();
    if (error < least) least = error, choice.rounds = training.rounds();
  }
  choice.flops = training.flops();
  choice.ran_out = moves && !waited();
  return choice;
}

Fit failed_fit() {
  FitReport report;
  report.status = FitStatus::failed;
  report.message = "the data overflow or hold numbers that are not finite. Rescale or drop them.";
  return {StumpRule{nan, {}}, std::move(report)};
}

bool is_finite(const Data& data) {
  for (Index i = 0; i < data.rows(); ++i)
    if (!data.block({i, 1}, {0, data.columns()}).allFinite()) return false;
  return data.y().allFinite();
}

Fit fit_rounds(const BoostedStumps& model, const Data& data, Index rounds) {
  const BinnedColumns columns(data, data.rows(), model.bins);
  StumpTraining training(columns, data.y(), controls_of(model));
  while (training.rounds() < rounds && training.step()) {
  }
  StumpRule rule = training.rule();
  FitReport report;
  report.parameters = std::ssize(rule.jumps) + 1;
  report.iterations = training.rounds();
  report.cost.fit_flops = training.flops();
  if (training.rounds() < rounds)
    report.message = "after " + std::to_string(training.rounds()) + " rounds no split lowers the loss";
  if (!std::isfinite(rule.base)) return failed_fit();
  return {std::move(rule), std::move(report)};
}

}  // namespace

std::span<const Option<BoostedStumps>> BoostedStumps::options() {
  return kOptions;
}

void BoostedStumps::require_consistent() const {
  const double* number = std::get_if<double>(&rounds);
  require(!number || (*number == std::floor(*number) && *number <= 1e9),
          "rounds = " + shortest(number ? *number : 0) +
              " (stumps are added one at a time). Give a whole number, up to 1e9.",
          {"rounds"});
}

void BoostedStumps::require_data(Index n, Index d, Task task) const {
  const bool classes = task == Task::classification;
  require(
      classes || loss != "logistic",
      "the loss of boosted_stumps is \"logistic\" and the labels are numbers (it is for classes 0 and 1). Use "
      "loss = \"squared\".",
      {"loss"});
  require(
      !classes || loss == "logistic",
      "the loss of boosted_stumps is \"squared\" and the labels are classes (it is for numbers). Use loss = "
      "\"logistic\".",
      {"loss"});
  require(n >= 1, "boosted_stumps were given no rows (there is nothing to learn from). Give at least one.");
  require(d >= 1, "boosted_stumps were given no columns (there is nothing to split). Give at least one.");
  require(std::holds_alternative<double>(rounds) || held_out_rows(*this, n) < n,
          "boosted_stumps hold out every one of " + std::to_string(n) + (n == 1 ? " row" : " rows") +
              " (none is left to train on). Give more rows, or a number of rounds.",
          {"rounds", "validation"});
}

Fit BoostedStumps::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  if (reads_classes()) detail::require_labels(data.y(), name());
  if (!is_finite(data)) return failed_fit();
  if (const double* number = std::get_if<double>(&rounds))
    return fit_rounds(*this, data, static_cast<Index>(*number));
  const Choice choice = choose_rounds(*this, data);
  Fit fit = fit_rounds(*this, data, choice.rounds);
  fit.report.cost.tuning_flops = choice.flops;
  if (choice.ran_out && fit.report.status == FitStatus::converged) {
    fit.report.status = FitStatus::iteration_limit;
    fit.report.message = "the best of " + std::to_string(most) + " rounds is among the last " +
                         std::to_string(patience) + ": more may do better";
  }
  return fit;
}

double BoostedStumps::working_bytes(Index n, Index d) const {
  return BinnedColumns::bytes(n, d, bins) +
         sizeof(double) *
             (4.0 * static_cast<double>(n) + static_cast<double>(std::min(bins, n)) * static_cast<double>(d));
}

}  // namespace quartic
