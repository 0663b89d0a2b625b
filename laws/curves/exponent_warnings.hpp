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
  Interval exponent;      ///< by the law
  const LawFit& fit;
};

/// In the order of WarningKind. `exponent_with` gives the exponent with other weights (0 leaves a size out).
std::vector<LawWarning> exponent_warnings(const ExponentCase& one,
                                          const std::function<double(const Vector& weights)>& exponent_with);

}  // namespace quartic::detail
