#pragma once
/// What the logistic models ask of their labels.
#include <algorithm>
#include <string>

#include "core/fit.hpp"
#include "core/require.hpp"

namespace quartic::detail {

/// Throws InvalidInput for real-valued labels and for no rows.
inline void require_classes(Index rows, Task task, const std::string& model) {
  require(
      task == Task::classification,
      model + " was given real-valued labels (it fits classes). Use a world of classes or another model.");
  require(rows >= 1, model + " was given no rows (nothing can be learned from them). Give at least one row.");
}

/// Throws InvalidInput for labels other than 0 and 1.
inline void require_labels(VectorView y, const std::string& model) {
  require(
      ((y.array() == 0) || (y.array() == 1)).all(),
      model +
          " was given a label that is neither 0 nor 1 (these are the two classes). Code the classes as 0 and 1.");
}

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
