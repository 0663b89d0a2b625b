#include "cli/hardware/run_bill.hpp"

#include <cmath>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/findings/total_flops.hpp"

namespace quartic {

namespace {

/// What the run itself spent on a fit; records of earlier versions tell no pre-training.
double spent_on(const StudyRun& run, const Slot& slot) {
  const auto at = [&](Measure measure) { return run.result.cube.at(slot, measure); };
  const double pretraining = at(Measure::pretraining_flops);
  return at(Measure::fit_flops) + at(Measure::tuning_flops) + (std::isnan(pretraining) ? 0 : pretraining);
}

/// What a fit costs in its whole life, where the study says how often its rule is used.
double whole_life_of(const StudyRun& run, const Slot& slot) {
  return total_flops(run.study.usage, [&](Measure measure) { return run.result.cube.at(slot, measure); });
}

double sum_of_all(const StudyRun& run) {
  const CubeAxes& axes = run.result.cube.axes();
  double sum = 0;
  Slot slot;
  for (slot.cell = 0; slot.cell < axes.cells; ++slot.cell)
    for (slot.arm = 0; slot.arm < std::ssize(axes.arms); ++slot.arm)
      for (slot.size = 0; slot.size < std::ssize(axes.sizes); ++slot.size)
        for (slot.replicate = 0; slot.replicate < axes.replicates; ++slot.replicate)
          if (const double flops = spent_on(run, slot); !std::isnan(flops)) sum += flops;
  return sum;
}

double mean_of_one(const StudyRun& run, const std::string& arm) {
  const Cube& cube = run.result.cube;
  Slot slot{.arm = cube.arm(arm), .size = cube.largest_size()};
  double sum = 0, count = 0;
  for (slot.replicate = 0; slot.replicate < cube.axes().replicates; ++slot.replicate)
    if (const double spent = spent_on(run, slot); !std::isnan(spent)) {
      sum += run.study.usage.uses > 0 ? whole_life_of(run, slot) : spent;
      ++count;
    }
  require(
      !std::isnan(sum),
      "the records of \"" + arm +
          "\" do not tell what a prediction costs (its model does not say, or an earlier version made them), so that " +
          shortest(run.study.usage.uses) + " of them cannot be billed. Give --flops.");
  return sum / count;
}

std::optional<Interval> exponent_of_arm(const StudyRun& run, const std::string& arm) {
  const Claim claim{.says = "",
                    .arm = arm,
                    .law = LawKind::compute_exponent,
                    .against_arm = "",
                    .performance = run.study.performance,
                    .usage = run.study.usage};
  const Interval q = measured_law(run.study, claim, run.result.cube, 0).value;
  return std::isnan(q.low) ? std::nullopt : std::optional(q);
}

}  // namespace

RunBill bill_of_run(const StudyRun& run, const std::string& arm) {
  if (arm.empty()) return {.flops = sum_of_all(run)};
  return {.flops = mean_of_one(run, arm), .exponent = exponent_of_arm(run, arm)};
}

}  // namespace quartic
