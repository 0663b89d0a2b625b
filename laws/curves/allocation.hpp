#pragma once
/// Where further replicates shrink the interval of a law most per flop.
#include <functional>
#include <vector>

#include "laws/curves/curve.hpp"

namespace quartic {

/// A number read off a curve's averages (one a size).
using AveragesStatistic = std::function<double(const Vector& averages)>;

struct AllocationQuestion {
  const MeasuredCurve& curve;  ///< the replicates so far
  Average average = Average::mean;
  AveragesStatistic statistic;
  std::vector<Index> counts;  ///< replicates so far, by size
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
std::vector<Index> allocate(const AllocationQuestion& question);

}  // namespace quartic
