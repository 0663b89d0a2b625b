#include "sim/parts/sum_of_squares.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace quartic::sum_of_squares_test {
namespace {

TEST(SumOfSquares, AddsEverySquareOnce) {
  std::vector<double> v;
  double expected = 0;
  for (int size = 0; size < 40; ++size) {
    EXPECT_EQ(sum_of_squares(v), expected) << size;
    v.push_back(size + 1);
    expected += (size + 1.0) * (size + 1.0);
  }
}

// Powers of two far apart, so that the order shows: 2^106 swallows 1 wherever they meet.
TEST(SumOfSquares, HasTheOrderItPromises) {
  const double big = 0x1p53;
  EXPECT_EQ(sum_of_squares(std::vector<double>{big, 1, 1, 1, 1, 1, 1, 1}), 0x1p106);
  const double a = 0x1p26 + 1, b = 0x1p-26;
  const std::vector<double> v = {a, b, b, a, 3 * b, a, 1};
  const double a0 = a * a + b * b, a1 = b * b + a * a, left0 = 9 * b * b, left1 = a * a;
  EXPECT_EQ(sum_of_squares(v), ((a0 + left0) + (a1 + left1)) + 1);
}

}  // namespace
}  // namespace quartic::sum_of_squares_test
