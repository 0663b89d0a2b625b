#pragma once
/// The search for a crossing in one cell: sizes about it, then replicates at these.
#include <optional>
#include <vector>

#include "experiments/adaptive/batch.hpp"
#include "laws/curves/crossing.hpp"

namespace quartic::detail {

/// A crossing of two arms, or the multiple of computing there, and what the search would do next. The steps:
///   - the sizes of the study say between which two of them the arm gets ahead, or that it never does
///   - sizes of the target are opened for both arms, those next to crossing * near^(-3/4, -1/4, 1/4, 3/4) where
///     nothing within a fifth of near (in logarithms) has been measured; the crossing is then read off what lies
///     within near of it (laws/curves/crossing.hpp), and may call for others
///   - then both arms get more replicates at the sizes it is read off, until the interval is as narrow as it should
///     be. Both have the same rows in a replicate, and so the same number of replicates at such a size.
struct CrossingTarget {
  const AdaptiveTarget& wanted;
  Index cell = 0, arm = 0, against = 0;
  TargetLook look;
  CrossingQuestion question;     ///< the sizes that both arms have
  std::vector<Index> positions;  ///< of these on the axis of the study
  CrossingSizes sizes;           ///< that it is read off
  std::vector<Index> openings;   ///< positions of sizes to be opened now
};

CrossingTarget crossing_target_in(const StudySoFar& seen, const AdaptiveTarget& wanted, Index cell);

/// The sizes that it opens, or replicates for so many flops, else for as many as the sizes that it is read off have
/// had. Nothing where what it opens costs more than that.
std::vector<Raise> find_raises(const StudySoFar& seen, const CrossingTarget& target,
                               std::optional<double> spend = std::nullopt);

}  // namespace quartic::detail
