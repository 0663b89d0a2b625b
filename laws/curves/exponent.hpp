#pragma once
/// What the curve of an arm says: exponents of k and plateaus, each with its interval and with what it hangs
/// on.
#include <string>
#include <vector>

#include "laws/curves/curve.hpp"
#include "laws/curves/selection.hpp"
#include "laws/statistics/verdict.hpp"
#include "laws/statistics/warning.hpp"

namespace quartic {

/// In one sentence what stands in the way (interval NaN) or must be known; the law behind an exponent, with
/// its residuals; what else the data allow; warnings.
struct LawEstimate {
  Interval value;
  std::string note = "";
  LawFit fit = {};
  std::vector<Alternative> alternatives = {};
  std::vector<LawWarning> warnings = {};
};

/// n grows as k^q with performance k = error^(-1/root), root 2: q = root/slope, slope the exponent of the law
/// of error against n, weights of laws/statistics/weights.hpp or the options. The interval is that of the
/// slope, over whole replicates, mapped: it ends at infinity where the slope may be 0, and is NaN where the
/// error surely does not fall. Alternatives: the other compatible forms (unless the form is given), and the
/// largest floor that is not excluded (unless the floor is given; told by the true variances, whatever weighs
/// the fit). At least two replicates and three sizes.
LawEstimate data_exponent(const MeasuredCurve& curve, const LawOptions& options = {});

/// Computing grows as k^q. Under the power law q = root/slope of error against the mean flops of a fit,
/// tuning included. Under any other form, which is one in n, q = root r/slope: flops grow as n^r (log-log),
/// error falls by that slope.
LawEstimate compute_exponent(const MeasuredCurve& curve, const LawOptions& options = {});

/// The error over all sizes given: their mean of means, or geometric mean of geometric means. At least one
/// size.
LawEstimate plateau(const MeasuredCurve& curve, const LawOptions& options = {});

}  // namespace quartic
