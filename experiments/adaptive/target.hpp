#pragma once
/// A target of an adaptive study in one cell, and what would narrow it. Of crossings: crossing_target.hpp.
#include <optional>
#include <vector>

#include "experiments/adaptive/batch.hpp"
#include "laws/curves/curve.hpp"
#include "laws/curves/exponent.hpp"

namespace quartic::detail {

/// The target of a law of one arm: the sizes that it is read off and, empty, those that its arm may still be given.
struct Target {
  const AdaptiveTarget& wanted;
  Index cell = 0, arm = 0;
  LawEstimate law;
  MeasuredCurve curve;           ///< NaN at empty sizes
  std::vector<Index> positions;  ///< of the sizes on the axis of the study
  std::vector<Index> counts;     ///< replicates; 0: empty
  std::vector<Index> measured;   ///< places on the curve that are not empty
  Vector flops;                  ///< of one replicate; of empty sizes on a line through logarithms
};

Target target_in(const StudySoFar& seen, const AdaptiveTarget& wanted, Index cell);

/// Flops of one replicate of an arm at these sizes (ascending positions). Those at `measured` places are known, two
/// or all of them; the others lie on a line through logarithms.
Vector flops_at_sizes(const StudySoFar& seen, const Raise& arm, const std::vector<Index>& positions,
                      const std::vector<Index>& measured);

/// What the target's points get for so many flops; for as many as they have had where nothing is said.
std::vector<Raise> find_raises(const StudySoFar& seen, const Target& target,
                               std::optional<double> spend = std::nullopt);

}  // namespace quartic::detail
