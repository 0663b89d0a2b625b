#include "models/linear/moments.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::moments_test {
namespace {

const std::vector<Index> kSizes = {5, 30, 39, 40, 41, 100};

TEST(Moments, HoldsWhatTheNeedsName) {
  const Data data = gaussian_problem(100, 40, 1);
  const Moments all(data, kSizes, {.row_gram = true, .column_gram = true, .row_factor = true});
  for (Index n : {5, 30, 39}) {
    EXPECT_NE(all.row_gram(n), nullptr);
    EXPECT_NE(all.row_factor(n), nullptr);
    EXPECT_EQ(all.column_gram(n), nullptr);
  }
  for (Index n : {40, 41, 100}) {
    EXPECT_EQ(all.row_gram(n), nullptr);
    EXPECT_EQ(all.row_factor(n), nullptr);
    ASSERT_NE(all.column_gram(n), nullptr);
    EXPECT_EQ(all.column_gram(n)->rows, n);
  }
  const Moments none(data, kSizes, {});
  EXPECT_EQ(none.row_gram(5), nullptr);
  EXPECT_EQ(none.row_factor(5), nullptr);
  EXPECT_EQ(none.column_gram(40), nullptr);
}

TEST(Moments, HasTheBitsOfASizeAlone) {
  const Data data = gaussian_problem(100, 40, 1);
  const Needs needs{.row_gram = true, .column_gram = true, .row_factor = true};
  const Moments all(data, kSizes, needs);
  for (Index n : kSizes) {
    const std::vector<Index> one = {n};
    const Moments alone(data.prefix(n), one, needs);
    if (n < 40) {
      EXPECT_EQ(all.row_gram(n)->leading(n), alone.row_gram(n)->leading(n));
      EXPECT_EQ(all.row_factor(n)->solve(data.y().head(n)), alone.row_factor(n)->solve(data.y().head(n)));
    } else {
      EXPECT_EQ(all.column_gram(n)->gram, alone.column_gram(n)->gram);
    }
  }
}

TEST(Moments, CountsItsBytes) {
  const double triangle = static_cast<double>(Triangle::size(39)) * 8, square = (40 * 40 + 40) * 8;
  EXPECT_EQ(Moments::bytes(40, kSizes, {}), 0);
  EXPECT_EQ(Moments::bytes(40, kSizes, {.row_gram = true}), triangle);
  EXPECT_EQ(Moments::bytes(40, kSizes, {.row_gram = true, .row_factor = true}), 2 * triangle);
  EXPECT_EQ(Moments::bytes(40, kSizes, {.column_gram = true}), 4 * square);
}

TEST(Moments, RefusesSizesThatTheDataDoNotHave) {
  const Data data = gaussian_problem(10, 4, 1);
  const std::vector<Index> too_large = {5, 11}, none = {0};
  EXPECT_THROW(Moments(data, too_large, {}), InvalidInput);
  EXPECT_THROW(Moments(data, none, {}), InvalidInput);
}

}  // namespace
}  // namespace quartic::moments_test
