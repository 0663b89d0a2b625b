#pragma once
/// What a fit costs from its first source task to its last prediction.
#include <cmath>

#include "experiments/results/cube.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// fit + tuning + pretraining/pretraining_shared_by + uses x inference, of one fit or of means: at(measure). NaN where
/// a part is not known that counts.
double total_flops(const Usage& usage, const auto& at) {
  const double spent = at(Measure::fit_flops) + at(Measure::tuning_flops) +
                       at(Measure::pretraining_flops) / static_cast<double>(usage.pretraining_shared_by);
  return usage.uses > 0 ? spent + usage.uses * at(Measure::inference_flops) : spent;
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
