#include "sim/film/exposure.hpp"

#include <gtest/gtest.h>

namespace quartic::exposure_test {
namespace {

using detail::Canvas;
using detail::Shadow;

float middle_of(float attenuation, float exposure) {
  const Shadow shadow{Canvas::Constant(64, 64, attenuation), Canvas::Zero(64, 64), 2};
  return detail::expose(shadow, {.exposure = exposure}, Stream(1)).block(8, 8, 16, 16).mean();
}

TEST(Exposure, WhatAttenuatesMoreIsWhiter) {
  EXPECT_NEAR(middle_of(0, 1), 0, 0.03F);
  EXPECT_LT(middle_of(0, 1), middle_of(0.6F, 1) - 0.1F);
  EXPECT_LT(middle_of(0.6F, 1), middle_of(1.6F, 1) - 0.3F);
  EXPECT_GT(middle_of(2.5F, 1), 0.9F);
}

TEST(Exposure, MoreLightMakesTheFilmDarker) {
  EXPECT_LT(middle_of(0.6F, 1.2F), middle_of(0.6F, 0.9F) - 0.02F);
}

TEST(Exposure, CloudsAreWhereAirIs) {
  const auto spread = [](float air) {
    const Canvas film =
        detail::expose({Canvas::Constant(128, 128, 1), Canvas::Constant(128, 128, air), 1}, {}, Stream(1));
    return (film.array() - film.mean()).square().mean();
  };
  EXPECT_GT(spread(1), 1.5F * spread(0));
}

}  // namespace
}  // namespace quartic::exposure_test
