// Whether the intervals of adaptive replicates still hold the truth. adaptive_long.cpp asks it of a model
// that is fitted.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/experiments/adaptive/doubles.hpp"
#include "tests/experiments/adaptive/measures.hpp"

namespace quartic::adaptive_statistics {
namespace {

using testing::coverage;
using testing::expect_honest;
using testing::measured;
using testing::run_quietly;
using testing::targeted;

TEST(AdaptiveStatistics, TargetsCoverWhereErrorsScatterLogNormally) {
  Study study = doubles::scattered_study();
  study.sizes = {4, 8, 16, 32, 64};
  Cell cell = study.cells[0];
  cell.arms.erase(cell.arms.begin());
  cell.arms[0].model.options = {{"spread", 0.5}, {"shared", 0.3}};
  study.cells = {cell};
  const Study adaptive =
      targeted(study, {.says = "target", .arm = "loud", .form = LawForm::power, .floor = 0}, 0.06);
  expect_honest(coverage(adaptive, {.threads = 1}, 2000, {2}));
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
