#include "laws/theory/shared_subspace.hpp"

#include <cmath>
#include <string>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "laws/theory/design.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic {
namespace {

void require_numbers(const SubspaceDesign& design) {
  detail::require_at_least("columns", design.columns, 1);
  detail::require_at_least("rows", design.rows, 0);
  detail::require_at_least("the noise's variance", design.noise_variance, 0);
  detail::require_at_least("the sources' noise's variance", design.source_noise_variance, 0);
  for (const double strength : design.strengths)
    detail::require_at_least("a direction's strength", strength, 0);
  for (const double loading : design.loadings) detail::require_at_least("a direction's loading", loading, 0);
}

void require_directions(const SubspaceDesign& design) {
  const auto k = static_cast<double>(design.strengths.size());
  require(k >= 1 && k <= design.columns && k <= design.tasks,
          shortest(k) + " directions of " + shortest(design.columns) + " columns and " +
              shortest(design.tasks) +
              " tasks (from 1 to as many as there are of either can be told apart). Give other numbers.");
  require(design.loadings.size() == design.strengths.size(), std::to_string(design.loadings.size()) +
                                                                 " loadings of " + shortest(k) +
                                                                 " directions (each has one). Give as many.");
  require(std::isfinite(design.source_rows) && design.source_rows >= design.columns + 2,
          "source rows: " + shortest(design.source_rows) + " (least squares on " + shortest(design.columns) +
              " columns has errors of finite variance from " + shortest(design.columns + 2) +
              " rows on). Give more, or fewer columns.");
}

}  // namespace

Vector subspace_recall(const SubspaceDesign& design) {
  require_numbers(design);
  require_directions(design);
  const double c = design.columns / design.tasks;
  const double error = design.source_noise_variance / (design.source_rows - design.columns - 1);
  Vector recall(design.strengths.size());
  for (Index i = 0; i < recall.size(); ++i) {
    const double signal = design.strengths[i] * design.strengths[i];
    // theta^2 = signal/error, both sides times error^2
    const bool found = signal * signal > c * error * error;
    recall[i] = found ? 1 - c * error * (error + signal) / (signal * (signal + c * error)) : 0;
  }
  return recall;
}

double subspace_missing(const SubspaceDesign& design) {
  const Vector recall = subspace_recall(design);
  return ((1 - recall.array()) * design.loadings.array()).sum();
}

double subspace_risk(const SubspaceDesign& design) {
  const double missing = subspace_missing(design);
  return least_squares_risk(LeastSquaresDesign{.rows = design.rows,
                                               .columns = static_cast<double>(design.strengths.size()),
                                               .signal_in_columns = design.loadings.sum() - missing,
                                               .signal_left_out = missing,
                                               .noise_variance = design.noise_variance});
}

}  // namespace quartic
