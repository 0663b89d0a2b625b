#include "sim/film/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace quartic::shapes_test {
namespace {

TEST(Shapes, ExponentialsMatchLibm) {
  for (float x = -79; x < 79; x += 0.0173F)
    EXPECT_NEAR(detail::film_exponential(x) / std::exp(double{x}), 1, 3e-7) << x;
}

TEST(Shapes, LogarithmsMatchLibm) {
  for (float x = 1e-30F; x < 1e30F; x *= 1.0173F)
    EXPECT_NEAR(detail::film_logarithm(x), std::log(double{x}), 2e-7 * (1 + std::abs(std::log(double{x}))))
        << x;
}

TEST(Shapes, PositiveIsTheLargerOfZeroAndItsArgument) {
  for (const float x : {-3.7F, -1e-9F, 0.0F, 1e-9F, 0.3F, 2.5F})
    EXPECT_EQ(detail::positive(x), std::max(0.0F, x));
}

TEST(Shapes, ASoftStepRisesFromZeroToOneAsSteeplyAsTheLogistic) {
  EXPECT_EQ(detail::soft_step(-3), 0);
  EXPECT_EQ(detail::soft_step(100), 1);
  EXPECT_EQ(detail::soft_step(0), 0.5F);
  EXPECT_NEAR((detail::soft_step(0.01F) - detail::soft_step(-0.01F)) / 0.02F, 0.25F, 1e-4F);
}

TEST(Shapes, ASoftSpotIsNearlyGaussian) {
  for (float t = -3; t <= 3; t += 0.1F) EXPECT_NEAR(detail::soft_spot(t), std::exp(-t * t), 0.08F) << t;
  EXPECT_EQ(detail::soft_spot(2), 0);
}

}  // namespace
}  // namespace quartic::shapes_test
