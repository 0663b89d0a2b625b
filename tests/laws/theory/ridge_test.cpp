#include "laws/theory/ridge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/least_squares.hpp"

namespace quartic::ridge_test {
namespace {

TEST(RidgeTheory, MatchesTheGoldenValues) {
  EXPECT_NEAR(ridge_risk({0.5, 2, 1}, 0.3), 0.5655, 5e-5);
  EXPECT_NEAR(ridge_risk({1.5, 2, 1}, 0.3), 1.3569, 5e-5);
  EXPECT_NEAR(ridge_risk({1.5, 2, 1}, 0.75), 1.2573, 5e-5);
  EXPECT_DOUBLE_EQ(ridge_optimal_penalty({1.5, 2, 1}), 0.75);
  EXPECT_NEAR(ridge_optimal_risk({1.5, 2, 1}), 1.2573, 5e-5);
}

TEST(RidgeTheory, MatchesTheStieltjesFormulaWhereThatIsStable) {
  for (double g : {0.3, 0.9, 2., 7.})
    for (double l : {0.1, 1., 10.}) {
      const auto m = [g](double z) {
        const double b = 1 - g - z;
        return (-b + std::sqrt(b * b - 4 * g * z)) / (-2 * g * z);
      };
      const double step = 1e-5 * l;
      const double slope = (m(-l + step) - m(-l - step)) / (2 * step);
      const double risk = 2 * l * l * slope + 0.5 * g * (m(-l) - l * slope);
      EXPECT_NEAR(ridge_risk({g, 2, 0.5}, l), risk, 1e-7 * risk) << g << " " << l;
    }
}

TEST(RidgeTheory, OptimalPenaltyIsOptimal) {
  for (double g : {0.2, 1., 5.}) {
    const RidgeLimit limit{g, 2, 0.5};
    const double best = ridge_optimal_penalty(limit);
    EXPECT_NEAR(ridge_risk(limit, best), ridge_optimal_risk(limit), 1e-13);
    EXPECT_GT(ridge_risk(limit, 1.01 * best), ridge_optimal_risk(limit));
    EXPECT_GT(ridge_risk(limit, 0.99 * best), ridge_optimal_risk(limit));
  }
  EXPECT_EQ(ridge_optimal_risk({0.5, 0, 1}), 0);
}

TEST(RidgeTheory, TendsToLeastSquaresAsThePenaltyVanishes) {
  for (double g : {0.5, 2.}) {
    const double least_squares = least_squares_risk(LeastSquaresLimit{g, 2, 0.5});
    EXPECT_NEAR(ridge_risk({g, 2, 0.5}, 0), least_squares, 1e-14 * least_squares);
    EXPECT_NEAR(ridge_risk({g, 2, 0.5}, 1e-14), least_squares, 1e-12);
  }
}

TEST(RidgeTheory, TendsToTheSignalAsThePenaltyGrows) {
  EXPECT_NEAR(ridge_risk({0.5, 2, 1}, 1e9), 2, 1e-8);
  EXPECT_EQ(ridge_risk({0.5, 2, 1}, INFINITY), 2);
}

TEST(RidgeTheory, IsUndefinedOutsideItsRange) {
  EXPECT_TRUE(std::isnan(ridge_risk({1, 2, 1}, 0)));
  EXPECT_TRUE(std::isnan(ridge_risk({0.5, 2, 1}, -1)));
}

}  // namespace
}  // namespace quartic::ridge_test
