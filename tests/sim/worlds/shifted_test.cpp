#include "sim/worlds/shifted.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/worlds/sparse_linear.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::shifted_test {
namespace {

constexpr Index columns = 20;

Shifted world(const std::string& shift, double strength, const std::string& covariance = "isotropic") {
  return {.candidates = columns,
          .relevant = 4,
          .covariance = covariance,
          .coefficients = "gaussian",
          .noise = 0.5,
          .shift = shift,
          .strength = strength,
          .block = 6};
}

Matrix all_of(const Truth& truth, Index rows) {
  return truth.x({0, rows}, {0, truth.candidates()}, Stream(2));
}

/// The true coefficients, from the risks of single columns.
Vector true_rule(const Truth& truth) {
  Vector b = Vector::Zero(truth.candidates());
  for (const Index j : truth.relevant()) {
    Vector one = Vector::Zero(truth.candidates());
    one[j] = 1;
    b[j] = (*truth.excess_risk({-one, 0}) - *truth.excess_risk({one, 0})) / 4;
  }
  return b;
}

TEST(Shifted, TrainingRowsAreThoseOfTheLinearWorld) {
  const Truth truth = world("rebuilt", 0.7).draw(Stream(1));
  const Truth linear =
      SparseLinear{.candidates = columns, .relevant = 4, .coefficients = "gaussian", .noise = 0.5}.draw(
          Stream(1));
  EXPECT_EQ(all_of(truth, 9), all_of(linear, 9));
  EXPECT_EQ(truth.y({0, 9}, Stream(2)), linear.y({0, 9}, Stream(2)));
  EXPECT_EQ(truth.facts(), linear.facts());
  EXPECT_EQ(truth.relevant(), linear.relevant());
}

TEST(Shifted, AtNoStrengthIsTestedAsItIsTrained) {
  for (const std::string shift : {"none", "rotation", "permutation", "rebuilt", "scale"}) {
    const Truth truth = world(shift, 0).draw(Stream(1)), judge = *truth.tested();
    EXPECT_TRUE(all_of(judge, 9).isApprox(all_of(truth, 9))) << shift;
    EXPECT_TRUE(judge.mean({0, 9}, Stream(2)).isApprox(truth.mean({0, 9}, Stream(2)))) << shift;
    const LinearRule rule{Vector::Ones(columns), 0.3};
    EXPECT_NEAR(*judge.excess_risk(rule), *truth.excess_risk(rule), 1e-12) << shift;
  }
}

TEST(Shifted, PosesAndRebuiltSetsRecordTheSameCasesOtherwise) {
  for (const std::string shift : {"rotation", "permutation", "rebuilt"}) {
    const Truth truth = world(shift, 0.9).draw(Stream(1)), judge = *truth.tested();
    EXPECT_NE(all_of(judge, 9), all_of(truth, 9)) << shift;
    EXPECT_EQ(judge.y({0, 9}, Stream(2)), truth.y({0, 9}, Stream(2))) << shift;
    EXPECT_EQ(judge.facts(), truth.facts()) << shift;
  }
}

TEST(Shifted, ARotationCostsTheTrueRuleTwoTimesOneLessTheCosine) {
  for (const double s : {0.1, 0.6, 1.0}) {
    Shifted turned = world("rotation", s);
    turned.block = 10;
    const Truth truth = turned.draw(Stream(1));
    EXPECT_NEAR(*truth.tested()->excess_risk({true_rule(truth), 0}),
                2 * (1 - std::sqrt(1 - s * s)) * truth.facts().at("signal"), 1e-12);
  }
}

TEST(Shifted, ATestSetMadeAnewCostsTheTrueRuleTwiceTheSquareOnAverage) {
  constexpr int truths = 400;
  double sum = 0, squares = 0;
  for (int k = 0; k < truths; ++k) {
    const Truth truth = world("rebuilt", 0.4).draw(Stream(static_cast<std::uint64_t>(k)));
    const double loss = *truth.tested()->excess_risk({true_rule(truth), 0}) / truth.facts().at("signal");
    sum += loss;
    squares += loss * loss;
  }
  const double mean = sum / truths, se = std::sqrt((squares / truths - mean * mean) / truths);
  EXPECT_NEAR(mean, 2 * 0.4 * 0.4, 5 * se);
}

TEST(Shifted, UnderOtherCasesTheTrueRuleStaysTrue) {
  const Truth truth = world("scale", 1).draw(Stream(1)), judge = *truth.tested();
  EXPECT_NEAR(*judge.excess_risk({true_rule(truth), 0}), 0, 1e-12);
  EXPECT_NE(judge.facts().at("signal"), truth.facts().at("signal"));
  EXPECT_NEAR(*judge.excess_risk({Vector::Zero(columns), 0}), judge.facts().at("signal"), 1e-12);
}

TEST(Shifted, RiskUnderTheTestLawIsThatOfSimulation) {
  Vector b(columns);
  Stream(8).fill_normal({b.data(), static_cast<std::size_t>(columns)});
  const LinearRule rule{0.4 * b, 0.3};
  for (const std::string covariance : {"isotropic", "ar1(0.6)", "blocks(5, 0.4)", "spectrum(1)"})
    for (const std::string shift : {"rotation", "permutation", "rebuilt", "scale"}) {
      const Truth judge = *world(shift, 0.7, covariance).draw(Stream(1)).tested();
      const Index rows = 8000;
      const Vector errors =
          (rule.score(all_of(judge, rows)) - judge.mean({0, rows}, Stream(2))).array().square().matrix();
      const double mean = errors.mean(), n = static_cast<double>(rows);
      const double se = std::sqrt((errors.array() - mean).square().sum()) / n;
      EXPECT_NEAR(*judge.excess_risk(rule), mean, 5 * se) << covariance << " " << shift;
      const Vector f = judge.mean({0, rows}, Stream(2)).array().square().matrix();
      EXPECT_NEAR(judge.facts().at("signal"), f.mean(),
                  5 * std::sqrt((f.array() - f.mean()).square().sum()) / n)
          << covariance << " " << shift;
    }
}

TEST(Shifted, MoreStrengthMovesTheSameWay) {
  const auto first_rows = [](double strength) {
    return all_of(*world("rebuilt", strength).draw(Stream(1)).tested(), 3);
  };
  const Matrix none = first_rows(0), half = first_rows(0.5), whole = first_rows(1);
  EXPECT_TRUE((2 * (half - none)).isApprox(whole - none));
}

TEST(Shifted, RefusesWhatCannotBe) {
  EXPECT_NE(support::thrown_message([] { world("rotation", 1.5).draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] { world("tilt", 0.5).draw(Stream(1)); }), "");
  Shifted alone = world("permutation", 0.5);
  alone.block = 1;
  EXPECT_EQ(support::thrown_message([&] { alone.draw(Stream(1)); }),
            "block = 1 (one column alone stays as it is). Give a whole number from 2 to 1000000000.");
}

}  // namespace
}  // namespace quartic::shifted_test
