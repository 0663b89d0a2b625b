// What adaptive replicates save, and whether their intervals still hold the truth.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "experiments/adaptive.hpp"
#include "experiments/adaptive_doubles.hpp"
#include "experiments/findings.hpp"

namespace quartic {
namespace {

struct Nowhere final : RecordSink {
  void write(std::span<const Record>) override {}
};

AdaptiveRun run_quietly(const Study& study, const EngineOptions& options) {
  Nowhere nowhere;
  return run_adaptively(study, options, nowhere);
}

void measured(const std::string& text) {
  std::cout << "[ measured ] " << text << std::endl;
}

bool holds(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

/// The share of `studies` seeds whose final interval of the target holds the truth; and how often each number
/// of looks was taken.
double coverage(Study study, const EngineOptions& options, Index studies, double truth) {
  Index held = 0;
  std::map<std::size_t, Index> looks;
  for (Index seed = 1; seed <= studies; ++seed) {
    study.seed = static_cast<std::uint64_t>(seed);
    const AdaptiveReport report = run_quietly(study, options).report;
    EXPECT_EQ(report.stop, Stop::rules_hold);
    held += holds(report.looks.back().targets.at(0).value, truth);
    ++looks[report.looks.size()];
  }
  std::string text;
  for (const auto& [count, times] : looks) text += fmt::format("; {} looks {} times", count, times);
  const double share = static_cast<double>(held) / static_cast<double>(studies);
  measured(fmt::format("{:.1f} % of {} intervals hold the truth{}", 100 * share, studies, text));
  return share;
}

Study targeted(Study study, Claim target, double half_width) {
  study.adaptive = {.least = 50, .most = 20000, .target = std::move(target), .half_width = half_width};
  study.replicates = 20000;
  return study;
}

TEST(AdaptiveStatistics, TargetsCoverWhereErrorsScatterLogNormally) {
  Study study = doubles::scattered_study();
  study.sizes = {4, 8, 16, 32, 64};
  Cell cell = study.cells[0];
  cell.arms.erase(cell.arms.begin());
  cell.arms[0].model.options = {{"spread", 0.5}, {"shared", 0.3}};
  study.cells = {cell};
  const Study adaptive =
      targeted(study, {.says = "target", .arm = "loud", .form = LawForm::power, .floor = 0}, 0.06);
  const double share = coverage(adaptive, doubles::scattered_options(), 2000, 2);
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

/// The exact error of least squares on p columns is p noise^2/(n - p - 1): the offset law's exponent is 2.
TEST(AdaptiveStatistics, TargetsCoverForLeastSquares) {
  Study study;
  study.name = "least squares";
  study.sizes = {12, 20, 32, 50, 80};
  Cell cell;
  cell.world = {"sparse_linear", {{"candidates", Index{5}}, {"relevant", Index{5}}}};
  cell.arms = {{.name = "oracle", .model = {"least_squares", {}}, .expert = {}}};
  study.cells = {cell};
  const Study adaptive =
      targeted(study, {.says = "target", .arm = "oracle", .form = LawForm::offset, .floor = 0}, 0.3);
  const double share = coverage(adaptive, {.threads = 1}, 1000, 2);
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

TEST(AdaptiveStatistics, ErrorBarsCoverUnderTheRuleOnTheLogError) {
  Study study = doubles::scattered_study();
  study.adaptive = {.least = 50, .most = 2000, .log_error_se = 0.02};
  study.replicates = 2000;
  Index held = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    study.seed = seed;
    const Cube cube = run_quietly(study, doubles::scattered_options()).result.cube;
    const Matrix mean = cube.mean(0, Measure::normalised_error),
                 error = cube.standard_error(0, Measure::normalised_error);
    for (Index arm = 0; arm < 2; ++arm)
      for (Index size = 0; size < 4; ++size, ++all)
        held += std::abs(mean(arm, size) * static_cast<double>(study.sizes[static_cast<std::size_t>(size)]) -
                         1) <=
                1.96 * error(arm, size) * static_cast<double>(study.sizes[static_cast<std::size_t>(size)]);
  }
  const double share = static_cast<double>(held) / static_cast<double>(all);
  measured(fmt::format("{:.1f} % of {} error bars hold the truth", 100 * share, all));
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

/// The widest half of the target's interval over the cells.
double half_width(const Study& study, const Cube& cube) {
  double widest = 0;
  for (Index cell = 0; cell < cube.axes().cells; ++cell) {
    const Interval value = measured_law(*study.adaptive->target, cube, cell).value;
    widest = std::max(widest, (value.high - value.low) / 2);
  }
  return widest;
}

double sum_of_measured(const Matrix& values) {
  return values.array().isNaN().select(0, values.array()).sum();
}

/// Flops of all arms, or of the target's alone.
double flops_of(const Study& study, const Cube& cube, bool target_alone) {
  double sum = 0;
  for (Index cell = 0; cell < cube.axes().cells; ++cell)
    for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm) {
      if (target_alone && cube.axes().arms[arm] != study.adaptive->target->arm) continue;
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

Saving saving_of(Study study, Index uniform_replicates) {
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

Study built_in(const std::string& name, const std::vector<std::pair<std::string, std::string>>& overrides) {
  return parse_study(built_in_studies().at(name), name + ".toml", {.effort = "", .overrides = overrides});
}

TEST(AdaptiveStatistics, TakeAThirdOfAUniformGridsFlopsForTheLassosExponent) {
  const Study study = built_in("data_exponent", {{"replicates", "{ between = [50, 20000] }"},
                                                 {"target",
                                                  "{ law = \"data_exponent\", arm = \"lasso\", from = 200, "
                                                  "form = \"power\", half_width = 0.03 }"}});
  EXPECT_LE(saving_of(study, 100).all_arms, 1.0 / 3);
}

TEST(AdaptiveStatistics, TakeAThirdOfAUniformGridsFlopsForGradientDescentsExponents) {
  const Study study = built_in("nine", {{"replicates", "{ between = [50, 20000] }"},
                                        {"sizes", "[50, 100, 200, 400]"},
                                        {"world.roughness", "[0.5, 1.5, 2.5]"},
                                        {"target",
                                         "{ law = \"compute_exponent\", arm = \"sgd\", "
                                         "form = \"power\", half_width = 0.3 }"}});
  EXPECT_LE(saving_of(study, 100).all_arms, 1.0 / 3);
}

}  // namespace
}  // namespace quartic
