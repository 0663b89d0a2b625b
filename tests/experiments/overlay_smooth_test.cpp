#include "experiments/overlay_smooth.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/deterministic_equivalent.hpp"
#include "sim/worlds/smooth.hpp"

namespace quartic {
namespace {

struct Asked {
  Choice world{"smooth", {}};
  Facts facts = Smooth{.candidates = 200, .roughness = 2.5, .noise = 0.5}.draw(Stream(1)).facts();
  double tail = facts["tail"], signal = facts["signal"];

  TheoryQuery query(const char* model, double rows) const {
    return {.world = &world, .model = model, .penalty = 0.01, .rows = rows, .columns = 200, .facts = &facts};
  }
};

TEST(OverlaySmooth, WhatFollowsIsNoiseAndError) {
  const Asked asked;
  EXPECT_NEAR(theory_error(asked.query("least_squares", 400)) * asked.signal,
              asked.tail + (0.25 + asked.tail) * 200 / 199, 1e-12);
  const double in_columns =
      ridge_equivalent(power_law_spectrum(200, 1.8, 0), {100, 0.01, 0.25 + asked.tail}).risk;
  EXPECT_NEAR(theory_error(asked.query("ridge", 100)) * asked.signal, asked.tail + in_columns, 1e-12);
}

TEST(OverlaySmooth, LeastSquaresOfFewRowsIsRidgeless) {
  const Asked asked;
  TheoryQuery ridgeless = asked.query("ridge", 50);
  ridgeless.penalty = 0;
  EXPECT_EQ(theory_error(asked.query("least_squares", 50)), theory_error(ridgeless));
}

TEST(OverlaySmooth, GivesOnePassOfGradientDescent) {
  const Asked asked;
  TheoryQuery sgd = asked.query("linear_sgd", 100);
  EXPECT_TRUE(std::isnan(theory_error(sgd)));
  sgd.step = 0.1;
  const DiagonalSgd design{power_law_spectrum(200, 1.8, 0), 0.25 + asked.tail, 0.1};
  EXPECT_NEAR(theory_error(sgd) * asked.signal, asked.tail + sgd_risk(design, 100, SgdAverage::tail), 1e-12);
  sgd.average = "all";
  EXPECT_NEAR(theory_error(sgd) * asked.signal, asked.tail + sgd_risk(design, 100, SgdAverage::all), 1e-12);
  sgd.average = "last";
  EXPECT_NEAR(theory_error(sgd) * asked.signal, asked.tail + sgd_risk(design, 100, SgdAverage::last), 1e-12);
}

TEST(OverlaySmooth, IsSilentWhereItKnowsNothing) {
  const Asked asked;
  EXPECT_TRUE(std::isnan(theory_error(asked.query("lasso", 100))));
  EXPECT_TRUE(std::isnan(theory_error(asked.query("least_squares", 200))));
  TheoryQuery expert = asked.query("ridge", 100);
  expert.columns = 20;
  EXPECT_TRUE(std::isnan(theory_error(expert)));
  TheoryQuery chosen = asked.query("ridge", 100);
  chosen.penalty = std::nan("");
  EXPECT_TRUE(std::isnan(theory_error(chosen)));
}

}  // namespace
}  // namespace quartic
