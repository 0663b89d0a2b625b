#pragma once
/// What the curve of an arm says: exponents of k and plateaus, each with its interval and with what it hangs
/// on.
#include <string>
#include <vector>

#include "laws/curves/curve.hpp"
#include "laws/curves/readings.hpp"
#include "laws/statistics/verdict.hpp"
#include "laws/statistics/warning.hpp"

namespace quartic {

/// What is quoted; in one sentence what stands in the way (interval NaN) or must be known; of exponents the law
/// taken, with its residuals, and the readings by this and other forms; warnings.
struct LawEstimate {
  Interval value = {};  ///< of an exponent whose form is not given: headline() of the readings
  std::string note = "";
  LawFit fit = {};
  std::vector<Reading> readings = {};  ///< the law taken first
  std::vector<LawWarning> warnings = {};

  /// By the law taken.
  Interval by_law() const { return readings.empty() ? value : readings.front().value; }
};

/// The verdict on a claim: that of all readings that are not excluded, where there are readings.
Judgement judge_law(const Expectation& expectation, const LawEstimate& estimate);

/// n grows as k^q with performance k = error^(-1/root), root 2: q = root/slope, slope the exponent of the law
/// of error against n. The points are those of laws/curves/curve_points.hpp, made anew in every resample. The
/// interval is that of the slope, over whole replicates, mapped: it ends at infinity where the slope may be 0,
/// and lies there where the error surely does not fall. Where no form is given, by every form that the data do
/// not exclude (laws/curves/readings.hpp). At least two replicates and three sizes.
LawEstimate data_exponent(const MeasuredCurve& curve, const LawOptions& options = {});

/// Computing grows as k^q. Under the power law q = root/slope of error against the mean flops of a fit, tuning
/// included. Under any other form, which is one in n, q = root r/slope: flops grow as n^r (log-log), error falls
/// by that slope.
LawEstimate compute_exponent(const MeasuredCurve& curve, const LawOptions& options = {});

/// The error over all sizes given: their mean of means, or geometric mean of geometric means. At least one
/// size.
LawEstimate plateau(const MeasuredCurve& curve, const LawOptions& options = {});

}  // namespace quartic
