#include "laws/statistics/root.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::root_test {
namespace {

TEST(Root, IsFoundToRounding) {
  EXPECT_NEAR(find_root([](double x) { return x * x - 2; }, 0, 2), std::sqrt(2.), 1e-14);
  EXPECT_NEAR(find_root([](double x) { return std::exp(x) - 1e-3; }, -50, 50), std::log(1e-3), 1e-12);
  EXPECT_NEAR(find_root([](double x) { return std::pow(x - 1, 9); }, 0, 3), 1, 1e-1);
}

TEST(Root, AcceptsARootAtAnEnd) {
  EXPECT_EQ(find_root([](double x) { return x; }, 0, 1), 0);
  EXPECT_EQ(find_root([](double x) { return x - 1; }, 0, 1), 1);
}

TEST(Root, AcceptsInfiniteValues) {
  const auto f = [](double x) { return x < 1 ? -INFINITY : x - 3; };
  EXPECT_NEAR(find_root(f, 0, 10), 3, 1e-12);
}

TEST(Root, AcceptsARootAtOneEndAndInfinityAtTheOther) {
  EXPECT_EQ(find_root([](double x) { return x > 0 ? x - 1 : -INFINITY; }, 0, 1), 1);
  EXPECT_EQ(find_root([](double x) { return x < 2 ? x - 1 : INFINITY; }, 1, 2), 1);
}

TEST(Root, IsNaNWithoutAChangeOfSign) {
  EXPECT_TRUE(std::isnan(find_root([](double x) { return x * x + 1; }, -1, 1)));
  EXPECT_TRUE(std::isnan(find_root([](double) { return NAN; }, -1, 1)));
}

TEST(Root, TakesFewEvaluations) {
  int calls = 0;
  find_root([&](double x) { return ++calls, std::cos(x) - x; }, 0, 1);
  EXPECT_LE(calls, 12);
}

}  // namespace
}  // namespace quartic::root_test
