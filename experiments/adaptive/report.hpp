#pragma once
/// What an adaptive study has seen and decided.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/results/archive.hpp"
#include "experiments/study/study.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// A target in one cell, at one look.
struct TargetLook {
  Index target = 0;  ///< position among the study's
  Index cell = 0;
  Interval value;        ///< of the target's law; a crossing that never comes is infinite
  bool reached = false;  ///< it is as narrow as it should be, or "never"
  bool outside = false;  ///< no crossing lies between the sizes that it may open: the search is over
};

/// What was seen after a batch.
struct Look {
  double flops = 0;  ///< of all fits so far, tuning included
  Index fits = 0;    ///< so far
  Index open = 0;    ///< curves' points (cell, arm, size) whose rule on the log error does not hold yet
  std::vector<TargetLook> targets;
};

/// Why no further batch was run: the rules hold; every point that a rule still asks for has `most`
/// replicates; the budget pays for no further replicate; the run was interrupted.
enum class Stop { rules_hold, most_replicates, budget, interrupted };
/// As in findings.json: "rules hold", ...
std::string_view to_string(Stop stop);

/// What was decided, and why.
struct AdaptiveReport {
  std::vector<Look> looks;
  Stop stop = Stop::rules_hold;
  Allotment allotment{0, 0, 0};  ///< replicates that were run
};

/// The further sizes that an arm was given in a cell.
std::vector<Index> opened_sizes(const Study& study, const Allotment& allotment, Index cell);

/// What findings.json has under "adaptive".
std::string adaptive_json(const Study& study, const AdaptiveReport& report);

}  // namespace quartic
