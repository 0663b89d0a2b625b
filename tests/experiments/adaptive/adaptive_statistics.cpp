// Whether the intervals of adaptive replicates still hold the truth. adaptive_long.cpp asks it of a model
// that is fitted.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "experiments/study/arm.hpp"
#include "laws/curves/law.hpp"
#include "tests/experiments/adaptive/doubles.hpp"
#include "tests/experiments/adaptive/measures.hpp"

namespace quartic::adaptive_statistics {
namespace {

using testing::coverage;
using testing::expect_honest;
using testing::measured;
using testing::run_quietly;
using testing::targeted;

/// The loud arm alone, whose exponent is the target.
Study loud_study(double half_width, const OptionValues& more = {}) {
  Study study = doubles::scattered_study();
  study.sizes = {4, 8, 16, 32, 64};
  Cell cell = study.cells[0];
  cell.arms.erase(cell.arms.begin());
  cell.arms[0].model.options = {{"spread", 0.5}, {"shared", 0.3}};
  for (const auto& [key, value] : more) cell.arms[0].model.options[key] = value;
  study.cells = {cell};
  return targeted(study, {.says = "target", .arm = "loud", .form = LawForm::power, .floor = 0}, half_width);
}

TEST(AdaptiveStatistics, TargetsCoverWhereErrorsScatterLogNormally) {
  expect_honest(coverage(loud_study(0.06), {.threads = 1}, 2000, {2}));
}

/// In place of the largest two sizes, of which fits cost sqrt(n).
Study with_further_sizes(double half_width, const OptionValues& more = {}) {
  OptionValues options = more;
  options["flops"] = 0.5;
  Study study = loud_study(half_width, options);
  study.sizes = {4, 8, 16, 32, 64, 128};
  study.adaptive->targets.front().sizes = {32, 64, 128};
  return study;
}

TEST(AdaptiveStatistics, TargetsCoverWhereTheRunChoosesItsSizes) {
  expect_honest(coverage(with_further_sizes(0.1), {.threads = 1}, 1000, {2}));
}

/// The exponent of a line through the true errors of the sizes that the run has opened.
TEST(AdaptiveStatistics, TargetsCoverWhereTheRunChoosesItsSizesAndTheCurveIsNearlyALaw) {
  constexpr double bend = 0.05;
  std::map<std::vector<Index>, Index> times;
  const auto truth = [&](const Study& study, const AdaptiveReport& report, Index cell) {
    const std::vector<Index> opened = opened_sizes(study, report.allotment, cell);
    ++times[opened];
    std::vector<Index> sizes = given_sizes(study);
    sizes.insert(sizes.end(), opened.begin(), opened.end());
    Vector n(std::ssize(sizes));
    for (Index k = 0; k < n.size(); ++k) n[k] = static_cast<double>(sizes[static_cast<std::size_t>(k)]);
    const Vector errors = ((bend * n.array().log() - 1) * n.array().log()).exp();
    return 2 / fit_power_law({n, errors, Vector::Ones(n.size())}).exponent;
  };
  expect_honest(coverage(with_further_sizes(0.1, {{"bend", bend}}), {.threads = 1}, 1000, truth));
  for (const auto& [opened, count] : times) {
    std::string text = "opened";
    for (const Index n : opened) text += " " + std::to_string(n);
    measured(text + ": " + std::to_string(count) + " times");
  }
}

/// One cell, and an interval of 6 %: a run takes some hundredths of a second.
Study short_search(const OptionValues& more = {}) {
  Study study = doubles::crossing_study(more);
  study.cells = {study.cells.front()};
  study.adaptive->targets.front().half_width = 0.03;
  return study;
}

constexpr Index searches = 150;

/// Within five standard errors of a share.
void expect_about_95(double share) {
  EXPECT_NEAR(share, 0.95, 5 * std::sqrt(0.95 * 0.05 / static_cast<double>(searches)));
}

TEST(AdaptiveStatistics, IntervalsOfCrossingsCoverWhereTheRunPutsTheSizes) {
  expect_about_95(coverage(short_search(), {.threads = 1}, searches, {100}));
}

/// The steep arm's curve is no law, so that what is read depends on how near the sizes are.
TEST(AdaptiveStatistics, IntervalsOfCrossingsCoverWhereCurvesAreNoLaws) {
  constexpr double bend = -0.05;
  const double b = 0.8, c = b * std::log(100.);  // bend t^2 - t + .8 log 100 = -.2 t, t = log n
  const double truth = std::exp((b - std::sqrt(b * b - 4 * bend * c)) / (2 * bend));
  expect_about_95(coverage(short_search({{"bend", bend}}), {.threads = 1}, searches, {truth}));
}

TEST(AdaptiveStatistics, ErrorBarsCoverUnderTheRuleOnTheLogError) {
  Study study = doubles::scattered_study();
  study.adaptive = {.least = 50, .most = 2000, .log_error_se = 0.02};
  study.replicates = 2000;
  Index held = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    study.seed = seed;
    const Cube cube = run_quietly(study, {.threads = 1}).result.cube;
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
  expect_honest(share);
}

}  // namespace
}  // namespace quartic::adaptive_statistics
