#include "laws/statistics/power.hpp"

#include <gtest/gtest.h>

namespace quartic::power_test {
namespace {

PowerDesign design() {
  return {.sizes = Vector{{100, 300, 1000, 3000, 10000}},
          .spread = 0.5,
          .expect = 4,
          .margin = 0.3,
          .against = 9};
}

TEST(Power, GrowsWithTheSquareOfTheMarginOverTheSpread) {
  PowerDesign one = design(), two = design();
  two.margin = 0.15;
  EXPECT_NEAR(static_cast<double>(replicates_needed(two)) / static_cast<double>(replicates_needed(one)), 4,
              0.6);
  one.spread = 0.05;
  EXPECT_LT(replicates_needed(one), 6);
}

TEST(Power, TakesMoreForANearAlternative) {
  PowerDesign near = design();
  near.against = 4.4;
  EXPECT_GT(replicates_needed(near), replicates_needed(design()));
  near.against = 3.6;
  EXPECT_GT(replicates_needed(near), replicates_needed(design()));
}

TEST(Power, FallsWithTheRangeOfSizes) {
  PowerDesign wide = design();
  wide.sizes[4] = 100000;
  EXPECT_LT(replicates_needed(wide), replicates_needed(design()));
}

TEST(Power, SaysWhereNothingSuffices) {
  PowerDesign within = design();
  within.against = 4.2;
  EXPECT_EQ(replicates_needed(within), -1);
  PowerDesign narrow = design();
  narrow.sizes = Vector{{1000, 1001}};
  EXPECT_EQ(replicates_needed(narrow), -1);
}

TEST(Power, OfDataAndOfComputingAgreeWhereErrorsFallAsOneOverN) {
  PowerDesign data = design();
  data.expect = 2, data.margin = 0.15, data.against = 2.6;
  PowerDesign computing = data;
  data.of_computing = false;
  EXPECT_NEAR(static_cast<double>(replicates_needed(data)), static_cast<double>(replicates_needed(computing)),
              1);
}

}  // namespace
}  // namespace quartic::power_test
