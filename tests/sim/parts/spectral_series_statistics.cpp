// Rows of spectral series with two different exponents against what the formulas say, within 5 standard
// errors.
#include "sim/parts/spectral_series.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::spectral_series_statistics {
namespace {

void expect_mean(const Eigen::ArrayXd& values, double expected) {
  const double n = static_cast<double>(values.size());
  const double se = std::sqrt((values - values.mean()).square().sum()) / n;
  EXPECT_NEAR(values.mean(), expected, 5 * se);
}

struct Exponents {
  double spectrum, target;
};

class EverySeries : public testing::TestWithParam<Exponents> {
 protected:
  static constexpr Index candidates = 70, count = 100'000;  // the first block whole, the second cut
  Truth truth = draw_series({candidates, GetParam().spectrum, GetParam().target}, {}, Stream(1));
  Matrix x = truth.x({0, count}, {0, candidates}, Stream(2));
  Vector answers = truth.mean({0, count}, Stream(2));

  double variance(Index column) const {
    return std::pow(static_cast<double>(column + 1), -GetParam().spectrum);
  }
  double covariance(Index column) const {  // with the answer, by the exact risk
    const Vector unit = Vector::Unit(candidates, column);
    return (*truth.excess_risk({-unit}) - *truth.excess_risk({unit})) / 4;
  }
};

TEST_P(EverySeries, ColumnsAreIndependentWithTheirVariances) {
  for (const Index j : {0, 1, 30, 63, 64, 69}) {
    expect_mean(x.col(j).array().square(), variance(j));
    expect_mean(x.col(j).array().pow(4), 3 * std::pow(variance(j), 2));
    for (const Index k : {0, 1, 30, 63, 64, 69})
      if (k < j) expect_mean(x.col(j).array() * x.col(k).array(), 0);
  }
}

TEST_P(EverySeries, AnswersVaryWithColumnsByTheTarget) {
  expect_mean(answers.array().square(), truth.facts().at("signal"));
  for (const Index j : {0, 1, 30, 63, 64, 69}) {
    expect_mean(x.col(j).array() * answers.array(), covariance(j));
    const double part = std::pow(static_cast<double>(j + 1), -GetParam().target);
    EXPECT_NEAR(covariance(j) * covariance(j) / variance(j), part, 1e-9 * part);
  }
}

TEST_P(EverySeries, WhatTheColumnsMissIsTheTail) {
  Vector beta(candidates);
  for (Index j = 0; j < candidates; ++j) beta[j] = covariance(j) / variance(j);
  const Eigen::ArrayXd missing = answers - x * beta;
  expect_mean(missing.square(), truth.facts().at("tail"));
  for (const Index j : {0, 63, 64, 69}) expect_mean(missing * x.col(j).array(), 0);
}

INSTANTIATE_TEST_SUITE_P(SpectralSeries, EverySeries,
                         testing::Values(Exponents{1.5, 1.75}, Exponents{0, 1.3}, Exponents{2, 1.1},
                                         Exponents{0.8, 2.5}));

}  // namespace
}  // namespace quartic::spectral_series_statistics
