#pragma once
/// A measured curve as points of a law.
#include "laws/curves/curve.hpp"

namespace quartic {

/// Sizes, averages over some replicates without the bias of their logarithms, and the weights that the options
/// ask for (laws/statistics/weights.hpp). Where the options hold weights the averages are as they are.
LawPoints curve_points(const Vector& sizes, const Averages& errors, const LawOptions& options);
/// Of all replicates.
LawPoints curve_points(const MeasuredCurve& curve, const LawOptions& options);

}  // namespace quartic
