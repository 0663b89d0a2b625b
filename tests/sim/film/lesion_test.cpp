#include "sim/film/lesion.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "sim/film/chest.hpp"

namespace quartic::lesion_test {
namespace {

using detail::Canvas;
using detail::Lesion;

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

TEST(Lesion, PlacesLieInTheLungsOfAnyBody) {
  for (std::uint64_t patient = 0; patient < 50; ++patient) {
    const Stream stream(patient);
    const detail::Body body = detail::draw_body(stream);
    const Canvas air = detail::draw_chest(body, 128).air;
    for (Index k = 0; k < 200; ++k) {
      const detail::Spot spot = detail::place_lesion(body, stream, k);
      const auto row = static_cast<Index>(spot.v * 128), column = static_cast<Index>((spot.u + 1) * 64);
      EXPECT_GT(air(row, column), k < 10 ? 0.9F : 0.2F) << patient << " " << k;
      EXPECT_EQ(spot.u > detail::spine_at(body, spot.v), k % 2 == 1);
    }
  }
}

TEST(Lesion, TheFirstTenPlacesAreApart) {
  for (Index a = 0; a < 10; ++a)
    for (Index b = 0; b < a; ++b) {
      const detail::Spot one = detail::place_lesion({}, Stream(1), a),
                         other = detail::place_lesion({}, Stream(1), b);
      EXPECT_GT(std::hypot((one.u - other.u) / 2, one.v - other.v), 0.06) << a << " " << b;
    }
}

// Of a smooth ball the integral of the attenuation is 2/3 pi r^2 times its middle.
TEST(Lesion, ABallIsAsDenseAsItIsThick) {
  const Lesion ball{.radius = 0.06F, .density = 0.5F};
  const Canvas canvas = detail::draw_lesions({}, std::array{ball}, Stream(3), 512);
  EXPECT_NEAR(canvas.maxCoeff(), 0.5F, 0.002F);
  EXPECT_NEAR(canvas.sum() / (512 * 512) / (0.5 * 2 / 3 * std::numbers::pi * 0.06 * 0.06), 1, 0.2);
}

TEST(Lesion, SpecksAndSpiculesAddToIt) {
  const auto sum = [](const Lesion& lesion) {
    return detail::draw_lesions({}, std::array{lesion}, Stream(3), 256).sum();
  };
  const double plain = sum({.radius = 0.04F, .density = 0.4F});
  EXPECT_GT(sum({.radius = 0.04F, .density = 0.4F, .specks = 3, .lime = 0.4F}), plain + 5);
  EXPECT_GT(sum({.radius = 0.04F, .density = 0.4F, .spiculation = 0.2F}), plain + 5);
}

TEST(Lesion, NothingIsDrawnOfALesionWithoutDensity) {
  EXPECT_EQ(detail::draw_lesions({}, std::array{Lesion{.radius = 0.05F}}, Stream(3), 64),
            Canvas::Zero(64, 64));
}

}  // namespace
}  // namespace quartic::lesion_test
