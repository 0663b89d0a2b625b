#pragma once
/// What the logistic models do with labels that tell nothing.
#include <algorithm>
#include <string>

#include "core/fit.hpp"
#include "models/linear/classes/labels.hpp"

namespace quartic::detail {

/// The size of the largest score of a rule that separates the classes, whose coefficients have no finite best size.
inline constexpr double separated_score = 10;
inline double separating_score(double label) {
  return label > 0 ? separated_score : -separated_score;
}

inline bool one_class(VectorView y) {
  return (y.array() == y[0]).all();
}

/// Labels that are all equal, and an intercept. No flops.
inline Fit separated_by_intercept(Index columns, VectorView y) {
  FitReport report;
  report.status = FitStatus::separated;
  report.certificate = 0;
  report.parameters = columns + 1;
  report.message =
      "all labels are equal (no finite intercept maximises the likelihood): every score is 10 on their side. Give rows "
      "of both classes.";
  return {LinearRule{Vector::Zero(columns), separating_score(y[0])}, std::move(report)};
}

}  // namespace quartic::detail
