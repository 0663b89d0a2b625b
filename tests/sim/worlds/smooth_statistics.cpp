// Drawn rows against what the formulas say, within 5 standard errors.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/parts/coefficients.hpp"
#include "sim/worlds/smooth.hpp"

namespace quartic::smooth_statistics {
namespace {

void expect_mean(const Eigen::ArrayXd& values, double expected) {
  const double n = static_cast<double>(values.size());
  const double se = std::sqrt((values - values.mean()).square().sum()) / n;
  EXPECT_NEAR(values.mean(), expected, 5 * se);
}

// The first block whole, the second cut: column j at j - 1, the answer last.
struct Rows {
  static constexpr Index candidates = 70, count = 100'000;
  Truth truth;
  Vector beta;
  Matrix x;
  Vector answers;

  explicit Rows(double roughness)
      : truth(Smooth{.candidates = candidates, .roughness = roughness}.draw(Stream(1))),
        beta(candidates),
        x(truth.x({0, count}, {0, candidates}, Stream(2))),
        answers(truth.mean({0, count}, Stream(2))) {
    const auto signs = draw_coefficients("signs", candidates, Stream(1).child("coefficients"));
    for (Index j = 0; j < candidates; ++j) beta[j] = signs[static_cast<std::size_t>(j)];
  }
};

double variance(Index column, double roughness) {
  return std::pow(static_cast<double>(column + 1), -1 - 2 / roughness);
}

class EveryRoughness : public testing::TestWithParam<double> {};

TEST_P(EveryRoughness, ColumnsAreIndependentWithTheirVariances) {
  const Rows rows(GetParam());
  for (const Index j : {0, 1, 2, 30, 63, 64, 65, 69}) {
    expect_mean(rows.x.col(j).array().square(), variance(j, GetParam()));
    expect_mean(rows.x.col(j).array().pow(4), 3 * std::pow(variance(j, GetParam()), 2));
    for (const Index k : {0, 1, 2, 30, 63, 64, 65, 69})
      if (k < j) expect_mean(rows.x.col(j).array() * rows.x.col(k).array(), 0);
  }
}

TEST_P(EveryRoughness, AnswersVaryWithColumnsByTheirCoefficients) {
  const Rows rows(GetParam());
  for (const Index j : {0, 1, 2, 30, 63, 64, 65, 69})
    expect_mean(rows.x.col(j).array() * rows.answers.array(), rows.beta[j] * variance(j, GetParam()));
  expect_mean(rows.answers.array().square(), rows.truth.facts().at("signal"));
}

TEST_P(EveryRoughness, WhatTheColumnsMissIsTheTail) {
  const Rows rows(GetParam());
  const Eigen::ArrayXd missing = rows.answers - rows.x * rows.beta;
  expect_mean(missing.square(), rows.truth.facts().at("tail"));
  expect_mean(missing.pow(4), 3 * std::pow(rows.truth.facts().at("tail"), 2));
  for (const Index j : {0, 63, 64, 69}) expect_mean(missing * rows.x.col(j).array(), 0);
}

INSTANTIATE_TEST_SUITE_P(SmoothStatistics, EveryRoughness, testing::Values(0.5, 2., 3.));

}  // namespace
}  // namespace quartic::smooth_statistics
