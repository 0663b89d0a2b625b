#include "experiments/theory/series.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/power_law_limits.hpp"
#include "sim/worlds/smooth.hpp"
#include "tests/support/full_options.hpp"

namespace quartic::series_test {
namespace {

struct Asked {
  Choice world{"smooth", {}};
  Facts facts = Smooth{.candidates = 200, .roughness = 2.5, .noise = 0.5}.draw(Stream(1)).facts();
  double tail = facts["tail"], signal = facts["signal"];

  TheoryQuery query(const char* model, double rows) const {
    return {.world = &world,
            .model = model,
            .options = testing::model_options(model, {{"penalty", 0.01}}),
            .rows = rows,
            .columns = 200,
            .facts = &facts};
  }
};

TEST(OverlaySeries, WhatFollowsIsNoiseAndError) {
  const Asked asked;
  EXPECT_NEAR(theory_error(asked.query("least_squares", 400)) * asked.signal,
              asked.tail + (0.25 + asked.tail) * 200 / 199, 1e-12);
  const double in_columns =
      ridge_equivalent(power_law_spectrum(200, 1.8, 0), {100, 0.01, 0.25 + asked.tail}).risk;
  EXPECT_NEAR(theory_error(asked.query("ridge", 100)) * asked.signal, asked.tail + in_columns, 1e-12);
}

TEST(OverlaySeries, LeastSquaresOfFewRowsIsRidgeless) {
  const Asked asked;
  TheoryQuery ridgeless = asked.query("ridge", 50);
  ridgeless.options["penalty"] = 0.0;
  EXPECT_EQ(theory_error(asked.query("least_squares", 50)), theory_error(ridgeless));
}

TEST(OverlaySeries, GivesOnePassOfGradientDescent) {
  const Asked asked;
  TheoryQuery sgd = asked.query("linear_sgd", 100);
  EXPECT_TRUE(std::isnan(theory_error(sgd)));
  sgd.options["step"] = 0.1;
  const DiagonalSgd design{power_law_spectrum(200, 1.8, 0), 0.25 + asked.tail, 0.1};
  EXPECT_NEAR(theory_error(sgd) * asked.signal, asked.tail + sgd_risk(design, 100, SgdAverage::tail), 1e-12);
  sgd.options["average"] = std::string("all");
  EXPECT_NEAR(theory_error(sgd) * asked.signal, asked.tail + sgd_risk(design, 100, SgdAverage::all), 1e-12);
  sgd.options["average"] = std::string("last");
  EXPECT_NEAR(theory_error(sgd) * asked.signal, asked.tail + sgd_risk(design, 100, SgdAverage::last), 1e-12);
}

TEST(OverlaySeries, IsSilentWhereItKnowsNothing) {
  const Asked asked;
  EXPECT_TRUE(std::isnan(theory_error(asked.query("lasso", 100))));
  EXPECT_TRUE(std::isnan(theory_error(asked.query("least_squares", 200))));
  TheoryQuery expert = asked.query("ridge", 100);
  expert.columns = 20;
  EXPECT_TRUE(std::isnan(theory_error(expert)));
  TheoryQuery chosen = asked.query("ridge", 100);
  chosen.options["penalty"] = std::string("cv");
  EXPECT_TRUE(std::isnan(theory_error(chosen)));
}

/// A power_law table as its facts describe it.
struct PowerLawAsked {
  Choice world{"power_law", {}};
  Facts facts = {
      {"candidates", 60}, {"noise", 0.5},  {"signal", power_tail(1.75, 0)}, {"tail", power_tail(1.75, 60)},
      {"spectrum", 1.5},  {"target", 1.75}};

  TheoryQuery query(const char* model, double rows) const {
    return {.world = &world,
            .model = model,
            .options = testing::model_options(model, {{"penalty", 0.01}}),
            .rows = rows,
            .columns = 60,
            .facts = &facts};
  }
};

TEST(OverlaySeries, GivesGradientDescentUnderAPowerLaw) {
  const PowerLawAsked asked;
  TheoryQuery sgd = asked.query("linear_sgd", 500);
  EXPECT_TRUE(std::isnan(theory_error(sgd)));
  sgd.options["step"] = 0.3;
  for (const char* word : {"last", "tail", "all"}) {
    sgd.options["average"] = std::string(word);
    const PowerLawSgd design{.noise_variance = 0.25, .average = sgd_average(word)};
    EXPECT_NEAR(theory_error(sgd), power_law_sgd_risk(design, 60, 500) / power_tail(1.75, 0), 1e-12) << word;
  }
}

TEST(OverlaySeries, GivesLeastSquaresAndRidgeUnderAPowerLaw) {
  const PowerLawAsked asked;
  const double tail = power_tail(1.75, 60), signal = power_tail(1.75, 0);
  EXPECT_NEAR(theory_error(asked.query("least_squares", 300)), (tail + (0.25 + tail) * 60 / 239) / signal,
              1e-12);
  const double in_columns =
      ridge_equivalent(power_law_spectrum(60, 1.5, 0.25), {100, 0.01, 0.25 + tail}).risk;
  EXPECT_NEAR(theory_error(asked.query("ridge", 100)), (tail + in_columns) / signal, 1e-12);
}

/// A column that is missing is one more of those that follow, but only where it is among the last shown.
TEST(OverlaySeries, KnowsTheFirstColumnsFromOthers) {
  const PowerLawAsked asked;
  TheoryQuery first = asked.query("linear_sgd", 500);
  first.options["step"] = 0.3;
  first.options["average"] = std::string("last");
  first.columns = 12;
  const double signal = asked.facts.at("signal");
  first.missing_share = (power_tail(1.75, 12) - power_tail(1.75, 60)) / signal;
  const PowerLawSgd design{.noise_variance = 0.25};
  EXPECT_NEAR(theory_error(first) * signal / power_law_sgd_risk(design, 12, 500), 1, 1e-9);
  TheoryQuery others = first;  // the twelfth is exchanged for the thirteenth
  others.missing_share += (std::pow(12., -1.75) - std::pow(13., -1.75)) / signal;
  EXPECT_TRUE(std::isnan(theory_error(others)));
}

}  // namespace
}  // namespace quartic::series_test
