#pragma once
/// What the curves of a study say: exponents, plateaus, crossings, each with its interval.
#include <string>

#include "core/types.hpp"
#include "laws/average.hpp"
#include "laws/interval.hpp"

namespace quartic {

/// An arm over some sizes, ascending. Replicate r is row r in every arm compared; NaN = missing.
struct MeasuredCurve {
  Vector sizes;
  Matrix errors;      ///< replicates x sizes: normalised errors
  Matrix flops = {};  ///< same shape, for laws of computing
};

struct LawOptions {
  Average average = Average::mean;  ///< of errors over replicates; flops are always averaged by the mean
  double confidence = 0.95;
};

/// A jackknife interval (laws/jackknife.hpp), and in one sentence what stands in the way (interval NaN) or
/// must be known.
struct LawEstimate {
  Interval value;
  std::string note;
};

/// n grows as k^q with performance k = 1/sqrt(error): q = 2/slope, slope that of -log error on log n; sizes
/// weigh as many replicates as they have. The interval is that of the slope, mapped: it ends at infinity
/// where the slope may be 0, and is NaN where the error surely does not fall. At least two replicates and
/// three sizes.
LawEstimate data_exponent(const MeasuredCurve& curve, const LawOptions& options = {});
/// The same with the mean flops of a fit, tuning included, in the place of n: computing grows as k^q.
LawEstimate compute_exponent(const MeasuredCurve& curve, const LawOptions& options = {});

/// The error over all sizes given: their mean of means, or geometric mean of geometric means. At least one
/// size.
LawEstimate plateau(const MeasuredCurve& curve, const LawOptions& options = {});

/// Where an arm meets another: the other's error at one of its sizes, or its whole curve.
struct CrossingQuestion {
  MeasuredCurve arm;
  MeasuredCurve against;
  Index against_position = -1;  ///< of the size in `against`; -1: the whole curve
};

/// The n at which the offset law of the arm takes the target error, or meets the offset law of the other
/// curve (the first meeting within both ranges of sizes, else beyond them up to 1000 times the largest size).
/// Interval on log n. The note says so when n lies outside the sizes of the arm (an extrapolation). At least
/// three sizes a curve.
LawEstimate crossing(const CrossingQuestion& question, const LawOptions& options = {});

/// Flops of the arm at that crossing over those of the other: at its size, or, curve against curve, at the
/// crossing. Mean flops between sizes by log-log interpolation, beyond them by the end's slope. Interval on
/// its logarithm.
LawEstimate compute_multiple(const CrossingQuestion& question, const LawOptions& options = {});

}  // namespace quartic
