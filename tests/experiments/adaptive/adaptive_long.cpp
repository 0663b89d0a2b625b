// Whether the intervals of adaptive replicates still hold the truth where a model is fitted.
#include <gtest/gtest.h>

#include "tests/experiments/adaptive/measures.hpp"

namespace quartic::adaptive_long {
namespace {

using testing::coverage;
using testing::expect_honest;
using testing::targeted;

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
  expect_honest(coverage(adaptive, {.threads = 1}, 1000, {2}));
}

}  // namespace
}  // namespace quartic::adaptive_long
