#include "experiments/engine/risk.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/on_columns.hpp"

namespace quartic::detail {

namespace {

constexpr Index block_rows = 256;

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

// x: these rows of all candidates.
Vector scores(const Rule& rule, const Matrix& x, Range rows, const Stream& readings) {
  if (!rule.view) return rule.predict.score(x);
  const std::vector<Index>& columns = rule.view->columns;
  Matrix seen(x.rows(), std::ssize(columns));
  for (Index j = 0; j < seen.cols(); ++j) seen.col(j) = x.col(columns[static_cast<std::size_t>(j)]);
  return rule.predict.score(read_rows(*rule.view, std::move(seen), rows, readings));
}

Risk average_losses(const Vector& losses) {
  const double count = static_cast<double>(losses.size()), mean = losses.sum() / count;
  return {mean, std::sqrt((losses.array() - mean).square().sum() / (count - 1) / count)};
}

}  // namespace

std::optional<Risk> exact_risk(const Truth& truth, const Rule& rule, Task task) {
  const LinearRule* linear = rule.predict.linear();
  if (!linear || !has_closed_form(rule.view, task)) return std::nullopt;
  LinearRule whole = over_candidates(*linear, rule.view, truth.candidates());
  const bool is_plain = !rule.view || rule.view->is_plain();
  if (!is_plain) whole.coefficients *= 1 - rule.view->missing;
  const std::optional<double> excess = truth.excess_risk(whole);
  if (!excess) return std::nullopt;
  return Risk{is_plain ? *excess : *excess + variance_of_reading(*rule.view, linear->coefficients), 0};
}

std::vector<Risk> sampled_risks(const Truth& truth, std::span<const Rule> rules, const Stream& replicate) {
  const Stream readings = replicate.child("expert").child("test");
  std::vector<Vector> losses(rules.size(), Vector(test_rows));
  for (Index first = 0; first < test_rows; first += block_rows) {
    interruption_point();
    const Range rows{first, std::min(block_rows, test_rows - first)};
    const Matrix x = truth.x(rows, {0, truth.candidates()}, replicate.child("test"));
    const Vector expected = truth.mean(rows, replicate.child("test"));
    for (std::size_t i = 0; i < rules.size(); ++i) {
      interruption_point();
      losses[i].segment(first, rows.count) =
          (scores(rules[i], x, rows, readings) - expected).array().square();
    }
  }
  std::vector<Risk> risks;
  for (const Vector& loss : losses) risks.push_back(average_losses(loss));
  return risks;
}

}  // namespace quartic::detail
