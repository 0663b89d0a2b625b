#pragma once
/// The least computing that reaches an error, over several arms and all their sizes.
#include <span>
#include <vector>

#include "laws/curves/exponent.hpp"

namespace quartic {

/// A point that no other undercuts in flops and error at once.
struct FrontierPoint {
  std::size_t curve = 0;  ///< of those given
  Index size = 0;         ///< position in its sizes
  double flops = 0, error = 0;
};

/// Averages over replicates (flops by the mean), ascending in flops, descending in error. Points without a
/// positive error or positive flops are left out. O(m log m) for m points. Precondition: errors and flops of
/// one shape.
std::vector<FrontierPoint> frontier(std::span<const MeasuredCurve> curves, Average average);

/// Computing along the frontier grows as k^q, k = 1/sqrt(error): q = 2/slope, slope that of -log error on log
/// flops over the points of the frontier, which is found anew in every resample of replicates: choosing the
/// best of many is part of what is estimated. Points weigh alike. The form and the floor of the options are
/// not used. Says so where arms differ in replicates, or fewer than three points are left.
LawEstimate frontier_exponent(std::span<const MeasuredCurve> curves, const LawOptions& options = {});

}  // namespace quartic
