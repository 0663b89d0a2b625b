#include "laws/theory/read_columns.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "laws/theory/least_squares.hpp"

namespace quartic::read_columns_test {
namespace {

ReadColumns ten_equal(double noise, double missing) {
  return {.columns = std::vector<ReadColumn>(10, {.signal = 1}),
          .noise = noise,
          .missing = missing,
          .signal = 10};
}

TEST(ReadColumns, WellReadAreOrdinaryLeastSquares) {
  ReadColumns read = ten_equal(0, 0);
  read.signal = 12;
  EXPECT_NEAR(stalled_risk(read), 2, 1e-12);
  for (const double n : {5., 40., 400.})
    EXPECT_NEAR(read_columns_risk(read, n),
                least_squares_risk({.rows = n, .columns = 10, .signal_in_columns = 10, .signal_left_out = 2}),
                1e-12);
  EXPECT_TRUE(std::isnan(read_columns_risk(read, 10)));
}

TEST(ReadColumns, ExplainWhatIsLeftOfTheirCorrelation) {
  const ReadColumns read = ten_equal(0.5, 0.2);
  EXPECT_DOUBLE_EQ(explained_share(read, {.signal = 1}), 0.8 / 1.25);
  EXPECT_DOUBLE_EQ(explained_share(read, {.signal = 1, .thresholded = true}),
                   0.8 / 1.25 * 2 * std::numbers::inv_pi);
  EXPECT_EQ(explained_share(read, {.signal = 1, .forbidden = true}), 0);
  EXPECT_NEAR(stalled_risk(read), 10 * (1 - 0.8 / 1.25), 1e-12);
}

TEST(ReadColumns, NoiseIsAnErrorInTheVariablesAndExact) {
  const ReadColumns read = ten_equal(1, 0);
  EXPECT_NEAR(read_columns_risk(read, 100), 5 + (1 + 5) * 10. / 89, 1e-12);
}

TEST(ReadColumns, LostReadingsAreNoiseToTheOtherColumnsOnly) {
  const ReadColumns read = ten_equal(0, 0.5);  // kurtosis 6
  EXPECT_NEAR(read_columns_risk(read, 1000), 5 + (10 * (1 + 5) - 10 * 0.5) / (1000. - 10 + 2 - 6), 1e-12);
  EXPECT_TRUE(std::isnan(read_columns_risk(read, 63)));
}

TEST(ReadColumns, ThresholdsHaveNoTails) {
  ReadColumns read = ten_equal(0, 0);
  for (ReadColumn& column : read.columns) column.thresholded = true;
  const double stall = 10 * (1 - 2 * std::numbers::inv_pi);
  EXPECT_NEAR(read_columns_risk(read, 1000), stall + 10 * (1 + stall) / (1000. - 10 + 1), 1e-12);
}

TEST(ReadColumns, ForbiddenOnesAreLeftOutOnceTheyAreSeenToMatter) {
  ReadColumns read = ten_equal(0, 0);
  read.columns[3].forbidden = true;
  EXPECT_NEAR(read_columns_risk(read, 1000), 1 + 2 * 9. / 990, 1e-12);
  EXPECT_TRUE(std::isnan(read_columns_risk(read, 40))) << "who is left out is not sure";
}

}  // namespace
}  // namespace quartic::read_columns_test
