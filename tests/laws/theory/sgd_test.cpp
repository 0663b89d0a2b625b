#include "laws/theory/sgd.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::sgd_test {
namespace {

constexpr SgdAverage averages[] = {SgdAverage::last, SgdAverage::all, SgdAverage::tail};

const IsotropicSgd isotropic{.columns = 50, .signal = 1, .noise_variance = 0.25, .step = 0.01};

/// The same world through the recursion for any covariance.
DiagonalSgd diagonal(const IsotropicSgd& design) {
  const auto d = static_cast<Index>(design.columns);
  return {{Vector::Ones(d), Vector::Constant(d, design.signal / design.columns)},
          design.noise_variance,
          design.step};
}

DiagonalSgd power_law() {
  return {.spectrum = power_law_spectrum(200, 1.4, 0.6), .noise_variance = 0, .step = 0.15};
}

TEST(SgdTheory, MatchesTheGoldenValues) {
  EXPECT_NEAR(sgd_risk(isotropic, 100), 0.2906, 5e-5);
  EXPECT_NEAR(sgd_risk(isotropic, 300), 0.0949, 5e-5);
  EXPECT_NEAR(sgd_risk(power_law(), 100), 0.0986, 5e-5);
  EXPECT_NEAR(sgd_risk(power_law(), 1000), 0.0145, 5e-5);
}

TEST(SgdTheory, PowersAgreeWithStepByStepSums) {
  for (double h : {0.001, 0.01, 0.03, 1. / 52})
    for (double steps : {1., 2., 3., 17., 100., 257.})
      for (SgdAverage average : averages) {
        IsotropicSgd design = isotropic;
        design.step = h;
        const double slow = sgd_risk(diagonal(design), steps, average);
        EXPECT_NEAR(sgd_risk(design, steps, average), slow, 1e-12 * slow) << h << " " << steps;
      }
}

/// Two columns, all mixed moments of the errors of every pair of iterates, by brute force: E[e_k e_l'] as
/// matrices.
TEST(SgdTheory, AveragesAreTheMeanOfAllPairsOfIterates) {
  const Eigen::Vector2d s(1.5, 0.3), b(1, -2);
  const double h = 0.2, noise = 0.7;
  const Eigen::Matrix2d Sigma = s.asDiagonal(), mean = Eigen::Matrix2d::Identity() - h * Sigma;
  const int steps = 9, first = 4;
  std::vector<Eigen::Matrix2d> moment = {b * b.transpose()};
  for (int k = 1; k <= steps; ++k) {
    const Eigen::Matrix2d M = moment.back();
    // Gaussian fourth moments: E[xx' M xx'] = 2 Sigma M Sigma + tr(Sigma M) Sigma.
    const Eigen::Matrix2d fourth = 2 * Sigma * M * Sigma + (Sigma * M).trace() * Sigma;
    moment.push_back(M - h * (Sigma * M + M * Sigma) + h * h * (fourth + noise * Sigma));
  }
  Eigen::Matrix2d sum = Eigen::Matrix2d::Zero();
  for (int k = first + 1; k <= steps; ++k) {
    sum += moment[static_cast<std::size_t>(k)];
    Eigen::Matrix2d later = moment[static_cast<std::size_t>(k)];
    for (int l = k + 1; l <= steps; ++l) {
      later = (mean * later).eval();  // E[e_l e_k']
      sum += later + later.transpose();
    }
  }
  const double expected = (Sigma * sum).trace() / ((steps - first) * (steps - first));
  const DiagonalSgd design{.spectrum = {s, b.cwiseAbs2()}, .noise_variance = noise, .step = h};
  EXPECT_NEAR(sgd_risk(design, steps, SgdAverage::tail), expected, 1e-13 * expected);
  EXPECT_NEAR(sgd_risk(design, steps), (Sigma * moment.back()).trace(), 1e-13);
}

TEST(SgdTheory, BeginsAtTheSignalAndEndsAtTheLimit) {
  EXPECT_EQ(sgd_risk(isotropic, 0), 1);
  EXPECT_DOUBLE_EQ(sgd_risk(power_law(), 0),
                   power_law().spectrum.eigenvalues.dot(power_law().spectrum.squared_coefficients));
  const double limit = 0.01 * 50 * 0.25 / (2 - 0.01 * 52);  // h d S2/(2 - h (d+2))
  EXPECT_NEAR(sgd_risk(isotropic, 1e5), limit, 1e-12);
  EXPECT_NEAR(sgd_risk(isotropic, 1e9), limit, 1e-9);
}

TEST(SgdTheory, AveragesFallAsOneOverTheirNumber) {
  for (SgdAverage average : {SgdAverage::all, SgdAverage::tail}) {
    const double early = sgd_risk(isotropic, 1e6, average), late = sgd_risk(isotropic, 1e7, average);
    EXPECT_NEAR(early / late, 10, 0.01);
  }
  // With a small step the mean of all iterates reaches the risk of least squares, d S2/n.
  const IsotropicSgd slow{.columns = 50, .noise_variance = 0.25, .step = 1e-4};
  EXPECT_NEAR(1e10 * sgd_risk(slow, 1e10, SgdAverage::all) / (50 * 0.25), 1, 0.01);
}

TEST(SgdTheory, DivergesFromTheLargestStableStepOn) {
  IsotropicSgd design = isotropic;
  design.step = 0.04;  // above 2/(d+2)
  EXPECT_GT(sgd_risk(design, 1000), 100);
  for (SgdAverage average : averages) EXPECT_EQ(sgd_risk(design, 1e7, average), INFINITY);
}

/// At h = 1/(4 R^2), R^2 = d + 2; they bound half the squared error. Bach & Moulines 2013, theorem 1.
TEST(SgdTheory, KeepsWithinTheBoundOfBachAndMoulines) {
  for (double d : {1., 10., 1000.})
    for (double noise : {0., 0.25, 9.})
      for (double n = 1; n < 1e7; n *= 3) {
        const IsotropicSgd design{.columns = d, .noise_variance = noise, .step = 1 / (4 * (d + 2))};
        const double root = std::sqrt(d * noise) + std::sqrt(d + 2);  // sigma sqrt d + R |b*|
        EXPECT_LE(sgd_risk(design, n, SgdAverage::all), 4 / n * root * root) << d << " " << n;
      }
}

TEST(SgdTheory, IsUndefinedOutsideItsRange) {
  EXPECT_TRUE(std::isnan(sgd_risk(isotropic, -1)));
  EXPECT_TRUE(std::isnan(sgd_risk(isotropic, 0.5, SgdAverage::tail)));
  EXPECT_TRUE(std::isnan(sgd_risk(power_law(), 0, SgdAverage::all)));
}

}  // namespace
}  // namespace quartic::sgd_test
