#include "laws/theory/logistic.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/statistics/special.hpp"

namespace quartic::logistic_test {
namespace {

double sigmoid(double t) {
  return 1 / (1 + std::exp(-t));
}

TEST(LogisticTheory, MatchesTheGoldenValues) {
  const LogisticState state = logistic_state({.aspect = 0.1, .strength = 5});
  EXPECT_NEAR(state.alpha, 1.16778, 5e-6);
  EXPECT_NEAR(state.sigma, 3.34656, 5e-6);
  EXPECT_NEAR(state.lambda, 0.96049, 5e-6);
}

TEST(LogisticTheory, MatchesThePaper) {  // Sur & Candes 2019, kappa = 0.2, gamma^2 = 5
  const LogisticState state = logistic_state({.aspect = 0.2, .strength = 5});
  EXPECT_NEAR(state.alpha, 1.4994, 1e-4);
  EXPECT_NEAR(state.sigma, 4.7436, 1e-4);
  EXPECT_NEAR(state.lambda, 3.0269, 1e-4);
}

/// The three equations by a plain double sum over a fine fixed grid, x by bisection.
TEST(LogisticTheory, SolvesTheThreeEquations) {
  for (const LogisticDesign& design : {LogisticDesign{0.02, 0.3}, {0.25, 1}, {0.28, 5}}) {
    const LogisticState state = logistic_state(design);
    const double gamma = std::sqrt(design.strength), l = state.lambda, step = 0.04;
    double first = 0, second = 0, third = 0;
    for (double z1 = -7; z1 < 7; z1 += step)
      for (double z2 = -7; z2 < 7; z2 += step) {
        const double q1 = gamma * z1, q2 = -state.alpha * q1 + std::sqrt(design.aspect) * state.sigma * z2;
        double low = q2 - l, high = q2;
        for (int k = 0; k < 50; ++k) {
          const double middle = (low + high) / 2;
          (middle + l * sigmoid(middle) > q2 ? high : low) = middle;
        }
        const double p = sigmoid(low);
        const double weight = 2 * sigmoid(q1) * normal_density(z1) * normal_density(z2) * step * step;
        first += weight * l * p * l * p;
        second += weight * q1 * l * p;
        third += weight / (1 + l * p * (1 - p));
      }
    const double size = std::pow(design.aspect * state.sigma, 2);
    EXPECT_NEAR(first / size, 1, 1e-8);
    EXPECT_NEAR(second / std::sqrt(size), 0, 1e-8);
    EXPECT_NEAR(third, 1 - design.aspect, 1e-8);
  }
}

TEST(LogisticTheory, TendsToClassicalInferenceWithFewColumns) {
  const LogisticState state = logistic_state({.aspect = 1e-6, .strength = 1});
  double information = 0;
  for (double z = -8; z < 8; z += 0.01) information += 0.01 * normal_density(z) * sigmoid(z) * sigmoid(-z);
  EXPECT_NEAR(state.alpha, 1, 1e-5);
  EXPECT_NEAR(state.sigma * state.sigma * information, 1, 1e-5);
  EXPECT_NEAR(state.lambda * information / 1e-6, 1, 1e-5);
}

TEST(LogisticTheory, ReachesTheThresholdAndStopsThere) {
  for (double strength : {0.5, 5.}) {
    const double threshold = logistic_threshold(strength);
    EXPECT_GT(logistic_state({0.95 * threshold, strength}).alpha, 3);
    EXPECT_TRUE(std::isnan(logistic_state({threshold, strength}).alpha));
  }
}

TEST(LogisticTheory, ThresholdIsAHalfWithoutSignalAndTheLeastOverAllDirections) {
  EXPECT_NEAR(logistic_threshold(0), 0.5, 1e-12);
  const double gamma = std::sqrt(5.), threshold = logistic_threshold(5);
  double least = 1;
  for (double t = -2; t <= 0; t += 0.1) {
    double mean = 0;  // E[(t V - Z)_+^2] by a plain sum
    for (double v = -7; v < 7; v += 0.05)
      for (double z = -7; z < t * v; z += 0.05)
        mean += 2 * sigmoid(gamma * v) * normal_density(v) * normal_density(z) * (t * v - z) * (t * v - z) *
                0.0025;
    least = std::min(least, mean);
  }
  EXPECT_NEAR(least, threshold, 0.01 * threshold);
  EXPECT_GT(least, 0.999 * threshold);
}

TEST(LogisticTheory, ErrorsComposeFromTheScore) {
  EXPECT_NEAR(logistic_bayes_error(0), 0.5, 1e-10);
  EXPECT_NEAR(logistic_bayes_error(1e8), 0, 1e-3);
  const LogisticDesign design{0.1, 5};
  EXPECT_GT(logistic_excess_error(design), 0);
  EXPECT_LT(logistic_excess_error(design), 0.5 - logistic_bayes_error(5));
  EXPECT_LT(logistic_excess_error({1e-5, 5}), 1e-5);
}

TEST(LogisticTheory, IsUndefinedOutsideItsRange) {
  for (const LogisticDesign& design : {LogisticDesign{0, 5}, {-1, 5}, {0.1, 0}, {0.1, -1}, {0.6, 5}}) {
    EXPECT_TRUE(std::isnan(logistic_state(design).alpha));
    EXPECT_TRUE(std::isnan(logistic_excess_error(design)));
  }
  EXPECT_TRUE(std::isnan(logistic_threshold(-1)));
}

}  // namespace
}  // namespace quartic::logistic_test
