#include "models/optim/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace quartic::detail {

namespace {

double decay(const Schedule& schedule, double epoch) {
  switch (schedule.kind) {
    case ScheduleKind::constant:
      return 1;
    case ScheduleKind::cosine:
      return (1 + std::cos(std::numbers::pi * epoch / schedule.epochs)) / 2;
    case ScheduleKind::inverse_time:
      return 1 / (1 + epoch / schedule.decay_epochs);
    case ScheduleKind::step:
      return std::pow(schedule.decay_factor, std::floor(epoch / schedule.decay_epochs));
  }
  return 1;
}

}  // namespace

double Schedule::factor(Index step) const {
  const double warm_steps = warm_up * steps_per_epoch;
  const double warm = warm_steps > 0 ? std::min(1.0, static_cast<double>(step + 1) / warm_steps) : 1;
  return warm * decay(*this, static_cast<double>(step) / steps_per_epoch);
}

}  // namespace quartic::detail
