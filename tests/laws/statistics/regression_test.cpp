#include "laws/statistics/regression.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random/stream.hpp"
#include "tests/support/imagenet_points.hpp"
#include "tests/support/rounded.hpp"

namespace quartic::regression_test {
namespace {

using support::imagenet_scatter;
using support::rounded;

Scatter noisy_line(Index rows, double slope, double noise) {
  Stream stream = Stream(3).child("noisy line");
  Scatter scatter{Vector(rows), Vector(rows)};
  for (Index i = 0; i < rows; ++i) {
    scatter.x[i] = stream.normal();
    scatter.y[i] = 1 + slope * scatter.x[i] + noise * stream.normal();
  }
  return scatter;
}

TEST(Regression, GivesThePublishedLineOfTheImageNetPoints) {
  const LeastSquaresLine fit = least_squares_line(imagenet_scatter());
  EXPECT_EQ(fit.rows, 13);
  EXPECT_EQ(rounded(fit.line.slope, 4), 0.0733);
  EXPECT_EQ(rounded(fit.slope_error, 4), 0.0244);
  EXPECT_EQ(rounded(fit.line.intercept, 3), -0.757);
  EXPECT_EQ(rounded(fit.r_squared, 3), 0.452);
}

TEST(Regression, GivesThePublishedExponentsForwardAndReverse) {
  const Scatter rows = imagenet_scatter();
  EXPECT_EQ(rounded(1 / regress(Regression::forward, rows).slope, 1), 13.6);
  EXPECT_EQ(rounded(1 / regress(Regression::reverse, rows).slope, 1), 6.2);
}

TEST(Regression, OfEveryKindFindsALineWithoutNoise) {
  for (const double slope : {-2., 0.3})
    for (const Regression kind : regressions) {
      const StraightLine line = regress(kind, noisy_line(30, slope, 0));
      EXPECT_NEAR(line.slope, slope, 1e-12) << to_string(kind);
      EXPECT_NEAR(line.intercept, 1, 1e-12) << to_string(kind);
      EXPECT_NEAR(line.solve(line.at(7)), 7, 1e-10) << to_string(kind);
    }
}

TEST(Regression, ReverseIsForwardWithTheAxesExchanged) {
  const Scatter rows = noisy_line(20, 0.5, 1);
  const StraightLine reverse = regress(Regression::reverse, rows);
  const StraightLine exchanged = regress(Regression::forward, {rows.y, rows.x});
  EXPECT_NEAR(reverse.slope, 1 / exchanged.slope, 1e-12);
  EXPECT_NEAR(exchanged.at(2.5), reverse.solve(2.5), 1e-12);
}

TEST(Regression, BoundsTheSlopeByForwardAndReverse) {
  const Scatter rows = noisy_line(50, -0.8, 1);
  const double forward = regress(Regression::forward, rows).slope,
               reverse = regress(Regression::reverse, rows).slope;
  EXPECT_NEAR(regress(Regression::reduced_major_axis, rows).slope, -std::sqrt(forward * reverse), 1e-12);
  EXPECT_NEAR(forward / reverse, least_squares_line(rows).r_squared, 1e-12);
}

TEST(Regression, GivesTheErrorsOfTheTextbook) {
  const Scatter rows{Vector{{1, 2, 3, 4}}, Vector{{1, 3, 2, 5}}};  // y = 1.1 x by hand: s^2 = 2.7/2
  const LeastSquaresLine fit = least_squares_line(rows);
  EXPECT_NEAR(fit.line.slope, 1.1, 1e-14);
  EXPECT_NEAR(fit.line.intercept, 0, 1e-14);
  EXPECT_NEAR(fit.slope_error, std::sqrt(1.35 / 5), 1e-14);
  EXPECT_NEAR(fit.intercept_error, std::sqrt(1.35 * (0.25 + 2.5 * 2.5 / 5)), 1e-14);
  EXPECT_NEAR(fit.error_at(2.5), std::sqrt(1.35 / 4), 1e-14);
  EXPECT_NEAR(fit.r_squared, 1 - 2.7 / 8.75, 1e-14);
}

TEST(TheilSen, IsTheMedianSlopeWhateverAnOutlierDoes) {
  const Scatter rows{Vector{{0, 1, 2, 3, 4}}, Vector{{0, 2, 4, 6, 1e9}}};
  const StraightLine line = regress(Regression::theil_sen, rows);
  EXPECT_EQ(line.slope, 2);
  EXPECT_EQ(line.intercept, 0);
}

TEST(TheilSen, OfManyRowsAgreesWithTheForwardLine) {
  const Scatter rows = noisy_line(200000, 0.5, 1);
  EXPECT_NEAR(regress(Regression::theil_sen, rows).slope, 0.5, 0.02);
}

TEST(HuberLine, IsNotDrawnAwayByWrongRows) {
  Scatter rows = noisy_line(40, 0.5, 0.1);
  const StraightLine clean = regress(Regression::huber, rows);
  EXPECT_NEAR(clean.slope, regress(Regression::forward, rows).slope, 0.02);
  for (const Index row : {3, 17, 29}) rows.y[row] += 50;
  const StraightLine line = regress(Regression::huber, rows);
  EXPECT_NEAR(line.slope, 0.5, 0.1);
  EXPECT_NEAR(line.intercept, 1, 0.1);
  EXPECT_GT(std::abs(regress(Regression::forward, rows).intercept - 1), 1);
}

/// Its estimating equations: sum psi(z) = sum psi(z) x = 0, psi(z) = z up to 1.345.
TEST(HuberLine, BalancesResidualsUpToItsBend) {
  const Scatter rows = noisy_line(60, -0.7, 1);
  const StraightLine line = regress(Regression::huber, rows);
  Eigen::ArrayXd residuals = rows.y.array() - line.intercept - line.slope * rows.x.array();
  std::vector<double> sizes;
  for (const double r : residuals) sizes.push_back(std::abs(r));
  std::sort(sizes.begin(), sizes.end());
  const double bend = 1.345 * 0.5 * (sizes[29] + sizes[30]) / 0.6745;
  const Eigen::ArrayXd pull = residuals.min(bend).max(-bend);
  EXPECT_NEAR(pull.sum(), 0, 1e-7);
  EXPECT_NEAR((pull * rows.x.array()).sum(), 0, 1e-7);
}

TEST(HuberLine, OfALineWithoutNoiseOrOfTooLittle) {
  EXPECT_NEAR(regress(Regression::huber, noisy_line(30, -2, 0)).slope, -2, 1e-12);
  EXPECT_TRUE(std::isnan(regress(Regression::huber, {Vector{{1, 1, 1}}, Vector{{1, 2, 3}}}).slope));
  EXPECT_TRUE(std::isnan(regress(Regression::huber, {Vector{{1}}, Vector{{1}}}).slope));
}

TEST(TurnedRound, IsTheSlopeOfTheOtherAxis) {
  const Interval turned = turned_round({0.25, 0.2, 0.5});
  EXPECT_EQ(turned.estimate, 4);
  EXPECT_EQ(turned.low, 2);
  EXPECT_EQ(turned.high, 5);
  EXPECT_EQ(turned_round({0.25, -0.1, 0.5}).high, INFINITY);
  EXPECT_EQ(turned_round({-0.25, -0.5, 0.1}).low, -INFINITY);
  EXPECT_TRUE(std::isnan(turned_round({0.25, NAN, NAN}).low));
}

TEST(Regression, LeavesOutRowsWithoutNumbers) {
  const Scatter rows{Vector{{1, 2, NAN, 3, 4}}, Vector{{1, 3, 7, 2, 5}}};
  EXPECT_NEAR(regress(Regression::forward, rows).slope, 1.1, 1e-14);
  EXPECT_EQ(least_squares_line(rows).rows, 4);
}

TEST(Regression, OfTooLittleIsNotANumber) {
  const Scatter one{Vector{{1}}, Vector{{2}}}, vertical{Vector{{1, 1, 1}}, Vector{{1, 2, 3}}};
  for (const Regression kind : regressions) {
    EXPECT_TRUE(std::isnan(regress(kind, one).slope)) << to_string(kind);
    EXPECT_TRUE(std::isnan(regress(kind, vertical).slope)) << to_string(kind);
  }
  EXPECT_TRUE(std::isnan(regress(Regression::reverse, {Vector{{1, 2}}, Vector{{3, 3}}}).slope));
  EXPECT_TRUE(std::isnan(least_squares_line({Vector{{1, 2}}, Vector{{3, 4}}}).slope_error));
}

TEST(ExponentOfSlope, TurnsTheIntervalRound) {
  const Interval q = exponent_of_slope({0.25, 0.2, 0.5});
  EXPECT_EQ(q.estimate, 4);
  EXPECT_EQ(q.low, 2);
  EXPECT_EQ(q.high, 5);
  EXPECT_EQ(exponent_of_slope({0.25, -0.1, 0.5}).high, INFINITY);
  EXPECT_TRUE(std::isnan(exponent_of_slope({-0.25, -0.5, -0.1}).estimate));
  EXPECT_TRUE(std::isnan(exponent_of_slope({0.25, NAN, NAN}).low));
}

TEST(LogScatter, LosesRowsAtOrBelowTheFloor) {
  const Scatter rows = log_scatter(Vector{{1e3, 1e4, 0}}, Vector{{0.11, 0.1, 0.5}}, 0.1);
  EXPECT_NEAR(rows.x[0], 3, 1e-14);
  EXPECT_NEAR(rows.y[0], 2, 1e-13);
  EXPECT_TRUE(std::isnan(rows.y[1]));
  EXPECT_TRUE(std::isnan(rows.x[2]));
}

TEST(LogScatter, MakesTheExponentFallAsTheFloorRises) {
  double before = INFINITY;
  for (const double floor : {0., 0.02, 0.04, 0.06, 0.08, 0.1, 0.11}) {
    const double exponent = 1 / regress(Regression::forward, imagenet_scatter(floor)).slope;
    EXPECT_LT(exponent, before);
    before = exponent;
  }
  EXPECT_EQ(rounded(before, 2), 4.23);
}

}  // namespace
}  // namespace quartic::regression_test
