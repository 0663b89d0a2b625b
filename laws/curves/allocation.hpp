#pragma once
/// Where further replicates shrink the interval of a law most per flop.
#include <functional>
#include <vector>

#include "laws/curves/curve.hpp"
#include "laws/statistics/jackknife.hpp"

namespace quartic {

/// A number read off a curve's averages (one a size; NaN of one that is not there).
using AveragesStatistic = std::function<double(const Vector& averages)>;

struct AllocationQuestion {
  const MeasuredCurve& curve;  ///< the replicates so far; a column of NaN for a size that is empty
  /// Of the curve's errors; of an empty size the value it is taken to have, and a count of 1.
  Averages averages;
  AveragesStatistic statistic;
  std::vector<Index> counts;  ///< replicates so far, by size
  Index least = 0;            ///< with which an empty size, whose count is 0, is opened
  Index most = 0;             ///< of any size
  Vector cost;                ///< flops of one more replicate, by size; above 0
  double spend = 0;           ///< flops of all further replicates together; not below 0
};

/// New counts, at least the old ones. The replicates of a size are the first so many of all, so that two
/// sizes k, l have min(R_k, R_l) in common and the variance of the statistic is
///   V = sum_kl c_k c_l S_kl / max(R_k, R_l),
/// c its derivatives by the logarithms of the averages, S the covariance of the logarithms in one replicate.
/// Counts go up in steps of a seventh where V falls most per flop, of one size or of all of them, until no
/// replicate of the best step can be paid. For uncorrelated sizes this tends to the counts in proportion to
/// |c_k| s_k / sqrt(cost_k), Neyman's (1934) with costs. Where the statistic has no value at these averages
/// all counts grow alike.
///
/// An empty size is opened, with its least replicates, where what can be spent then narrows more than without
/// it: one after another, first the one that narrows most; c is then that of the statistic with this size. It
/// is taken to scatter as its nearest neighbour does, with which it correlates as measured neighbours do: the
/// logarithm of the correlation falls in proportion to the distance in log n.
std::vector<Index> allocate(const AllocationQuestion& question);

}  // namespace quartic
