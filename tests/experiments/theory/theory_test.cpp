#include "experiments/theory/theory.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/lasso.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/ridge.hpp"
#include "laws/theory/sgd.hpp"
#include "tests/support/full_options.hpp"

namespace quartic::theory_test {
namespace {

/// The world of the figure, and what may be asked of it.
struct Asked {
  Choice world{"sparse_linear", testing::world_options("sparse_linear")};
  Facts facts{{"candidates", 1000}, {"relevant", 10}, {"noise", 1}, {"signal", 10}};

  TheoryQuery query(const std::string& model, double rows, double columns) const {
    return {.world = &world,
            .model = model,
            .options = testing::model_options(model),
            .rows = rows,
            .columns = columns,
            .facts = &facts};
  }
};

TEST(Overlay, GivesTheOracleTheExpertAndTheFlexibleModel) {
  const Asked figure;
  EXPECT_DOUBLE_EQ(theory_error(figure.query("least_squares", 15, 10)), 0.25);
  EXPECT_DOUBLE_EQ(theory_error(figure.query("least_squares", 1401, 1000)), 0.25);
  EXPECT_DOUBLE_EQ(theory_error(figure.query("least_squares", 200, 1000)), 0.8 + 0.1 * 200 / 799.);
  TheoryQuery expert = figure.query("least_squares", 100, 10);
  expert.missing_share = 0.1;
  EXPECT_DOUBLE_EQ(theory_error(expert), 0.1 + 0.2 * 10 / 89);
}

TEST(Overlay, GivesTheLassoByStateEvolution) {
  const Asked figure;
  TheoryQuery lasso = figure.query("lasso", 200, 1000);
  EXPECT_TRUE(std::isnan(theory_error(lasso)));
  const double penalty = universal_penalty({.rows = 200, .candidates = 1000});
  lasso.options["penalty"] = penalty;
  EXPECT_NEAR(theory_error(lasso), 0.16768, 5e-6);
  lasso.missing_share = 0.1;  // nine coefficients left, and noise of variance 2
  const LassoDesign design{
      .rows = 200, .candidates = 1000, .noise_variance = 2, .coefficients = Vector::Ones(9)};
  EXPECT_NEAR(theory_error(lasso), 0.1 + lasso_state(design, penalty).risk / 10, 1e-12);
}

TEST(Overlay, GivesTheHybridByStateEvolution) {
  const Asked figure;
  TheoryQuery hybrid = figure.query("hybrid", 200, 1000), lasso = figure.query("lasso", 200, 1000);
  EXPECT_TRUE(std::isnan(theory_error(hybrid)));  // trust and penalty are chosen by the data
  hybrid.options["penalty"] = lasso.options["penalty"] = 0.3;
  hybrid.options["trust"] = 1.0;
  EXPECT_EQ(theory_error(hybrid), theory_error(lasso)) << "nobody names anything";
  hybrid.named = {9, 3};
  LassoDesign design{.rows = 200,
                     .candidates = 988,
                     .coefficients = Vector::Ones(1),
                     .named = 12,
                     .named_coefficients = Vector::Ones(9)};
  EXPECT_NEAR(theory_error(hybrid), lasso_state(design, 0.3).risk / 10, 1e-12);
  hybrid.options["trust"] = 0.5;
  design.named_factor = 0.5;
  EXPECT_NEAR(theory_error(hybrid), lasso_state(design, 0.3).risk / 10, 1e-12);
  hybrid.options["loss"] = std::string("logistic");
  EXPECT_TRUE(std::isnan(theory_error(hybrid)));
}

TEST(Overlay, GivesTheHybridOfGaussianCoefficientsWhereTheNamedAreFree) {
  Asked asked;
  asked.world.options["coefficients"] = std::string("gaussian");
  TheoryQuery hybrid = asked.query("hybrid", 200, 1000);
  hybrid.options["penalty"] = 0.3;
  hybrid.named = {9, 3};
  hybrid.options["trust"] = 1.0;
  EXPECT_GT(theory_error(hybrid), 0);
  hybrid.options["trust"] = 0.5;
  EXPECT_TRUE(std::isnan(theory_error(hybrid)));
  asked.world.options["coefficients"] = std::string("decay(1)");
  EXPECT_TRUE(std::isnan(theory_error(hybrid)));
}

TEST(Overlay, ScalesCoefficientsToTheSignal) {
  Asked asked;
  asked.facts["signal"] = 2;
  for (const char* word : {"gaussian", "decay(0.5)", "linear(10, 0.5)", "halving(2)"}) {
    asked.world.options["coefficients"] = std::string(word);
    TheoryQuery huge = asked.query("lasso", 200, 1000);
    huge.options["penalty"] = 100.0;
    EXPECT_NEAR(theory_error(huge), 1, 1e-9) << word;
    huge.missing_share = 0.5;
    EXPECT_TRUE(std::isnan(theory_error(huge))) << word;
  }
}

TEST(Overlay, GivesRidgeAtANumber) {
  const Asked figure;
  TheoryQuery ridge = figure.query("ridge", 200, 1000);
  ridge.options["penalty"] = 0.4;
  EXPECT_NEAR(theory_error(ridge), ridge_risk({5, 10, 1}, 0.4) / 10, 1e-12);
  ridge.options["penalty"] = 0.0;
  EXPECT_EQ(theory_error(ridge), theory_error(figure.query("least_squares", 200, 1000)));
}

TEST(Overlay, KnowsWhatHoldsUnderAnyCovariance) {
  Asked asked;
  for (const char* word : {"ar1(0.5)", "blocks(10, 0.3)", "spectrum(1)"}) {
    asked.world.options["covariance"] = std::string(word);
    EXPECT_DOUBLE_EQ(theory_error(asked.query("least_squares", 1401, 1000)), 0.25) << word;
    EXPECT_TRUE(std::isnan(theory_error(asked.query("least_squares", 200, 1000)))) << word;
    TheoryQuery lasso = asked.query("lasso", 200, 1000);
    lasso.options["penalty"] = 0.1;
    EXPECT_TRUE(std::isnan(theory_error(lasso))) << word;
  }
  asked.world.options["covariance"] = std::string("ar1(0.5)");
  TheoryQuery expert = asked.query("least_squares", 100, 10);
  expert.missing_share = 0.1;
  EXPECT_TRUE(std::isnan(theory_error(expert)));
}

TEST(Overlay, TakesASpectrumByItsDeterministicEquivalent) {
  Asked asked;
  asked.world.options = testing::world_options("sparse_linear", {{"covariance", std::string("spectrum(1.5)")},
                                                                 {"coefficients", std::string("decay(0.5)")},
                                                                 {"support", std::string("first")}});
  const CovarianceSpectrum world = power_law_spectrum(600, 1.5, 1);  // squares of k^-0.5 on every column
  const double signal = world.eigenvalues.dot(world.squared_coefficients);
  asked.facts = {{"candidates", 600}, {"relevant", 600}, {"noise", 0.5}, {"signal", signal}};
  TheoryQuery ridge = asked.query("ridge", 100, 600);
  ridge.options["penalty"] = 0.01;
  EXPECT_NEAR(theory_error(ridge) * signal, 0.0478, 5e-5);
  EXPECT_NEAR(theory_error(asked.query("least_squares", 300, 600)) * signal, 0.3982, 5e-5);
}

TEST(Overlay, GivesOnePassOfGradientDescentOnIsotropicColumns) {
  Asked asked;
  TheoryQuery sgd = asked.query("linear_sgd", 500, 1000);
  EXPECT_TRUE(std::isnan(theory_error(sgd)));
  sgd.options["step"] = 0.00025;
  EXPECT_NEAR(theory_error(sgd), sgd_risk(IsotropicSgd{1000, 10, 1, 0.00025}, 500, SgdAverage::tail) / 10,
              1e-12);
  asked.world.options["covariance"] = std::string("ar1(0.5)");
  EXPECT_TRUE(std::isnan(theory_error(sgd)));
}

TEST(Overlay, IsSilentWhereItKnowsNothing) {
  Asked asked;
  TheoryQuery forest = asked.query("lasso", 100, 1000);
  forest.model = "forest";
  EXPECT_TRUE(std::isnan(theory_error(forest)));
  EXPECT_TRUE(std::isnan(theory_error(asked.query("least_squares", 1000, 1000))));
  TheoryQuery centred = asked.query("least_squares", 100, 10);
  centred.options["intercept"] = true;
  EXPECT_TRUE(std::isnan(theory_error(centred)));
  asked.facts["signal"] = 0;
  EXPECT_TRUE(std::isnan(theory_error(asked.query("least_squares", 100, 10))));
  asked.world.kind = "other";
  EXPECT_TRUE(std::isnan(theory_error(asked.query("least_squares", 100, 10))));
}

}  // namespace
}  // namespace quartic::theory_test
