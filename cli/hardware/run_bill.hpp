#pragma once
/// What a run costs in floating-point operations, and how that grows with performance.
#include <optional>
#include <string>

#include "experiments/store/export.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

struct RunBill {
  double flops = 0;
  std::optional<Interval> exponent;  ///< of computing, of one arm: k^q
};

/// Where `arm` is "": of all fits, what the run spent: fits, tuning and pre-training. Else the mean of one fit of that arm
/// at its largest size, in the first cell; where the study says how often a rule is used, for its whole life
/// (total_flops.hpp). Its exponent, where it has one, is that of fitting and tuning: a total with a constant in it is no
/// power of performance. Throws InvalidInput for an arm that the study has not, and where predictions that are asked for
/// are not known.
RunBill bill_of_run(const StudyRun& run, const std::string& arm);

}  // namespace quartic
