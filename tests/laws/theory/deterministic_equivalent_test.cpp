#include "laws/theory/deterministic_equivalent.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/least_squares.hpp"
#include "laws/theory/ridge.hpp"

namespace quartic::deterministic_equivalent_test {
namespace {

TEST(DeterministicEquivalent, MatchesTheGoldenValues) {
  const CovarianceSpectrum world = power_law_spectrum(600, 1.5, 1);
  EXPECT_NEAR(ridge_equivalent(world, {100, 0.01, 0.25}).risk, 0.0478, 5e-5);
  EXPECT_NEAR(ridge_equivalent(world, {300, 0.001, 0.25}).risk, 0.0586, 5e-5);
  EXPECT_NEAR(ridge_equivalent(world, {300, 0, 0.25}).risk, 0.3982, 5e-5);
  EXPECT_NEAR(ridge_equivalent(world, {1200, 0, 0.25}).risk, 0.2500, 5e-5);
}

TEST(DeterministicEquivalent, OfAFlatSpectrumIsIsotropicRidge) {
  for (double n : {50., 99., 101., 400.})
    for (double penalty : {0., 1e-6, 0.1, 3.}) {
      const CovarianceSpectrum flat{Vector::Ones(100), Vector::Constant(100, 0.02)};
      const double expected = ridge_risk({100 / n, 2, 0.5}, penalty);
      EXPECT_NEAR(ridge_equivalent(flat, {n, penalty, 0.5}).risk, expected, 1e-9 * expected)
          << n << " " << penalty;
    }
}

TEST(DeterministicEquivalent, SolvesItsEquation) {
  const CovarianceSpectrum world = power_law_spectrum(500, 2, 1);
  for (double n : {3., 40., 499., 2000.})
    for (double penalty : {1e-9, 1e-3, 1.}) {
      const double kappa = ridge_equivalent(world, {n, penalty, 1}).kappa;
      const Eigen::ArrayXd s = world.eigenvalues;
      EXPECT_NEAR((s / (s + kappa)).sum() + n * penalty / kappa, n, 1e-9 * n) << n << " " << penalty;
    }
}

TEST(DeterministicEquivalent, IgnoresDirectionsWithoutVariance) {
  CovarianceSpectrum world = power_law_spectrum(80, 1, 1);
  const double risk = ridge_equivalent(world, {40, 0, 1}).risk;
  world.eigenvalues.conservativeResizeLike(Vector::Zero(100));
  world.squared_coefficients.conservativeResizeLike(Vector::Zero(100));
  EXPECT_DOUBLE_EQ(ridge_equivalent(world, {40, 0, 1}).risk, risk);
}

TEST(DeterministicEquivalent, IsUndefinedAtInterpolationAndForBadInput) {
  const CovarianceSpectrum flat{Vector::Ones(10), Vector::Ones(10)};
  EXPECT_TRUE(std::isnan(ridge_equivalent(flat, {10, 0, 1}).risk));
  EXPECT_TRUE(std::isnan(ridge_equivalent(flat, {0, 1, 1}).risk));
  EXPECT_TRUE(std::isnan(ridge_equivalent(flat, {10, -1, 1}).risk));
}

}  // namespace
}  // namespace quartic::deterministic_equivalent_test
