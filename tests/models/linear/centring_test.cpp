#include "models/linear/centring.hpp"

#include <gtest/gtest.h>

namespace quartic::centring_test {
namespace {

// 0.1 ten times does not add to 1: a mean by summing would leave errors of rounding in place of zeros.
TEST(Centring, MakesWhatIsConstantExactlyZero) {
  Matrix x(10, 2);
  x.col(0).setConstant(0.1);
  x.col(1) = Vector::LinSpaced(10, 0, 9);
  const Centred centred = centre({x, Vector::Constant(10, 0.1)});
  const Matrix left = centred.data.block({0, 10}, {0, 2});
  EXPECT_TRUE((left.col(0).array() == 0).all());
  EXPECT_TRUE((centred.data.y().array() == 0).all());
  EXPECT_NEAR(left.col(1).sum(), 0, 1e-14);
}

TEST(Centring, GivesTheMeansBackToTheRule) {
  Matrix x(2, 2);
  x << 1, 4, 3, 8;
  const Centred centred = centre({x, Vector::LinSpaced(2, 10, 20)});
  const LinearRule rule = centred.rule(Vector::LinSpaced(2, 5, 2));
  EXPECT_EQ(rule.intercept, 15 - 2 * 5 - 6 * 2);
  EXPECT_EQ(rule.coefficients(1), 2);
}

}  // namespace
}  // namespace quartic::centring_test
