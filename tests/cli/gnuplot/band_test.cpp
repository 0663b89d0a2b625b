#include "cli/gnuplot/band.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace quartic::band_test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Band, EndsWhereItsEdgeLeavesThePicture) {
  // The upper edge falls from 10 to 0.1 over two decades of n, and passes the top, 1, halfway.
  const std::vector<BandPoint> band = {{10, 1e3, 0.02, 10}, {1000, 1e7, 0.02, 0.1}};
  const auto pieces = cut_band(band, 0.01, 1);
  ASSERT_EQ(pieces.size(), 1U);
  ASSERT_EQ(pieces[0].size(), 3U);
  EXPECT_EQ(pieces[0][0].high, 1);
  EXPECT_NEAR(pieces[0][1].n, 100, 1e-9);
  EXPECT_NEAR(pieces[0][1].flops, 1e5, 1e-6);
  EXPECT_NEAR(pieces[0][1].high, 1, 1e-12);
  EXPECT_NEAR(pieces[0][1].low, 0.02, 1e-12);
  EXPECT_EQ(pieces[0][2].high, 0.1);
}

TEST(Band, StaysWithinThePicture) {
  const std::vector<BandPoint> band = {
      {1, 1, 1e-4, 5}, {2, 2, 0.02, 500}, {4, 4, 200, 900}, {8, 8, 0.3, 0.6}};
  const auto pieces = cut_band(band, 0.1, 1);
  for (const BandPoint& point : pieces.at(0)) {
    EXPECT_GE(point.low, 0.1);
    EXPECT_LE(point.high, 1);
    EXPECT_LE(point.low, point.high);
  }
}

TEST(Band, IsInTwoPiecesWhereNothingWasMeasuredBetween) {
  const std::vector<BandPoint> band = {{1, 1, .2, .4}, {2, 2, .2, .4}, {3, 3, nan, nan}, {4, 4, .2, .4}};
  const auto pieces = cut_band(band, 0.1, 1);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].size(), 2U);
  EXPECT_EQ(pieces[1].size(), 1U);
  EXPECT_TRUE(cut_band({{1, 1, nan, nan}}, 0.1, 1).empty());
}

}  // namespace
}  // namespace quartic::band_test
