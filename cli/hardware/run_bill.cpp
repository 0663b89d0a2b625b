#include "cli/hardware/run_bill.hpp"

#include <cmath>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/findings/total_flops.hpp"

namespace quartic {

namespace {

/// Records of earlier versions tell no pre-training.
double measured(const StudyRun& run, const Slot& slot, Measure measure) {
  const double value = run.result.cube.at(slot, measure);
  return measure == Measure::pretraining_flops && std::isnan(value) ? 0 : value;
}

/// What the run itself spent on a fit.
double spent_on(const StudyRun& run, const Slot& slot) {
  return measured(run, slot, Measure::fit_flops) + measured(run, slot, Measure::tuning_flops) +
         measured(run, slot, Measure::pretraining_flops);
}

/// What a fit costs in its whole life: training, its share of pre-training, and predictions where the study says how
/// many.
double whole_life_of(const StudyRun& run, const Slot& slot) {
  return total_flops(run.study.usage, [&](Measure measure) { return measured(run, slot, measure); }).sum();
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
    if (!std::isnan(spent_on(run, slot))) {
      sum += whole_life_of(run, slot);
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
