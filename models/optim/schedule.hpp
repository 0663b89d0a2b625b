#pragma once
/// How the learning rate changes along the way.
#include "core/types.hpp"

namespace quartic::detail {

/// With e the epochs done so far, of E:
///   constant      1;      cosine   (1 + cos(pi e/E)) / 2 (Loshchilov & Hutter 2017);
///   inverse_time  1 / (1 + e/d) (Robbins & Monro 1951);      step   f^floor(e/d).
enum class ScheduleKind { constant, cosine, inverse_time, step };

/// d = decay_epochs, f = decay_factor. Over the first warm_up epochs the rate rises in a straight line.
struct Schedule {
  ScheduleKind kind = ScheduleKind::constant;
  double epochs = 1;
  double steps_per_epoch = 1;
  double warm_up = 0;
  double decay_epochs = 10;
  double decay_factor = 0.1;

  /// What multiplies the learning rate in step 0, 1, ...
  double factor(Index step) const;
  bool operator==(const Schedule&) const = default;
};

}  // namespace quartic::detail
