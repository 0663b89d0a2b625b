#pragma once
/// How far a run is by what it costs: fits of one arm, or at the smallest sizes, may be hundreds of times
/// cheaper than others.
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

/// Whole replicates are counted when they end, so that every size has its part. A fit that is still to come
/// takes what those of its arm took on average; of an arm of which none has ended, what fits of all arms
/// took.
class WorkLeft {
 public:
  explicit WorkLeft(std::size_t arms) : arms_(arms) {}

  /// So many fits of this arm are asked for.
  void expect(Index arm, Index fits) {
    arms_[static_cast<std::size_t>(arm)].expected += static_cast<double>(fits);
  }
  /// One of them has ended, and took so many operations (NaN: nobody knows).
  void count(Index arm, double flops);
  /// The operations of fits that have ended over those of all, where so many are still to come; NaN where
  /// none has ended, or nobody knows what they take.
  double share_done(double fits_left) const;

 private:
  struct Arm {
    double expected = 0, ended = 0, flops = 0;
  };
  std::vector<Arm> arms_;
};

}  // namespace quartic::detail
