#include "cli/gnuplot/tics.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::tics_test {
namespace {

TEST(Tics, AreEnoughWhateverTheRangeSpans) {
  for (double low : {1e-6, 0.31, 0.9, 1.0, 137.0, 3e11})
    for (double factor : {1.05, 1.3, 1.9, 3.0, 9.0, 10.0, 45.0, 1e3, 1e6, 1e12}) {
      const std::vector<double> tics = logarithmic_tics(low, low * factor);
      EXPECT_GE(tics.size(), 3U) << low << " x " << factor;
      EXPECT_LE(tics.size(), 10U) << low << " x " << factor;
      for (const double at : tics) {
        EXPECT_GE(at, low * (1 - 1e-6));
        EXPECT_LE(at, low * factor * (1 + 1e-6));
      }
    }
}

TEST(Tics, AreRoundNumbers) {
  EXPECT_EQ(logarithmic_tics(9, 3100), (std::vector<double>{10, 30, 100, 300, 1000, 3000}));
  EXPECT_EQ(linear_tics(0, 9.5).size(), 5U);
  EXPECT_EQ(linear_tics(0, 9.5).back(), 8);
  EXPECT_EQ(linear_tics(-0.05, 1.05).front(), 0);
}

TEST(Tics, AreWrittenAsTheAxisWantsThem) {
  EXPECT_EQ(tics_command('x', {300, 3000}, TicText::whole), "  set xtics ('300' 300, '3,000' 3000)\n");
  EXPECT_EQ(tics_command('y', {0.05, 2}, TicText::plain), "  set ytics ('0.05' 0.05, '2' 2)\n");
  EXPECT_EQ(tics_command('y', {1e-5}, TicText::plain), "  set ytics ('10^{-5}' 1e-05)\n");
  EXPECT_EQ(tics_command('y', {0.05}, TicText::percent), "  set ytics ('5 %%' 0.05)\n");
  EXPECT_EQ(tics_command('x', {1e9, 3e9}, TicText::powers),
            "  set xtics ('10^{9}' 1000000000, '3\u00b710^{9}' 3000000000)\n");
}

}  // namespace
}  // namespace quartic::tics_test
