#include "experiments/engine/fit_times.hpp"

namespace quartic::detail {

void FitTimes::note(const FitPlace& place, double seconds) {
  constexpr double worth_noting = 0.1;
  if (seconds < worth_noting) return;
  const std::scoped_lock lock(mutex_);
  seconds_[place] = seconds;
}

double FitTimes::about(const FitPlace& place) const {
  const std::scoped_lock lock(mutex_);
  auto found = seconds_.upper_bound(place);
  if (found == seconds_.begin() || (--found)->first.arm != place.arm) return nan;
  return found->second * static_cast<double>(place.n) / static_cast<double>(found->first.n);
}

}  // namespace quartic::detail
