#pragma once
/// How many replicates a claim about an exponent takes.
#include "core/types.hpp"
#include "laws/statistics/verdict.hpp"

namespace quartic {

/// Errors at these sizes fall as a power law and scatter log-normally, independently between sizes.
struct PowerDesign {
  Vector sizes;
  double spread = 0.5;  ///< standard deviation of log errors over replicates
  double expect = 4;    ///< claimed exponent q of k; supported within +- margin
  double margin = 0.3;
  double against = 9;  ///< what else it may be: outside the margin
  /// Slope of log error on log size under an exponent q: 2/q where q is of data; where it is of computing,
  /// 1 (errors that fall as 1/n), whatever n costs.
  bool of_computing = true;
  double confidence = 0.95;
  double power = 0.9;
};

/// The least number of replicates R with which a claim that names the power law is supported with probability
/// `power` if it is true, and rejected with probability `power` if q = against. With
///   s = sqrt((e^(spread^2) - 1)/(R Sxx)),   Sxx = sum (log n - mean log n)^2
/// the standard error of the slope, and t the Student quantile of R - 1 degrees, the interval is t s to
/// either side. A true claim then needs d >= (t + z_{(1+power)/2}) s from the expected slope to the nearer
/// border of the claim, a false one d >= (t + z_power) s from its slope to the nearest border. At least 2; -1
/// if a million are not enough, or if `against` lies within the margin.
Index replicates_needed(const PowerDesign& design);

}  // namespace quartic
