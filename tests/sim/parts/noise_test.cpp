#include "sim/parts/noise.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/thrown_message.hpp"

namespace quartic::noise_test {
namespace {

TEST(Noise, GaussianIsTheFirstNormalOfTheStream) {
  EXPECT_EQ(Noise("gaussian", 2.5).draw(Stream(1)), 2.5 * Stream(1).normal());
}

TEST(Noise, OfARowDoesNotDependOnTheBlockItIsDrawnWith) {
  const Noise noise("student(3)", 2);
  const Vector whole = noise.of_rows({0, 5}, Stream(4)), some = noise.of_rows({2, 2}, Stream(4));
  EXPECT_EQ(some, whole.segment(2, 2));
  EXPECT_EQ(whole[3], noise.draw(Stream(4).child(3).child("noise")));
}

TEST(Noise, NoiseFreeLabelsHaveNone) {
  EXPECT_EQ(Noise("gaussian", 0).draw(Stream(1)), 0);
  EXPECT_EQ(Noise("student(3)", 0).draw(Stream(1)), 0);
}

// t_df -> N(0, 1): the same uniforms give Box and Muller's normal.
TEST(Noise, StudentWithManyDegreesIsGaussian) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Stream words(seed);
    const double r = std::sqrt(detail::minus_two_log(words()));
    const double z = r * detail::cos_sin(words()).cos;
    EXPECT_NEAR(Noise("student(1e6)", 1).draw(Stream(seed)), z, 3e-5);
  }
}

TEST(Noise, RefusesInfiniteVariance) {
  EXPECT_EQ(support::thrown_message([] {
              require_tails("student(2)");
            }).find("tails = \"student(2)\" (with 2 degrees"),
            0);
  EXPECT_NE(support::thrown_message([] { require_tails("student(1e9)"); }), "");
  EXPECT_EQ(support::thrown_message([] { require_tails("normal"); }),
            "tails = \"normal\" (it understands gaussian, student(df)). Write one of these.");
}

}  // namespace
}  // namespace quartic::noise_test
