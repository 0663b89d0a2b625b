#include "cli/terminal/progress.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace quartic::progress_test {
namespace {

TEST(Progress, SaysHowManyFitsAreDoneHowFastTheyGoAndHowLongTheRestTakes) {
  const std::string line = progress_line({.done = 2914, .total = 7600, .seconds = 9.4, .left = 95}, 100);
  EXPECT_NE(line.find(" 38 %"), std::string::npos) << line;
  EXPECT_NE(line.find("2,914 of 7,600 fits  310/s  1 min 35 s left"), std::string::npos) << line;
  EXPECT_LE(line.size(), 100U);
}

TEST(Progress, PromisesNoTimeBeforeOneIsKnown) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const std::string line = progress_line({.done = 88, .total = 1664, .seconds = 20, .left = none}, 100);
  EXPECT_NE(line.find("88 of 1,664 fits  4.4/s"), std::string::npos) << line;
  EXPECT_EQ(line.find("left"), std::string::npos) << line;
}

}  // namespace
}  // namespace quartic::progress_test
