#include "cli/gnuplot/guide.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::guide_test {
namespace {

TEST(Guide, FallsByOneDecadeADecadeForSquareAndHalfForFourth) {
  const auto guide = find_guide(3, 2, {});
  ASSERT_TRUE(guide);
  const double across = 3 * (guide->square.x - guide->start.x);
  EXPECT_NEAR(2 * (guide->start.y - guide->square.y), across, 1e-12);
  EXPECT_NEAR(2 * (guide->start.y - guide->fourth.y), across / 2, 1e-12);
}

TEST(Guide, HasNamesThatDoNotMeetHoweverTheAxesDiffer) {
  for (const double decades : {0.6, 1.0, 2.0, 4.0}) {
    const auto guide = find_guide(decades, 3, {});
    EXPECT_TRUE(!guide || guide->fourth.y - guide->square.y > 0.045) << decades;
  }
  EXPECT_FALSE(find_guide(0.6, 4, {}));
}

TEST(Guide, KeepsAwayFromLines) {
  const std::vector<std::vector<Place>> low_left = {{{0, 0}, {0.6, 0.6}}, {{0, 0.3}, {0.5, 0}}};
  const auto guide = find_guide(2, 2, low_left);
  ASSERT_TRUE(guide);
  for (const Place& place : {guide->start, guide->square, guide->fourth})
    for (double at = 0; at <= 0.6; at += 0.01)
      EXPECT_GT(std::abs(place.x - at) + std::abs(place.y - at), 0.01);
}

TEST(Guide, IsLeftOutWhereThereIsNoRoom) {
  std::vector<std::vector<Place>> everywhere;
  for (double y = 0; y <= 1; y += 0.05) everywhere.push_back({{0, y}, {1, y}});
  EXPECT_FALSE(find_guide(2, 2, everywhere));
}

}  // namespace
}  // namespace quartic::guide_test
