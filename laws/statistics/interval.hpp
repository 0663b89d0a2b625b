#pragma once
/// An estimate with its interval.
#include <algorithm>
#include <limits>

namespace quartic {

/// NaN in every field: not identified. An end may be infinite.
struct Interval {
  double estimate = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();

  bool operator==(const Interval&) const = default;
};

/// The interval about this estimate: as it is, and widened where it does not hold it.
inline Interval about(double estimate, const Interval& interval) {
  return {estimate, std::min(interval.low, estimate), std::max(interval.high, estimate)};
}

}  // namespace quartic
