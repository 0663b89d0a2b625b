#include "laws/theory/fine_tuning.hpp"

#include <algorithm>

#include "laws/theory/design.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/ridge.hpp"

namespace quartic {
namespace {

RidgeLimit limit_of(const FineTuningDesign& design) {
  return {design.columns / design.rows, fine_tuning_distance2(design), design.noise_variance};
}

}  // namespace

double fine_tuning_distance2(const FineTuningDesign& design) {
  const double d = design.columns, n = design.source_rows;
  detail::require_at_least("columns", d, 1);
  detail::require_at_least("rows", design.rows, 0);
  detail::require_at_least("source rows", n, 0);
  detail::require_at_least("the signal", design.signal, 0);
  detail::require_at_least("the squared distance", design.distance2, 0);
  detail::require_at_least("the noise's variance", design.noise_variance, 0);
  detail::require_at_least("the sources' noise's variance", design.source_noise_variance, 0);
  const double estimated = least_squares_risk(LeastSquaresDesign{
      .rows = n, .columns = d, .signal_in_columns = 0, .noise_variance = design.source_noise_variance});
  const double seen = std::min(1., n / d);
  return seen * design.distance2 + (1 - seen) * design.signal + estimated;
}

double fine_tuning_risk(const FineTuningDesign& design) {
  return least_squares_risk(LeastSquaresDesign{.rows = design.rows,
                                               .columns = design.columns,
                                               .signal_in_columns = fine_tuning_distance2(design),
                                               .noise_variance = design.noise_variance});
}

double fine_tuning_ridge_risk(const FineTuningDesign& design, double penalty) {
  return ridge_risk(limit_of(design), penalty);
}

double fine_tuning_optimal_risk(const FineTuningDesign& design) {
  return ridge_optimal_risk(limit_of(design));
}

}  // namespace quartic
