#include "experiments/engine/risk.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/on_columns.hpp"

namespace quartic::detail {

namespace {

constexpr Index block_rows = 256;

LinearRule over_candidates(const LinearRule& rule, ColumnList columns, Index candidates) {
  if (columns) return expand(rule, *columns, candidates);
  require(rule.coefficients.size() == candidates,
          "the model returned " + std::to_string(rule.coefficients.size()) + " coefficients for " +
              std::to_string(candidates) + " columns (each column needs one). Correct the model.");
  return rule;
}

Vector scores(const Rule& rule, const Matrix& x) {
  if (!rule.columns) return rule.predict.score(x);
  Matrix seen(x.rows(), static_cast<Index>(rule.columns->size()));
  for (Index j = 0; j < seen.cols(); ++j) seen.col(j) = x.col((*rule.columns)[static_cast<std::size_t>(j)]);
  return rule.predict.score(seen);
}

Risk average_losses(const Vector& losses) {
  const double count = static_cast<double>(losses.size()), mean = losses.sum() / count;
  return {mean, std::sqrt((losses.array() - mean).square().sum() / (count - 1) / count)};
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

std::vector<Risk> sampled_risks(const Truth& truth, std::span<const Rule> rules, const Stream& replicate) {
  std::vector<Vector> losses(rules.size(), Vector(test_rows));
  for (Index first = 0; first < test_rows; first += block_rows) {
    interruption_point();
    const Range rows{first, std::min(block_rows, test_rows - first)};
    const Matrix x = truth.x(rows, {0, truth.candidates()}, replicate.child("test"));
    const Vector expected = truth.mean(rows, replicate.child("test"));
    for (std::size_t i = 0; i < rules.size(); ++i) {
      interruption_point();
      losses[i].segment(first, rows.count) = (scores(rules[i], x) - expected).array().square();
    }
  }
  std::vector<Risk> risks;
  for (const Vector& loss : losses) risks.push_back(average_losses(loss));
  return risks;
}

}  // namespace quartic::detail
