#pragma once
/// A study held against what a run may take.
#include <string>

#include "cli/help/common_options.hpp"
#include "cli/studies/study_source.hpp"
#include "experiments/engine/limits.hpp"

namespace quartic {

struct LimitOptions {
  Limits limits = {};
  bool trim = false;  ///< lower replicates rather than refuse
  bool any() const { return limits.flops < 1e300 || limits.seconds < 1e300; }
};

/// --budget, --hours and --trim; and as they were given.
OptionGroup limit_options();
LimitOptions read_limits(const Request& request);

/// A study within its limits, and what was lowered for that: a sentence, or "".
struct LimitedStudy {
  Study study;
  std::string trimmed;
};

/// Plans the study where there are limits. Throws InvalidInput with the figures where it is beyond them,
/// unless it may be trimmed.
LimitedStudy within_limits(const StudySource& source, const LimitOptions& options,
                           const EngineOptions& engine);

}  // namespace quartic
