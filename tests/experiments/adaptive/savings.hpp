#pragma once
/// What adaptive replicates save in a built-in study, and how often their intervals hold the truth there.
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/findings/findings.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/experiments/adaptive/measures.hpp"
#include "tests/experiments/engine/drawn_replicates.hpp"

namespace quartic::testing {

/// The widest half of the target's interval over the cells.
inline double half_width(const Study& study, const Cube& cube) {
  double widest = 0;
  for (Index cell = 0; cell < cube.axes().cells; ++cell) {
    const Interval value = measured_law(study, study.adaptive->targets.front().law, cube, cell).value;
    widest = std::max(widest, (value.high - value.low) / 2);
  }
  return widest;
}

inline double sum_of_measured(const Matrix& values) {
  return values.array().isNaN().select(0, values.array()).sum();
}

/// Flops of all arms, or of the target's alone.
inline double flops_of(const Study& study, const Cube& cube, bool target_alone) {
  double sum = 0;
  for (Index cell = 0; cell < cube.axes().cells; ++cell)
    for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm) {
      if (target_alone && cube.axes().arms[arm] != study.adaptive->targets.front().law.arm) continue;
      for (const Measure measure : {Measure::fit_flops, Measure::tuning_flops})
        sum += sum_of_measured(cube.measure(cell, static_cast<Index>(arm), measure));
    }
  return sum;
}

/// Of 20 seeds, the geometric mean of the flops of the adaptive run over those of a grid with the same
/// number of replicates everywhere whose interval is as wide: 1/width^2 is proportional to its replicates.
struct Saving {
  double all_arms = 0, target_alone = 0;  // mean logarithms until the end
};

inline Saving saving_of(Study study, Index uniform_replicates) {
  constexpr int seeds = 20;
  Saving saving;
  for (int seed = 1; seed <= seeds; ++seed) {
    study.seed = static_cast<std::uint64_t>(seed);
    const AdaptiveRun ran = run_quietly(study, {});
    EXPECT_EQ(ran.report.stop, Stop::rules_hold);
    Study grid = study;
    grid.adaptive.reset();
    grid.replicates = uniform_replicates;
    Nowhere nowhere;
    const Cube uniform = run(grid, {}, nowhere).cube;
    const double more = std::pow(half_width(study, uniform) / half_width(study, ran.result.cube), 2);
    const double all = flops_of(study, ran.result.cube, false) / (more * flops_of(study, uniform, false));
    const double alone = flops_of(study, ran.result.cube, true) / (more * flops_of(study, uniform, true));
    saving.all_arms += std::log(all) / seeds, saving.target_alone += std::log(alone) / seeds;
  }
  saving = {std::exp(saving.all_arms), std::exp(saving.target_alone)};
  measured(
      fmt::format("{:.3f} of a uniform grid's flops at the same width; {:.3f} of those of the target's arm",
                  saving.all_arms, saving.target_alone));
  return saving;
}

inline std::vector<Cell> with_one_arm(const CellGrid& cells, const std::string& arm) {
  std::vector<Cell> list;
  for (Cell cell : cells) {
    std::erase_if(cell.arms, [&](const ArmSpec& one) { return one.name != arm; });
    list.push_back(std::move(cell));
  }
  return list;
}

/// Of 2,000 studies of the target's arm, of at most 2,000 replicates, drawn from a pool of 4,000.
inline double coverage_of_draws(Study study) {
  study.cells = CellGrid(with_one_arm(study.cells, study.adaptive->targets.front().law.arm));
  Study whole = study;
  whole.adaptive.reset();
  whole.replicates = 4000;
  Nowhere nowhere;
  testing::DrawnReplicates draws(run(whole, {}, nowhere).cube);
  std::vector<double> truths;
  for (const Cell& cell : study.cells)
    truths.push_back(
        measured_law(study, study.adaptive->targets.front().law, draws.pool(), cell.id).value.estimate);
  study.adaptive->most = study.replicates = 2000;
  return coverage(study, {.threads = 1, .archive = &draws}, 2000, truths);
}

inline Study built_in(const std::string& name,
                      const std::vector<std::pair<std::string, std::string>>& overrides) {
  return parse_study(built_in_studies().at(name), name + ".toml", {.effort = "", .overrides = overrides});
}

}  // namespace quartic::testing
