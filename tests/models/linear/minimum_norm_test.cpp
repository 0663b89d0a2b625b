#include "models/linear/minimum_norm.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::minimum_norm_test {
namespace {

Data twins(double scale) {
  Matrix x(3, 2);
  x << 1, 1, 2, 2, 2, 2;
  return {Matrix(scale * x), Vector(scale * 6 * x.col(0))};
}

TEST(MinimumNorm, SharesTheEffectOfEqualColumns) {
  for (const double scale : {1.0, 1e200, 1e-200}) {  // squares of these overflow, or vanish
    const MinimumNorm found = minimum_norm(twins(scale));
    EXPECT_EQ(found.rank, 1);
    EXPECT_NEAR(found.coefficients(0), 3, 1e-13) << scale;
    EXPECT_NEAR(found.coefficients(1), 3, 1e-13) << scale;
    EXPECT_LT(found.certificate, 1e-14) << scale;
  }
}

TEST(MinimumNorm, IsZeroForColumnsOfZeros) {
  const MinimumNorm found = minimum_norm(twins(0));
  EXPECT_EQ(found.rank, 0);
  EXPECT_EQ(found.coefficients.norm(), 0);
  EXPECT_EQ(found.certificate, 0);
}

TEST(MinimumNorm, SaysThatDataAreNotFinite) {
  EXPECT_TRUE(std::isnan(minimum_norm(twins(INFINITY)).coefficients(0)));
}

}  // namespace
}  // namespace quartic::minimum_norm_test
