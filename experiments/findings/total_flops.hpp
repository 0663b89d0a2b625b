#pragma once
/// What a fit costs from its first source task to its last prediction.
#include <cmath>

#include "experiments/results/cube.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// fit + tuning, pretraining/pretraining_shared_by, and uses x inference. NaN where a part is not known that counts.
struct TotalFlops {
  double training, pretraining, running;
  double sum() const { return training + pretraining + running; }
};

/// Of one fit or of means: at(measure).
TotalFlops total_flops(const Usage& usage, const auto& at) {
  return {.training = at(Measure::fit_flops) + at(Measure::tuning_flops),
          .pretraining = at(Measure::pretraining_flops) / static_cast<double>(usage.pretraining_shared_by),
          .running = usage.uses > 0 ? usage.uses * at(Measure::inference_flops) : 0};
}

/// How many fits say what they cost but not what their pre-training did, as those of older stores: they have no total,
/// and a run that finds them finished does not fill it in.
inline Index count_unbilled(const Cube& cube) {
  Index count = 0;
  const auto fits = cube.values();
  const auto at = [&](std::size_t fit, Measure measure) {
    return fits[fit + static_cast<std::size_t>(measure)];
  };
  for (std::size_t fit = 0; fit < fits.size(); fit += static_cast<std::size_t>(measure_count))
    count += !std::isnan(at(fit, Measure::fit_flops)) && std::isnan(at(fit, Measure::pretraining_flops));
  return count;
}

}  // namespace quartic
