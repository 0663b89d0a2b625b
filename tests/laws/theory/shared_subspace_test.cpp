#include "laws/theory/shared_subspace.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/least_squares.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::shared_subspace_test {
namespace {

using support::thrown_message;

// d = 100, k = 3, T = 200, n_1 = 150: directions half as strong as the noise.
SubspaceDesign golden() {
  return {.source_noise_variance = 4};
}

// theta^2 = 49/4, c = 1/2.
TEST(SubspaceTheory, MatchesTheGoldenValue) {
  const Vector recall = subspace_recall(golden());
  ASSERT_EQ(recall.size(), 3);
  for (const double cos2 : recall) EXPECT_NEAR(cos2, 0.957, 1e-3);
  EXPECT_NEAR(recall[0], 1 - 0.5 * (1 + 12.25) / (12.25 * (12.25 + 0.5)), 1e-12);
}

TEST(SubspaceTheory, FindsADirectionFromItsThresholdOn) {
  SubspaceDesign design = golden();
  const double error = 4. / 49, threshold = std::sqrt(error * std::sqrt(0.5));  // theta^4 = c
  design.strengths << 0.999 * threshold, 1.001 * threshold, 1e6;
  const Vector recall = subspace_recall(design);
  EXPECT_EQ(recall[0], 0);
  EXPECT_GT(recall[1], 0);
  EXPECT_LT(recall[1], 0.01);
  EXPECT_NEAR(recall[2], 1, 1e-12);
}

TEST(SubspaceTheory, WithoutNoiseFindsAllThereIs) {
  SubspaceDesign design = golden();
  design.source_noise_variance = 0;
  design.strengths << 1, 0.1, 0;
  EXPECT_EQ(subspace_recall(design), (Vector{{1, 1, 0}}));
}

TEST(SubspaceTheory, IsTheExpertsFormulaWithALearnedRecall) {
  SubspaceDesign design = golden();
  design.loadings << 2, 1, 0.5;
  design.noise_variance = 0.3;
  const double missing = subspace_missing(design);
  EXPECT_NEAR(missing, (1 - subspace_recall(design)[0]) * 3.5, 1e-12);
  EXPECT_NEAR(subspace_risk(design), missing + (0.3 + missing) * 3 / (50 - 4), 1e-12);
  design.rows = 1;
  EXPECT_NEAR(subspace_risk(design), (3.5 - missing) * 2 / 3 + missing + (0.3 + missing) / (3 - 2), 1e-12);
  design.rows = 3;
  EXPECT_TRUE(std::isnan(subspace_risk(design)));
}

TEST(SubspaceTheory, RefusesWhatHasNoAnswer) {
  SubspaceDesign design = golden();
  design.source_rows = 101;
  EXPECT_EQ(
      thrown_message([&] { subspace_recall(design); }),
      "source rows: 101 (least squares on 100 columns has errors of finite variance from 102 rows on). Give "
      "more, or fewer columns.");
  design = golden();
  design.tasks = 2;
  EXPECT_EQ(
      thrown_message([&] { subspace_risk(design); }),
      "3 directions of 100 columns and 2 tasks (from 1 to as many as there are of either can be told apart). "
      "Give other numbers.");
  design = golden();
  design.loadings = Vector::Ones(2);
  EXPECT_EQ(thrown_message([&] { subspace_missing(design); }),
            "2 loadings of 3 directions (each has one). Give as many.");
  design = golden();
  design.strengths[1] = -1;
  EXPECT_NE(thrown_message([&] { subspace_missing(design); }), "");
  design = golden();
  design.strengths = design.loadings = Vector();
  EXPECT_NE(thrown_message([&] { subspace_missing(design); }), "");
}

}  // namespace
}  // namespace quartic::shared_subspace_test
