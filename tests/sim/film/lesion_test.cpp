#include "sim/film/lesion.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace quartic::lesion_test {
namespace {

using detail::Canvas;
using detail::Lesion;

constexpr detail::Spot middle = {-0.34F, 0.43F};

Lesion lesion_of(std::array<double, 5> details) {
  return detail::make_lesion(details);
}

TEST(Lesion, DetailsAreWhatTheHeaderSays) {
  const Lesion usual = lesion_of({0, 0, 0, 1, 0}), other = lesion_of({2, 1, 1, 1, 3});
  EXPECT_FLOAT_EQ(usual.radius, 0.028F);
  EXPECT_FLOAT_EQ(usual.density, 0.42F);
  EXPECT_FLOAT_EQ(usual.spiculation, 0.09F);
  EXPECT_EQ(usual.specks, 1);
  EXPECT_FLOAT_EQ(other.radius, 0.048F);
  EXPECT_FLOAT_EQ(other.density, 0.50F);
  EXPECT_FLOAT_EQ(other.spiculation, 0.16F);
  EXPECT_EQ(other.specks, 4);
}

TEST(Lesion, ALesionThatIsNotPresentIsAFaintOne) {
  const Lesion there = lesion_of({1, 1, 1, 1.5, 1}), absent = lesion_of({1, 1, 1, -0.65, 1});
  EXPECT_FLOAT_EQ(absent.density, there.density / 4);
  EXPECT_FLOAT_EQ(absent.lime, there.lime / 4);
  EXPECT_EQ(absent.radius, there.radius);
}

TEST(Lesion, DetailsFarOutAreHeldWithinLimits) {
  EXPECT_FLOAT_EQ(lesion_of({100, 0, 100, 1, 0}).radius, 0.080F);
  EXPECT_FLOAT_EQ(lesion_of({-100, 0, -100, 1, -100}).radius, 0.008F);
  EXPECT_EQ(lesion_of({-100, 0, -100, 1, -100}).spiculation, 0);
  EXPECT_EQ(lesion_of({-100, 0, -100, 1, -100}).specks, 0);
}

// Of a smooth ball the integral of the attenuation is 2/3 pi r^2 times its middle.
TEST(Lesion, ABallIsAsDenseAsItIsThick) {
  const Lesion ball{.radius = 0.06F, .density = 0.5F};
  const Canvas canvas = detail::draw_lesions(std::array{ball}, std::array{middle}, Stream(3), 512);
  EXPECT_NEAR(canvas.maxCoeff(), 0.5F, 0.002F);
  EXPECT_NEAR(canvas.sum() / (512 * 512) / (0.5 * 2 / 3 * std::numbers::pi * 0.06 * 0.06), 1, 0.2);
}

TEST(Lesion, SpecksAndSpiculesAddToIt) {
  const auto sum = [](const Lesion& lesion) {
    return detail::draw_lesions(std::array{lesion}, std::array{middle}, Stream(3), 256).sum();
  };
  const double plain = sum({.radius = 0.04F, .density = 0.4F});
  EXPECT_GT(sum({.radius = 0.04F, .density = 0.4F, .specks = 3, .lime = 0.4F}), plain + 5);
  EXPECT_GT(sum({.radius = 0.04F, .density = 0.4F, .spiculation = 0.2F}), plain + 5);
}

TEST(Lesion, IsDrawnAtItsSpot) {
  const std::array lesions = {Lesion{.radius = 0.03F, .density = 0.4F},
                              Lesion{.radius = 0.03F, .density = 0.4F}};
  const Canvas canvas =
      detail::draw_lesions(lesions, std::array{middle, detail::Spot{0.5F, 0.3F}}, Stream(3), 200);
  EXPECT_NEAR(canvas(86, 66), 0.4F, 0.01F);
  EXPECT_NEAR(canvas(60, 150), 0.4F, 0.01F);
  EXPECT_EQ(canvas(100, 100), 0);
}

TEST(Lesion, NothingIsDrawnOfALesionWithoutDensity) {
  EXPECT_EQ(detail::draw_lesions(std::array{Lesion{.radius = 0.05F}}, std::array{middle}, Stream(3), 64),
            Canvas::Zero(64, 64));
}

}  // namespace
}  // namespace quartic::lesion_test
