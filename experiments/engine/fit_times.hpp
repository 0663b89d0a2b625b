#pragma once
/// How long fits took: what is said of those that still run.
#include <chrono>
#include <map>
#include <mutex>

#include "core/types.hpp"

namespace quartic::detail {

/// A fit, or fits of several sizes that are one computation, by its arm and its largest size.
struct FitPlace {
  Index arm = 0, n = 0;
  auto operator<=>(const FitPlace&) const = default;
};

/// The last times of fits that took a tenth of a second or more. From any thread.
class FitTimes {
 public:
  void note(const FitPlace& place, double seconds);
  /// About how many seconds a fit takes: as the last of its arm and size did, else as that of the next
  /// smaller size, in proportion to n. NaN where there was none.
  double about(const FitPlace& place) const;

 private:
  mutable std::mutex mutex_;
  std::map<FitPlace, double> seconds_;
};

}  // namespace quartic::detail
