#pragma once
/// An estimate with its interval.
#include <limits>

namespace quartic {

/// NaN in every field: not identified. An end may be infinite.
struct Interval {
  double estimate = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace quartic
