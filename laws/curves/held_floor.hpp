#pragma once
/// Intervals of exponents whose floor may be held at 0.
#include <algorithm>
#include <cmath>

#include "laws/statistics/interval.hpp"

namespace quartic::detail {

/// `of(signed_floor)` is the interval of fits whose floor may lie below 0, or may not. The former, because
/// the exponent of a fit that is held at a floor of 0 moves too little from resample to resample (95 %
/// intervals would cover 90 %); where the estimate itself is held there, the hull of both.
template <class IntervalOf>
Interval cover_both_floors(double estimate, const IntervalOf& of) {
  const Interval free = of(true);
  if (!(std::abs(free.estimate - estimate) > 1e-6 * std::abs(estimate))) return about(estimate, free);
  const Interval held = of(false);
  return {estimate, std::min(free.low, held.low), std::max(free.high, held.high)};
}

}  // namespace quartic::detail
