#include "laws/theory/random_features.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>

namespace quartic::random_features_test {
namespace {

double risk(double psi1, double penalty, double noise, double psi2 = 3) {
  return random_features_risk({.features_per_column = psi1,
                               .rows_per_column = psi2,
                               .penalty = penalty,
                               .noise_variance = noise * noise})
      .excess;
}

TEST(RandomFeaturesTheory, MatchesTheGoldenValues) {
  EXPECT_NEAR(risk(0.6, 1e-3, 0.5), 0.8376, 5e-5);
  EXPECT_NEAR(risk(3, 1e-3, 0.5), 1.3156, 5e-5);
  EXPECT_NEAR(risk(9, 1e-2, 0), 0.10215, 5e-6);
}

/// The literature's own way: iterate the two equations in the complex plane from large xi down.
std::complex<double> product_by_iteration(const RandomFeaturesLimit& design) {
  using Complex = std::complex<double>;
  const double p1 = design.features_per_column, p2 = design.rows_per_column;
  const double mu = design.activation.squared_nonlinear, z2 = 0.25 / mu;
  const double end = std::sqrt(p1 * p2 * design.penalty / mu);
  Complex nu1 = 0, nu2 = 0;
  for (double u = 100, last = 0; last != end; u = std::max(end, u * 0.9)) {
    for (int k = 0; k < 2000; ++k) {
      const Complex xi(0, u), shared = 1. - z2 * nu1 * nu2;
      const Complex next1 = p1 / (-xi - nu2 - z2 * nu2 / shared),
                    next2 = p2 / (-xi - nu1 - z2 * nu1 / shared);
      nu1 = 0.5 * (nu1 + next1), nu2 = 0.5 * (nu2 + next2);
    }
    last = u;
  }
  return nu1 * nu2;
}

TEST(RandomFeaturesTheory, SolvesTheEquationsOfTheResolvent) {
  for (double psi1 : {0.6, 2., 9.})
    for (double penalty : {0.01, 0.3}) {
      const RandomFeaturesLimit design{.features_per_column = psi1, .penalty = penalty};
      const std::complex<double> c = product_by_iteration(design);
      EXPECT_NEAR(c.imag(), 0, 1e-9);
      const double z2 = 0.25 / design.activation.squared_nonlinear, q = -c.real();
      const double g = q * (1 + z2 / (1 + z2 * q));
      const double u2 = psi1 * 3 * penalty / design.activation.squared_nonlinear;
      EXPECT_NEAR(q * u2, (psi1 - g) * (3 - g), 1e-6 * q * u2) << psi1 << " " << penalty;
    }
}

TEST(RandomFeaturesTheory, HugePenaltiesLeaveTheSignal) {
  const RandomFeaturesRisk heavy =
      random_features_risk({.penalty = 1e9, .linear_signal = 2, .noise_variance = 3});
  EXPECT_NEAR(heavy.bias, 1, 1e-6);
  EXPECT_NEAR(heavy.variance, 0, 1e-6);
  EXPECT_NEAR(heavy.excess, 2, 1e-5);
}

TEST(RandomFeaturesTheory, PeaksWhereFeaturesEqualRows) {
  EXPECT_GT(risk(3, 1e-6, 0.5), 5 * risk(2, 1e-6, 0.5));
  EXPECT_GT(risk(3, 1e-6, 0.5), 5 * risk(6, 1e-6, 0.5));
  EXPECT_NEAR(risk(2, 0, 0.5), risk(2, 1e-10, 0.5), 1e-6);
  EXPECT_NEAR(risk(6, 0, 0.5), risk(6, 1e-10, 0.5), 1e-6);
}

TEST(RandomFeaturesTheory, NonlinearSignalIsNoiseThatIsNeverLearned) {
  RandomFeaturesLimit design{.penalty = 0.01, .nonlinear_signal = 0.4, .noise_variance = 0.25};
  const double with = random_features_risk(design).excess;
  design.noise_variance += design.nonlinear_signal;
  design.nonlinear_signal = 0;
  EXPECT_NEAR(with, random_features_risk(design).excess + 0.4, 1e-14);
}

TEST(RandomFeaturesTheory, IsUndefinedOutsideItsRange) {
  EXPECT_TRUE(std::isnan(risk(3, 0, 0.5)));
  EXPECT_TRUE(std::isnan(risk(3, -1, 0.5)));
  EXPECT_TRUE(std::isnan(risk(0, 1, 0.5)));
  EXPECT_TRUE(std::isnan(risk(3, 1, 0.5, 0)));
}

}  // namespace
}  // namespace quartic::random_features_test
