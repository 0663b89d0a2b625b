#include "experiments/engine/fit_times.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::detail::fit_times_test {
namespace {

TEST(FitTimes, TellByTheSameFitElseByTheNextSmallerSizeInProportion) {
  FitTimes times;
  EXPECT_TRUE(std::isnan(times.about({0, 100})));
  times.note({0, 100}, 3);
  times.note({0, 400}, 10);
  times.note({1, 100}, 7);
  EXPECT_EQ(times.about({0, 100}), 3);
  EXPECT_EQ(times.about({0, 200}), 6);
  EXPECT_EQ(times.about({0, 800}), 20);
  EXPECT_TRUE(std::isnan(times.about({0, 50}))) << "nothing smaller has ended";
  EXPECT_TRUE(std::isnan(times.about({2, 100}))) << "an arm of which nothing is known";
  times.note({0, 100}, 5);
  EXPECT_EQ(times.about({0, 100}), 5) << "the last counts";
}

TEST(FitTimes, LeaveOutFitsThatTookNoTime) {
  FitTimes times;
  times.note({0, 100}, 0.01);
  EXPECT_TRUE(std::isnan(times.about({0, 100})));
}

}  // namespace
}  // namespace quartic::detail::fit_times_test
