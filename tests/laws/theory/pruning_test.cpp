#include "laws/theory/pruning.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "laws/theory/least_squares.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::pruning_test {
namespace {

using support::thrown_message;

const PruningDesign many{.rows = 400, .columns = 100}, few{.rows = 100, .columns = 300};  // ten ones

// Above as many rows as columns the golden value is of a normal law, .03354: Student's, which is exact, has .03357.
TEST(PruningTheory, MatchesTheGoldenValues) {
  EXPECT_NEAR(pruned_risk(many, 0.25), 0.0335, 1e-4);
  EXPECT_NEAR(pruned_risk(few, 0.3), 6.082, 1e-3);
}

// With an odd number of degrees of freedom f = 3, T/sqrt(3) = s has the density 2/pi/(1 + s^2)^2: by the trapezoidal
// rule over its angle, s = tan(angle).
TEST(PruningTheory, IsTheIntegralOverStudentsLawNextToAsManyRowsAsColumns) {
  const PruningDesign design{
      .rows = 32, .columns = 30, .coefficients = Vector{{1, -0.3}}, .noise_variance = 0.25};
  for (const double t : {0., 0.2, 0.5, 1.5}) {
    double risk = 0, kept = 0;
    constexpr int steps = 2'000'000;
    for (int k = 1; k < steps; ++k) {
      const double angle = (static_cast<double>(k) / steps - 0.5) * std::numbers::pi;
      const double weight = 2 * std::pow(std::cos(angle), 2) / steps, s = 0.5 * std::tan(angle);
      const auto add = [&](double b, double count) {
        const bool stays = std::abs(b + s) > t;
        risk += count * weight * std::pow((stays ? b + s : 0) - b, 2);
        kept += count * weight * stays;
      };
      add(1, 1);
      add(-0.3, 1);
      add(0, 28);
    }
    EXPECT_NEAR(pruned_risk(design, t), risk, 1e-4 * risk) << t;
    EXPECT_NEAR(kept_by_pruning(design, t), kept, 1e-4 * kept) << t;
  }
}

TEST(PruningTheory, CutsNothingAtZeroAndAllAtALargeThreshold) {
  EXPECT_NEAR(pruned_risk(many, 0), least_squares_risk(LeastSquaresDesign{400, 100}), 1e-12);
  EXPECT_NEAR(pruned_risk(few, 0), least_squares_risk(LeastSquaresDesign{100, 300}), 1e-12);
  for (const PruningDesign& design : {many, few}) {
    EXPECT_NEAR(kept_by_pruning(design, 0), design.columns, 1e-12);
    EXPECT_NEAR(pruned_risk(design, 100), 10, 1e-12);
    EXPECT_NEAR(kept_by_pruning(design, 100), 0, 1e-12);
  }
}

// By the trapezoidal rule over Z, whose steps end at the cuts.
TEST(PruningTheory, IsTheIntegralThatItSays) {
  for (const double b : {-2., 0., 0.2, 1.})
    for (const double t : {0., 0.1, 0.4}) {
      const PruningDesign one{.rows = 20, .columns = 30, .coefficients = Vector{{b, 0.7}}};
      PruningDesign rest = one;
      rest.coefficients = Vector{{0.7}};
      const LearnedCoefficient learned = learned_coefficient(one);
      double sum = 0, weights = 0;
      for (double z = -9; z < 9; z += 1e-5) {
        const double weight = std::exp(-z * z / 2);
        const auto cut = [&](double beta) {
          const double x = learned.factor * beta + learned.deviation * z;
          return std::pow((std::abs(x) > t ? x : 0) - beta, 2);
        };
        sum += weight * (cut(b) + cut(0.7) + 28 * cut(0));
        weights += weight;
      }
      EXPECT_NEAR(pruned_risk(one, t), sum / weights, 1e-4) << b << " " << t;
    }
}

TEST(PruningTheory, KnowsWhatLeastSquaresMakesOfACoefficient) {
  EXPECT_EQ(learned_coefficient(many).factor, 1);
  EXPECT_NEAR(learned_coefficient(many).deviation, std::sqrt(1. / 299), 1e-15);
  EXPECT_NEAR(learned_coefficient(few).factor, 1. / 3, 1e-15);
  EXPECT_NEAR(learned_coefficient(few).deviation, std::sqrt(2. / 9 * 10 / 300 + 100. / (300 * 199)), 1e-15);
  for (const double near : {299., 300., 301.}) {
    const PruningDesign design{.rows = near, .columns = 300};
    EXPECT_TRUE(std::isnan(pruned_risk(design, 0.3))) << near;
    EXPECT_TRUE(std::isnan(pruning_threshold(design, 10))) << near;
  }
}

TEST(PruningTheory, FindsTheThresholdThatKeepsSoMany) {
  for (const PruningDesign& design : {many, few})
    for (const double kept : {0.5, 10., 60., 99.}) {
      const double t = pruning_threshold(design, kept);
      EXPECT_NEAR(kept_by_pruning(design, t), kept, 1e-9) << kept;
    }
  EXPECT_EQ(pruning_threshold(many, 100), 0);
}

TEST(PruningTheory, WithoutNoiseCutsWhatIsSmall) {
  const PruningDesign design{
      .rows = 400, .columns = 100, .coefficients = Vector{{1, 0.1}}, .noise_variance = 0};
  EXPECT_NEAR(pruned_risk(design, 0.5), 0.01, 1e-15);
  EXPECT_EQ(kept_by_pruning(design, 0.5), 1);
  EXPECT_EQ(pruned_risk(design, 0.05), 0);
  EXPECT_EQ(kept_by_pruning(design, pruning_threshold(design, 1)), 1);
}

TEST(PruningTheory, RefusesNumbersThatCannotBe) {
  EXPECT_EQ(thrown_message([] { pruned_risk(many, -1); }),
            "the threshold: -1 (the formula asks for a finite number of 0 or more). Change it.");
  EXPECT_EQ(thrown_message([] { pruning_threshold(many, 0); }),
            "0 coefficients kept of 100 (above 0, and no more than there are). Give another number.");
  EXPECT_NE(thrown_message([] { pruning_threshold(many, 101); }), "");
  EXPECT_EQ(thrown_message([] { learned_coefficient({.columns = 9}); }),
            "10 coefficients of 9 columns (each belongs to one). Give fewer, or more columns.");
  EXPECT_NE(thrown_message([] { learned_coefficient({.noise_variance = -1}); }), "");
  EXPECT_NE(thrown_message([] { learned_coefficient({.coefficients = Vector{{NAN}}}); }), "");
}

}  // namespace
}  // namespace quartic::pruning_test
