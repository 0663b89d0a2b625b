#pragma once
/// Warnings of an exponent.
#include <functional>
#include <vector>

#include "laws/curves/curve.hpp"
#include "laws/statistics/warning.hpp"

namespace quartic::detail {

struct ExponentCase {
  const MeasuredCurve& curve;
  const Vector& span_of;  ///< sizes, or mean flops
  const Vector& weights;  ///< of the sizes
  Interval slope;         ///< the law's exponent, and how far its interval reaches below and above it
  const LawFit& fit;
  double root;  ///< LawOptions::root: exponents are root/slope
};

/// In the order of WarningKind. `slope_with` gives the law's exponent with other weights (0 leaves a size
/// out).
std::vector<LawWarning> exponent_warnings(const ExponentCase& one,
                                          const std::function<double(const Vector& weights)>& slope_with);

}  // namespace quartic::detail
