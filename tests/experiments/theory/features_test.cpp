#include "experiments/theory/features.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "experiments/theory/theory.hpp"
#include "laws/theory/random_features.hpp"
#include "tests/support/full_options.hpp"

namespace quartic::features_test {
namespace {

struct Asked {
  Choice world{"sparse_linear", testing::world_options("sparse_linear")};
  Facts facts = {{"candidates", 100}, {"relevant", 10}, {"noise", 0.5}, {"signal", 4}};
  OptionValues options =
      testing::model_options("random_features", {{"features", Index{60}}, {"penalty", 1e-3}});

  TheoryQuery query() const {
    return {.world = &world,
            .model = "random_features",
            .options = options,
            .rows = 300,
            .columns = 100,
            .facts = &facts};
  }
};

TEST(OverlayFeatures, GivesTheGoldenValue) {
  Asked asked;
  asked.facts["signal"] = 1;
  EXPECT_NEAR(theory_error(asked.query()), 0.8376, 5e-5);
}

TEST(OverlayFeatures, CountsSignalInUnitsOfItsVariance) {
  const Asked asked;
  const double expected = random_features_risk({.features_per_column = 0.6,
                                                .rows_per_column = 3,
                                                .penalty = 1e-3,
                                                .linear_signal = 4,
                                                .noise_variance = 0.25})
                              .excess;
  EXPECT_NEAR(theory_error(asked.query()), expected / 4, 1e-12);
}

TEST(OverlayFeatures, WhatIsNotSeenIsNoiseAndError) {
  const Asked asked;
  TheoryQuery query = asked.query();
  query.missing_share = 0.25;
  const double expected = random_features_error({300, 100, 3, 1.25}, asked.options);
  EXPECT_NEAR(theory_error(query), (1 + expected) / 4, 1e-12);
}

/// E Z f(Z) and the rest of E f^2 for erf(u/sqrt 2), by Monte Carlo.
TEST(OverlayFeatures, KnowsTheMomentsOfErf) {
  constexpr Index draws = 200000;
  Vector linear(draws), square(draws);
  Stream stream(2);
  for (Index k = 0; k < draws; ++k) {
    const double z = stream.normal(), f = std::erf(z / std::sqrt(2.));
    linear[k] = z * f;
    square[k] = f * f;
  }
  const double mu1 = linear.mean();
  const RandomFeaturesLimit sampled{
      .features_per_column = 0.6, .penalty = 1e-3, .activation = {mu1, square.mean() - mu1 * mu1}};
  const auto found_for = [](const char* activation) {
    return random_features_error(
        {300, 100, 1, 0}, {{"features", 60.}, {"penalty", 1e-3}, {"activation", std::string(activation)}});
  };
  const double found = found_for("erf");
  // mu1^2 and mu*^2 are known to .3 and 5 % from the sample.
  RandomFeaturesLimit exact = sampled;
  exact.noise_variance = 0;
  EXPECT_NEAR(found / random_features_risk(exact).excess, 1, 0.02);
  EXPECT_GT(std::abs(found / found_for("relu") - 1), 0.05);
}

TEST(OverlayFeatures, IsSilentWhereItKnowsNothing) {
  Asked asked;
  asked.options["activation"] = "fourier";
  EXPECT_TRUE(std::isnan(theory_error(asked.query())));
  asked.options["activation"] = "relu";
  TheoryQuery few = asked.query();
  few.columns = 20;
  EXPECT_TRUE(std::isnan(theory_error(few)));
  asked.world.options["covariance"] = "ar1(0.5)";
  EXPECT_TRUE(std::isnan(theory_error(asked.query())));
}

}  // namespace
}  // namespace quartic::features_test
