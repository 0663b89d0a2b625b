#pragma once
/// Are the intervals right? Studies with planted laws, read as any study is, and how often that goes well.
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "experiments/calibration/plan.hpp"

namespace quartic {

/// Shares of the studies of one design; NaN where the design does not ask.
struct CalibrationRow {
  CalibrationDesign design;
  Index studies = 0;
  double covered = 0;  ///< of the studies with an interval
  double without = 0;  ///< no interval
  double bias = 0;     ///< median estimate over the truth, less 1
  double width = 0;    ///< median
  double width_of_known = std::numeric_limits<double>::quiet_NaN();  ///< where the form is known
  double supported = std::numeric_limits<double>::quiet_NaN(), rejected = supported,
         not_identified = supported;

  double covered_error() const;  ///< binomial standard error
};

struct CalibrationProgress {
  Index done = 0, total = 0;  ///< rows
  double share = 0;           ///< of the work, by what a study of each design takes, about
};

struct CalibrationOptions {
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: all cores
  /// After every study, from one thread at a time.
  std::function<void(const CalibrationProgress&)> progress = {};
  const std::atomic<bool>* stop = nullptr;  ///< once true, no further study is begun
};

/// Study k of design d draws from Stream(seed).child("calibration").child(name).child(k), name that of the
/// design: the same numbers on any number of threads and in any plan. One row a design, in their order; where
/// the calibration was stopped, those that were whole by then.
std::vector<CalibrationRow> calibrate(const CalibrationPlan& plan, const CalibrationOptions& options);
/// Of one design. Precondition: nothing stops it.
CalibrationRow calibrate(const CalibrationDesign& design, Index studies, const CalibrationOptions& options);

/// {"schema_version":1,"seed","rows_missing","rows":[{kind, name, form, noise, spread, last_spread, replicates, sizes, method, studies, covered,
/// covered_se, without, bias, width, width_of_known, supported, rejected, not_identified}]}.
std::string calibration_json(const std::vector<CalibrationRow>& rows, const CalibrationPlan& plan,
                             std::uint64_t seed);

}  // namespace quartic
