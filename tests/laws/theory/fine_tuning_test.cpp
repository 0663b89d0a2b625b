#include "laws/theory/fine_tuning.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/least_squares.hpp"
#include "laws/theory/ridge.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::fine_tuning_test {
namespace {

using support::thrown_message;

const FineTuningDesign golden{50, 100, 1.09, 0.25, 0.09, 300, 0.25};

// .09 + .25 * 100/199, half of it, and .25 * 50/49.
TEST(FineTuningTheory, MatchesItsArithmetic) {
  EXPECT_NEAR(fine_tuning_distance2(golden), 0.215628, 5e-7);
  EXPECT_NEAR(fine_tuning_risk(golden), 0.362916, 5e-7);
}

TEST(FineTuningTheory, IsLeastSquaresAndRidgeWithTheDistanceForTheSignal) {
  const double delta2 = fine_tuning_distance2(golden);
  EXPECT_EQ(fine_tuning_risk(golden), least_squares_risk(LeastSquaresDesign{50, 100, delta2, 0, 0.25}));
  EXPECT_EQ(fine_tuning_ridge_risk(golden, 0.3), ridge_risk({2, delta2, 0.25}, 0.3));
  EXPECT_EQ(fine_tuning_optimal_risk(golden), ridge_optimal_risk({2, delta2, 0.25}));
  EXPECT_LT(fine_tuning_optimal_risk(golden), fine_tuning_ridge_risk(golden, 0.3));
}

TEST(FineTuningTheory, WithEnoughRowsForgetsTheSource) {
  FineTuningDesign design = golden;
  design.rows = 250;
  const double risk = fine_tuning_risk(design);
  design.distance2 = 7;
  EXPECT_EQ(fine_tuning_risk(design), risk);
}

TEST(FineTuningTheory, WithoutSourceRowsBeginsAtZero) {
  FineTuningDesign design = golden;
  design.source_rows = 0;
  EXPECT_EQ(fine_tuning_distance2(design), design.signal);
  design.source_rows = 40;
  EXPECT_NEAR(fine_tuning_distance2(design), 0.4 * 0.09 + 0.6 * 1.09 + 0.25 * 40 / 59, 1e-12);
}

TEST(FineTuningTheory, HasNoMeanNextToAsManyRowsAsColumns) {
  for (const double near : {99., 100., 101.}) {
    FineTuningDesign design = golden;
    design.source_rows = near;
    EXPECT_TRUE(std::isnan(fine_tuning_risk(design))) << near;
    EXPECT_TRUE(std::isnan(fine_tuning_distance2(design))) << near;
    EXPECT_TRUE(std::isnan(fine_tuning_optimal_risk(design))) << near;
    design = golden;
    design.rows = near;
    EXPECT_TRUE(std::isnan(fine_tuning_risk(design))) << near;
  }
}

TEST(FineTuningTheory, RefusesNumbersThatCannotBe) {
  FineTuningDesign design = golden;
  design.distance2 = -1;
  EXPECT_EQ(thrown_message([&] { fine_tuning_risk(design); }),
            "the squared distance: -1 (the formula asks for a finite number of 0 or more). Change it.");
  design = golden;
  design.columns = 0;
  EXPECT_NE(thrown_message([&] { fine_tuning_distance2(design); }), "");
  design = golden;
  design.noise_variance = NAN;
  EXPECT_NE(thrown_message([&] { fine_tuning_ridge_risk(design, 1); }), "");
}

}  // namespace
}  // namespace quartic::fine_tuning_test
