#include "sim/worlds/shifted_classes.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <cmath>

#include "sim/worlds/sparse_classes.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::shifted_classes_test {
namespace {

constexpr Index columns = 20;

ShiftedClasses world(const std::string& shift, double strength, const std::string& covariance = "isotropic") {
  return {.candidates = columns,
          .relevant = 4,
          .covariance = covariance,
          .coefficients = "gaussian",
          .prevalence = 0.3,
          .shift = shift,
          .strength = strength,
          .block = 6};
}

const std::vector<std::string> shifts = {"prevalence", "rotation", "permutation", "rebuilt", "scale"};

Matrix all_of(const Truth& truth, Index rows) {
  return truth.x({0, rows}, {0, columns}, Stream(2));
}

/// Within five standard errors of what is averaged.
void expect_mean(const Vector& values, double expected, const std::string& what) {
  const double n = static_cast<double>(values.size()), mean = values.mean();
  EXPECT_NEAR(mean, expected, 5 * std::sqrt((values.array() - mean).square().sum()) / n) << what;
}

LinearRule some_rule() {
  Vector b(columns);
  Stream(8).fill_normal({b.data(), static_cast<std::size_t>(columns)});
  return {b, 0.7};
}

TEST(ShiftedClasses, TrainingRowsAreThoseOfTheLogisticWorld) {
  const Truth truth = world("prevalence", 0.7).draw(Stream(1));
  const Truth logistic =
      Logistic{.candidates = columns, .relevant = 4, .coefficients = "gaussian", .prevalence = 0.3}.draw(
          Stream(1));
  EXPECT_EQ(all_of(truth, 9), all_of(logistic, 9));
  EXPECT_EQ(truth.y({0, 9}, Stream(2)), logistic.y({0, 9}, Stream(2)));
  EXPECT_EQ(truth.facts(), logistic.facts());
}

TEST(ShiftedClasses, AtNoStrengthIsTestedAsItIsTrained) {
  for (const std::string& shift : shifts) {
    const Truth truth = world(shift, 0).draw(Stream(1)), judge = *truth.tested();
    EXPECT_TRUE(all_of(judge, 9).isApprox(all_of(truth, 9))) << shift;
    EXPECT_NEAR(*judge.excess_risk(some_rule()), *truth.excess_risk(some_rule()), 1e-11) << shift;
    for (const auto& [name, value] : truth.facts())
      EXPECT_NEAR(judge.facts().at(name), value, 1e-11) << shift;
  }
}

TEST(ShiftedClasses, ErrorsAndFactsUnderTheTestLawAreThoseOfSimulation) {
  const LinearRule rule = some_rule();
  const Range rows = {0, 6000};
  for (const std::string covariance : {"isotropic", "ar1(0.6)"})
    for (const std::string& shift : shifts) {
      const Truth judge = *world(shift, 0.8, covariance).draw(Stream(1)).tested();
      const Vector chance = judge.mean(rows, Stream(2)), y = judge.y(rows, Stream(2));
      const Vector score = rule.score(all_of(judge, rows.count));
      const auto wrong = ((score.array() > 0) != (chance.array() > 0.5)).cast<double>();
      const std::string what = covariance + " " + shift;
      expect_mean((2 * chance.array() - 1).abs() * wrong, *judge.excess_risk(rule), what);
      expect_mean(y - chance, 0, what);
      expect_mean(y, judge.facts().at("prevalence"), what);
      expect_mean(chance.cwiseMin((1 - chance.array()).matrix()), judge.facts().at("bayes_error"), what);
      EXPECT_EQ(judge.facts().at("constant_error"),
                std::min(judge.facts().at("prevalence"), 1 - judge.facts().at("prevalence")));
    }
}

TEST(ShiftedClasses, ConstantRulesHaveTheErrorOfAClass) {
  for (const std::string& shift : shifts) {
    const Facts facts = world(shift, 0.3).draw(Stream(1)).tested()->facts();
    const Truth judge = *world(shift, 0.3).draw(Stream(1)).tested();
    EXPECT_NEAR(*judge.excess_risk({Vector::Zero(columns), 1}),
                1 - facts.at("prevalence") - facts.at("bayes_error"), 1e-10)
        << shift;
    EXPECT_NEAR(*judge.excess_risk({Vector::Zero(columns), 0}),
                facts.at("prevalence") - facts.at("bayes_error"), 1e-10)
        << shift;
  }
}

/// The score of training as a rule, solved from the log odds of some rows.
LinearRule true_rule(const Truth& truth) {
  const std::vector<Index> relevant = truth.relevant();
  const Index rows = 40;
  const Matrix z = truth.columns({0, rows}, relevant, Stream(6));
  Vector odds = truth.mean({0, rows}, Stream(6));
  for (double& p : odds) p = std::log(p / (1 - p));
  odds.array() -= truth.facts().at("intercept");
  const Vector b = z.colPivHouseholderQr().solve(odds);
  LinearRule rule{Vector::Zero(columns), truth.facts().at("intercept")};
  for (std::size_t k = 0; k < relevant.size(); ++k) rule.coefficients[relevant[k]] = b[static_cast<Index>(k)];
  return rule;
}

TEST(ShiftedClasses, OfAnotherPrevalenceTheTrueRuleNeedsAnotherThreshold) {
  const Truth truth = world("prevalence", 1).draw(Stream(1)), judge = *truth.tested();
  EXPECT_NEAR(judge.facts().at("prevalence"), 0.7, 1e-12);
  LinearRule rule = true_rule(truth);
  EXPECT_NEAR(*truth.excess_risk(rule), 0, 1e-10);
  EXPECT_GT(*judge.excess_risk(rule), 0.01);
  rule.intercept = judge.facts().at("intercept");
  EXPECT_NEAR(rule.intercept - truth.facts().at("intercept"), std::log(0.7 / 0.3 / (0.3 / 0.7)), 1e-9);
  EXPECT_NEAR(*judge.excess_risk(rule), 0, 1e-10);
}

TEST(ShiftedClasses, UnderOtherCasesTheTrueRuleStaysTrue) {
  const Truth truth = world("scale", 1).draw(Stream(1));
  EXPECT_NEAR(*truth.tested()->excess_risk(true_rule(truth)), 0, 1e-10);
}

TEST(ShiftedClasses, RefuseWhatCannotBe) {
  const auto refused = [](const ShiftedClasses& bad) {
    return support::thrown_message([&] { bad.draw(Stream(1)); });
  };
  for (const ShiftedClasses& bad :
       {ShiftedClasses{.relevant = 2000}, ShiftedClasses{.prevalence = 0.001},
        ShiftedClasses{.shift = "tilt"}, ShiftedClasses{.strength = 2}, ShiftedClasses{.block = 1}})
    EXPECT_NE(refused(bad), "");
  EXPECT_NE(refused({.signal = 0.01, .prevalence = 0.02, .strength = 0}), "");
}

}  // namespace
}  // namespace quartic::shifted_classes_test
