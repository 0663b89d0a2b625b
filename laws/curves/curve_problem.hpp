#pragma once
/// What must hold of a curve before a law is fitted.
#include <string>

#include "laws/curves/curve.hpp"

namespace quartic::detail {

/// The first thing that is missing, as advice; "" where nothing is. At least three sizes, two replicates,
/// positive averages.
std::string curve_problem(const MeasuredCurve& curve, const Resampled& errors);

/// Of sizes at which fits ran and none is left, in the same words; "" where there are none.
std::string lost_sizes(const MeasuredCurve& curve);

/// The first size whose average error is not above a floor that is held; "" where there is none.
std::string floor_problem(const MeasuredCurve& curve, const Resampled& errors, double floor);

/// The first size without positive mean flops, as advice; "" where there is none.
std::string flops_problem(const MeasuredCurve& curve);

/// Flops that are the same at all sizes but for less than a thousandth, as advice: error is no power of them. "" where
/// they grow.
std::string growth_problem(const MeasuredCurve& curve);

}  // namespace quartic::detail
