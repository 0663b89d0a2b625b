#include "experiments/engine/risk.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/on_columns.hpp"

namespace quartic::detail {

namespace {

LinearRule over_candidates(const LinearRule& rule, ColumnList columns, Index candidates) {
  if (columns) return expand(rule, *columns, candidates);
  require(rule.coefficients.size() == candidates,
          "the model returned " + std::to_string(rule.coefficients.size()) + " coefficients for " +
              std::to_string(candidates) + " columns (each column needs one). Correct the model.");
  return rule;
}

using Columns = std::vector<Index>;

Columns nonzero_columns(const LinearRule& rule) {
  Columns columns;
  for (Index j = 0; j < rule.coefficients.size(); ++j)
    if (rule.coefficients[j] != 0) columns.push_back(j);
  return columns;
}

/// A rule as it is asked: on some of the candidates, or, where the list is empty, on all.
struct Question {
  Predictor predict;
  std::optional<Columns> columns;
};

// A linear rule that leaves out half of its columns is asked about the others alone. (Its risk in regression is
// seldom asked for here.)
Question make_question(const Rule& rule, Index candidates) {
  const LinearRule* linear = rule.predict.linear();
  if (!linear) return {rule.predict, rule.columns ? std::optional(*rule.columns) : std::nullopt};
  const LinearRule all = over_candidates(*linear, rule.columns, candidates);
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
  Vector scores(const Question& question, const Matrix& x) const {
    return question.predict.score(question.columns ? pick(x, *question.columns) : x);
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

Sampled judge_scores(Task task, const ScoredRows& rows, bool scores_are_log_odds) {
  if (task == Task::regression)
    return {average_losses((rows.scores - rows.chances).array().square()), std::nullopt};
  Vector losses(rows.scores.size());
  for (Index i = 0; i < losses.size(); ++i) losses[i] = class_loss(rows.scores[i], rows.chances[i]);
  return {average_losses(losses), measure_classes(rows, scores_are_log_odds)};
}

}  // namespace

std::optional<Risk> exact_risk(const Truth& truth, const Rule& rule) {
  const LinearRule* linear = rule.predict.linear();
  if (!linear) return std::nullopt;
  const std::optional<double> excess =
      truth.excess_risk(over_candidates(*linear, rule.columns, truth.candidates()));
  if (!excess) return std::nullopt;
  return Risk{*excess, 0};
}

std::vector<Sampled> on_fresh_rows(const Truth& truth, Task task, std::span<const Rule> rules,
                                   const Stream& replicate) {
  const Index candidates = truth.candidates();
  std::vector<Question> questions;
  for (const Rule& rule : rules) questions.push_back(make_question(rule, candidates));
  const FreshColumns fresh = union_of(questions, candidates);
  std::vector<Vector> scores(rules.size(), Vector(test_rows));
  Vector expected(test_rows);
  for (Index first = 0; first < test_rows;) {
    interruption_point();
    const Range rows{first, std::min(test_rows_at_once(candidates), test_rows - first)};
    const Matrix x = fresh.draw(truth, rows, replicate.child("test"));
    expected.segment(first, rows.count) = truth.mean(rows, replicate.child("test"));
    for (std::size_t i = 0; i < rules.size(); ++i) {
      interruption_point();
      scores[i].segment(first, rows.count) = fresh.scores(questions[i], x);
    }
    first += rows.count;
  }
  std::vector<Sampled> sampled;
  for (std::size_t i = 0; i < rules.size(); ++i)
    sampled.push_back(judge_scores(task, {std::move(scores[i]), expected}, rules[i].tells_log_odds));
  return sampled;
}

}  // namespace quartic::detail
