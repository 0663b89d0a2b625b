#include "sim/worlds/sparse_classes.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/worlds/sparse_linear.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::sparse_classes_test {
namespace {

Vector coefficients_of_score(const Truth& truth, double size) {
  Vector b = Vector::Zero(truth.candidates());
  for (const Index j : truth.relevant()) b[j] = size;
  return b;
}

TEST(SparseClasses, RowsAreThoseOfTheLinearWorld) {
  const Truth classes = Logistic{.candidates = 30, .relevant = 4, .signal = 2}.draw(Stream(1));
  const Truth numbers = SparseLinear{.candidates = 30, .relevant = 4, .signal = 2}.draw(Stream(1));
  EXPECT_EQ(classes.x({3, 20}, {0, 30}, Stream(2)), numbers.x({3, 20}, {0, 30}, Stream(2)));
  EXPECT_EQ(classes.relevant(), numbers.relevant());
}

TEST(SparseClasses, TheChanceIsTheLinkOfTheScore) {
  const Truth classes =
      Logistic{.candidates = 30, .relevant = 4, .signal = 2, .prevalence = 0.3}.draw(Stream(1));
  const Truth numbers = SparseLinear{.candidates = 30, .relevant = 4, .signal = 2}.draw(Stream(1));
  const double intercept = classes.facts().at("intercept");
  const Vector score = numbers.mean({0, 50}, Stream(2)), chance = classes.mean({0, 50}, Stream(2));
  for (Index i = 0; i < 50; ++i) EXPECT_NEAR(chance[i], 1 / (1 + std::exp(-intercept - score[i])), 1e-15);
}

TEST(SparseClasses, LabelsAreZeroOrOneAndALabelNoiseTurnsSomeOfThem) {
  Logistic world{.candidates = 30, .relevant = 4};
  const Vector clean = world.draw(Stream(1)).y({0, 4000}, Stream(2));
  for (const double y : clean) EXPECT_TRUE(y == 0 || y == 1);
  world.label_noise = 0.2;
  const Vector noisy = world.draw(Stream(1)).y({0, 4000}, Stream(2));
  const double turned = (clean - noisy).cwiseAbs().mean();
  EXPECT_NEAR(turned, 0.2, 5 * std::sqrt(0.2 * 0.8 / 4000));
  world.label_noise = 0.1;  // those that it turns are among them
  EXPECT_TRUE((world.draw(Stream(1)).y({0, 4000}, Stream(2)) - clean)
                  .cwiseAbs()
                  .cwiseProduct((noisy - clean).cwiseAbs().array().cwiseEqual(0).cast<double>().matrix())
                  .isZero());
}

TEST(SparseClasses, TheTrueRuleHasNoExcessWhateverItsScale) {
  for (const double prevalence : {0.5, 0.1}) {
    const Truth truth = Logistic{.candidates = 30, .relevant = 4, .prevalence = prevalence}.draw(Stream(1));
    for (const double scale : {1., 1e-200, 1e200}) {
      const LinearRule rule{coefficients_of_score(truth, scale), scale * truth.facts().at("intercept")};
      EXPECT_NEAR(*truth.excess_risk(rule), 0, 1e-15) << prevalence << " " << scale;
    }
  }
}

TEST(SparseClasses, ConstantRulesHaveTheErrorOfAClass) {
  const Truth truth = Logistic{.candidates = 30, .relevant = 4, .prevalence = 0.2}.draw(Stream(1));
  const double bayes = truth.facts().at("bayes_error");
  EXPECT_NEAR(*truth.excess_risk({Vector::Zero(30), 1}), 0.8 - bayes, 1e-12);
  EXPECT_NEAR(*truth.excess_risk({Vector::Zero(30), 0}), 0.2 - bayes, 1e-12);
  EXPECT_EQ(truth.facts().at("constant_error"), truth.facts().at("prevalence"));
}

TEST(SparseClasses, RulesWithNumbersThatAreNoneHaveNoError) {
  const Truth truth = Logistic{.candidates = 30, .relevant = 4}.draw(Stream(1));
  EXPECT_TRUE(std::isnan(*truth.excess_risk({Vector::Constant(30, std::nan("")), 0})));
  EXPECT_TRUE(std::isnan(*truth.excess_risk({Vector::Ones(30), infinity})));
}

TEST(SparseClasses, RefusesWhatNobodyCanLearn) {
  EXPECT_NE(support::thrown_message([] { Logistic{.prevalence = 0}.draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] { Probit{.prevalence = 1}.draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] { Logistic{.label_noise = 0.5}.draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] {
              Logistic{.signal = 0.01, .prevalence = 1e-4}.draw(Stream(1));
            }).find("Raise signal, or bring prevalence nearer to 0.5."),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::sparse_classes_test
