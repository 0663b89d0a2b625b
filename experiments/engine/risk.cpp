#include "experiments/engine/risk.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/on_columns.hpp"

namespace quartic::detail {

namespace {

LinearRule over_candidates(const LinearRule& rule, View view, Index candidates) {
  if (view) return expand(rule, view->columns, candidates);
  require(rule.coefficients.size() == candidates,
          "the model returned " + std::to_string(rule.coefficients.size()) + " coefficients for " +
              std::to_string(candidates) + " columns (each column needs one). Correct the model.");
  return rule;
}

bool has_closed_form(View view, Task task) {
  if (!view || view->is_plain()) return true;
  return task == Task::regression && view->thresholded.empty() &&
         view->deviations.size() == std::ssize(view->columns);
}

using Columns = std::vector<Index>;

Columns nonzero_columns(const LinearRule& rule) {
  Columns columns;
  for (Index j = 0; j < rule.coefficients.size(); ++j)
    if (rule.coefficients[j] != 0) columns.push_back(j);
  return columns;
}

/// A rule as it is asked: on some of the candidates, or, where there is no list, on all; perhaps badly read.
struct Question {
  Predictor predict;
  std::optional<Columns> columns;
  View reading = nullptr;
};

// A linear rule that leaves out half of its columns is asked about the others alone. (Its risk in regression is
// seldom asked for here.)
Question make_question(const Rule& rule, Index candidates) {
  const LinearRule* linear = rule.predict.linear();
  if (rule.view && !rule.view->is_plain()) return {rule.predict, rule.view->columns, rule.view};
  if (!linear) return {rule.predict, rule.view ? std::optional(rule.view->columns) : std::nullopt};
  const LinearRule all = over_candidates(*linear, rule.view, candidates);
  Columns used = nonzero_columns(all);
  if (2 * std::ssize(used) > candidates) return {all, std::nullopt};
  LinearRule few{Vector(std::ssize(used)), all.intercept};
  for (Index k = 0; k < few.coefficients.size(); ++k)
    few.coefficients[k] = all.coefficients[used[static_cast<std::size_t>(k)]];
  return {std::move(few), std::move(used)};
}

/// Columns of fresh rows: all candidates, or those that somebody asks for.
struct FreshColumns {
  std::optional<Columns> some;

  Matrix draw(const Truth& truth, Range rows, Stream test) const {
    if (some) return truth.columns(rows, *some, std::move(test));
    return truth.x(rows, {0, truth.candidates()}, std::move(test));
  }
  Matrix pick(const Matrix& x, const Columns& wanted) const {
    Matrix seen(x.rows(), std::ssize(wanted));
    std::size_t place = 0;  // both lists ascend
    for (Index j = 0; j < seen.cols(); ++j) {
      const Index column = wanted[static_cast<std::size_t>(j)];
      if (some)
        while ((*some)[place] != column) ++place;
      seen.col(j) = x.col(some ? static_cast<Index>(place) : column);
    }
    return seen;
  }
  /// x: these rows of the columns that were drawn.
  Vector scores(const Question& question, const Matrix& x, Range rows, const Stream& readings) const {
    if (!question.columns) return question.predict.score(x);
    Matrix seen = pick(x, *question.columns);
    if (question.reading) seen = read_rows(*question.reading, std::move(seen), rows, readings);
    return question.predict.score(seen);
  }
};

FreshColumns union_of(std::span<const Question> questions, Index candidates) {
  Columns all;
  for (const Question& question : questions) {
    if (!question.columns) return {};
    Columns both;
    std::set_union(all.begin(), all.end(), question.columns->begin(), question.columns->end(),
                   std::back_inserter(both));
    all = std::move(both);
  }
  if (2 * std::ssize(all) > candidates) return {};
  return {std::move(all)};
}

Risk average_losses(const Vector& losses) {
  const double count = static_cast<double>(losses.size()), mean = losses.sum() / count;
  return {mean, std::sqrt((losses.array() - mean).square().sum() / (count - 1) / count)};
}

// Of classes: how much dearer the rule's answer is than Bayes' at each row, 0 where they agree. NaN, no answer.
double class_loss(double score, double chance) {
  if (std::isnan(score)) return nan;
  return (score > 0) == (chance > 0.5) ? 0 : std::abs(2 * chance - 1);
}

Sampled judge_scores(Task task, const ScoredRows& rows) {
  if (task == Task::regression)
    return {average_losses((rows.scores - rows.chances).array().square()), std::nullopt};
  Vector losses(rows.scores.size());
  for (Index i = 0; i < losses.size(); ++i) losses[i] = class_loss(rows.scores[i], rows.chances[i]);
  return {average_losses(losses), measure_classes(rows)};
}

// Of a rule that is not linear, of all candidates.
std::optional<Risk> risk_under_law(const Truth& truth, const Rule& rule, Task task) {
  if (rule.view || task != Task::regression) return std::nullopt;
  const std::optional<NormalLaw> law = truth.normal_law();
  const std::optional<double> error = law ? rule.predict.error_under(*law) : std::nullopt;
  return error ? std::optional(Risk{*error, 0}) : std::nullopt;
}

}  // namespace

std::optional<Risk> exact_risk(const Truth& truth, const Rule& rule, Task task) {
  const LinearRule* linear = rule.predict.linear();
  if (!linear) return risk_under_law(truth, rule, task);
  if (!has_closed_form(rule.view, task)) return std::nullopt;
  LinearRule whole = over_candidates(*linear, rule.view, truth.candidates());
  const bool is_plain = !rule.view || rule.view->is_plain();
  if (!is_plain) whole.coefficients *= 1 - rule.view->missing;
  const std::optional<double> excess = truth.excess_risk(whole);
  if (!excess) return std::nullopt;
  return Risk{is_plain ? *excess : *excess + variance_of_reading(*rule.view, linear->coefficients), 0};
}

std::vector<Sampled> on_fresh_rows(const Truth& truth, Task task, std::span<const Rule> rules,
                                   const Stream& replicate) {
  const Stream readings = replicate.child("expert").child("test");
  const Index candidates = truth.candidates();
  std::vector<Question> questions;
  for (const Rule& rule : rules) questions.push_back(make_question(rule, candidates));
  const FreshColumns fresh = union_of(questions, candidates);
  const Index count = std::min(test_rows, truth.rows().value_or(test_rows));
  std::vector<Vector> scores(rules.size(), Vector(count));
  Vector expected(count);
  for (Index first = 0; first < count;) {
    interruption_point();
    const Range rows{first, std::min(test_rows_at_once(candidates), count - first)};
    const Matrix x = fresh.draw(truth, rows, replicate.child("test"));
    expected.segment(first, rows.count) = truth.mean(rows, replicate.child("test"));
    for (std::size_t i = 0; i < rules.size(); ++i) {
      interruption_point();
      scores[i].segment(first, rows.count) = fresh.scores(questions[i], x, rows, readings);
    }
    first += rows.count;
  }
  std::vector<Sampled> sampled;
  for (std::size_t i = 0; i < rules.size(); ++i)
    sampled.push_back(judge_scores(task, {std::move(scores[i]), expected, rules[i].tells_log_odds}));
  return sampled;
}

}  // namespace quartic::detail
