#pragma once
/// What is told of a rule for classes beside its error.
#include "core/types.hpp"

namespace quartic::detail {

/// Scores of a rule on fresh rows, and the chance of class 1 there, P(y = 1 | x).
struct ScoredRows {
  Vector scores;
  Vector chances;
  bool tells_log_odds = true;  ///< what a score is; else a label's expectation less 1/2
};

/// Each is an average over labels that are never drawn: row i counts chances_i times as one of class 1, and
/// 1 - chances_i times as one of class 0.
struct ClassMeasures {
  double auc = nan;  ///< P(score of a 1 > score of a 0) + half of P(they are equal), of two different rows
  double log_loss = nan;  ///< E -log(chance given to the class), in nats
  double brier = nan;     ///< E (chance given to class 1 - y)^2, the label's own variance included
};

/// By sorting, in O(n log n). Expectations of labels are cut off at 0 and 1: then the log loss is infinite where such a
/// rule is sure and may be wrong. All NaN where a score is.
ClassMeasures measure_classes(const ScoredRows& rows);

}  // namespace quartic::detail
