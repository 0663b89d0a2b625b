#pragma once
/// What remedies do to the exponent of computing and to its constant, held against an arm that has none.
///
/// A study may have a [remedies] table (docs/study-files.md). Each of its arms is held against `against`, replicate by
/// replicate (laws/curves/ratio.hpp):
///   exponent  q of fitting and tuning (compute_exponent), over that of the other arm
///   training  what it costs to reach the normalised error `at_error`: fitting, tuning and the share of pre-training that
///             total_flops.hpp has, over the same of the other arm: the constant
///   running   operations of one prediction of the rule that has this error, likewise
///   total     training and so many predictions, likewise, for each number of uses
/// and two verdicts are given. It leaves the exponent where that ratio is 1 +- margin. Its effect on training is muted
/// where training costs at least 1/saving of what it does for the other arm.
#include <string>
#include <vector>

#include "experiments/results/cube.hpp"
#include "experiments/study/study.hpp"
#include "laws/curves/exponent.hpp"
#include "laws/statistics/verdict.hpp"

namespace quartic {

/// One arm at the price of reaching the error; `totals` in the order of Remedies::uses.
struct RemedyCosts {
  LawEstimate training, running;
  std::vector<LawEstimate> totals;
};

struct Remedy {
  std::string arm;
  LawEstimate exponent, exponent_ratio;
  RemedyCosts multiples;  ///< of those of the other arm
  Judgement leaves_exponent, muted;
};

struct RemediesFinding {
  LawEstimate exponent;  ///< of the arm without any remedy
  RemedyCosts costs;     ///< its own, in operations
  std::vector<Remedy> remedies;
  /// "The effects on training are muted": rejected where that of one remedy is, supported where those of all are.
  Judgement muted;
};

/// Precondition: study.remedies. Numbers that data do not tell are NaN, and their note says why.
RemediesFinding evaluate_remedies(const Study& study, const Cube& cube);

}  // namespace quartic
