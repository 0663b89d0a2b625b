#include "laws/statistics/shapley.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace quartic::shapley_test {
namespace {

// Any number for every design.
Vector some_values(Index designs) {
  Vector values(designs);
  for (Index m = 0; m < designs; ++m) values[m] = 4 + std::sin(static_cast<double>(m * m + 1));
  return values;
}

TEST(Shapley, AveragesOverAllOrders) {
  const Vector values = some_values(16);
  Vector sums = Vector::Zero(4);
  std::array order = {0, 1, 2, 3};
  do {
    Index design = 0;
    for (int cause : order) {
      const Index with = design | (Index{1} << cause);
      sums[cause] += values[with] - values[design];
      design = with;
    }
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_LT((shapley_shares(values) - sums / 24).cwiseAbs().maxCoeff(), 1e-14);
}

TEST(Shapley, SharesAddUpToTheWholeChange) {
  const Vector values = some_values(64);
  EXPECT_NEAR(shapley_shares(values).sum(), values[63] - values[0], 1e-13);
}

TEST(Shapley, GivesACauseAloneAllThatItChangesAlone) {
  Vector values(8);
  for (Index m = 0; m < 8; ++m) values[m] = 4 + ((m & 2) != 0 ? 3 : 0);
  const Vector shares = shapley_shares(values);
  EXPECT_NEAR(shares[0], 0, 1e-15);
  EXPECT_NEAR(shares[1], 3, 1e-15);
  EXPECT_NEAR(shares[2], 0, 1e-15);
}

TEST(Shapley, SplitsWhatTwoCausesDoOnlyTogether) {
  Vector values(4);
  values << 4, 4, 4, 9;
  EXPECT_EQ(shapley_shares(values), Vector::Constant(2, 2.5));
}

TEST(Shapley, IsNotANumberWhereAValueIsNone) {
  Vector values = some_values(4);
  values[1] = std::nan("");
  EXPECT_TRUE(shapley_shares(values).array().isNaN().all());
}

}  // namespace
}  // namespace quartic::shapley_test
