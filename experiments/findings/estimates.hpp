#pragma once
/// Where a claim is estimated: the curves that it is about, and the law that it names.
#include "experiments/results/cube.hpp"
#include "experiments/study/study.hpp"
#include "laws/curves/crossing.hpp"

namespace quartic::detail {

/// The cell that a claim is held against, and which of its errors: as measured, or as theory expects them.
struct ClaimSource {
  const Cube& cube;
  Index cell;
  Measure error = Measure::normalised_error;
};

/// The curve of the claim's arm over the sizes from <= n <= to; flops are those that the claim
/// is over. Rows beyond the arm's own
/// replicates are NaN and drop out.
MeasuredCurve claim_curve(const Claim& claim, const ClaimSource& source);

/// Its curve and that of the arm it is compared with: over the same sizes, or at the one that the claim names,
/// which the study has.
CrossingQuestion claim_crossing(const Claim& claim, const ClaimSource& source);

/// The number of the claim's law in this cell, whatever the claim says of it.
LawEstimate estimate_claim(const Claim& claim, const ClaimSource& source, const LawOptions& options);

}  // namespace quartic::detail
