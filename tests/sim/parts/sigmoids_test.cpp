#include "sim/parts/sigmoids.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::sigmoids_test {
namespace {

TEST(Sigmoids, ErrorFunctionsMatchLibm) {
  for (double x = -7; x < 7; x += 0.0137) EXPECT_NEAR(detail::error_function(x), std::erf(x), 4e-16) << x;
  for (double x = 1e-12; x < 1; x *= 1.3) EXPECT_NEAR(detail::error_function(x) / std::erf(x), 1, 1e-15) << x;
}

TEST(Sigmoids, HyperbolicTangentsMatchLibm) {
  for (double x = -22; x < 22; x += 0.0137)
    EXPECT_NEAR(detail::hyperbolic_tangent(x), std::tanh(x), 4e-16) << x;
  for (double x = 1e-12; x < 1; x *= 1.3)
    EXPECT_NEAR(detail::hyperbolic_tangent(x) / std::tanh(x), 1, 1e-15) << x;
}

TEST(Sigmoids, AreOddAndReachOne) {
  for (double x = 0; x < 25; x += 0.37) {
    EXPECT_EQ(detail::error_function(-x), -detail::error_function(x));
    EXPECT_EQ(detail::hyperbolic_tangent(-x), -detail::hyperbolic_tangent(x));
  }
  EXPECT_EQ(detail::error_function(6), 1);
  EXPECT_EQ(detail::hyperbolic_tangent(-1e300), -1);
}

TEST(Sigmoids, NormalProbabilitiesAreThoseOfTheTables) {
  EXPECT_EQ(detail::normal_probability(0), 0.5);
  EXPECT_NEAR(detail::normal_probability(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(detail::normal_probability(-1.2815515655446004), 0.1, 1e-15);
}

}  // namespace
}  // namespace quartic::sigmoids_test
