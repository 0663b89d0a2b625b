#include "experiments/engine/work_left.hpp"

#include <algorithm>
#include <cmath>

namespace quartic::detail {

void WorkLeft::count(Index arm, double flops) {
  Arm& one = arms_[static_cast<std::size_t>(arm)];
  one.ended += 1;
  one.flops += std::isnan(flops) ? 0 : flops;
}

// Which arms the fits to come are of is known as far as cells have begun: their number is that of the caller.
double WorkLeft::share_done(double fits_left) const {
  double ended = 0, flops = 0, open = 0;
  for (const Arm& arm : arms_) {
    ended += arm.ended;
    flops += arm.flops;
    open += std::max(0.0, arm.expected - arm.ended);
  }
  if (!(flops > 0)) return nan;
  if (!(open > 0)) return ended / (ended + fits_left);
  double left = 0;
  for (const Arm& arm : arms_) {
    const double of_one = arm.ended > 0 ? arm.flops / arm.ended : flops / ended;
    left += std::max(0.0, arm.expected - arm.ended) / open * fits_left * of_one;
  }
  return flops / (flops + left);
}

}  // namespace quartic::detail
