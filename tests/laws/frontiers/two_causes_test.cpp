#include "laws/frontiers/two_causes.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic {
namespace {

/// A grid of 16 x 8 pairs over two decades each, with log-normal noise.
TwoCausePoints planted(const TwoCauseLaw& law, double spread) {
  TwoCausePoints points{Vector(128), Vector(128), Vector(128), Vector::Ones(128)};
  Stream stream(3);
  for (Index i = 0; i < 128; ++i) {
    const Index row = i / 8;
    points.first[i] = 1e3 * std::pow(10, static_cast<double>(row) / 7.5);
    points.second[i] = 50 * std::pow(10, static_cast<double>(i % 8) / 3.5);
    points.values[i] = law.at(points.first[i], points.second[i]) * std::exp(spread * stream.normal());
  }
  return points;
}

void expect_near(const TwoCauseLaw& found, const TwoCauseLaw& planted, double share) {
  EXPECT_NEAR(found.floor, planted.floor, share * planted.floor + 1e-9);
  EXPECT_NEAR(found.first_exponent, planted.first_exponent, share * planted.first_exponent);
  EXPECT_NEAR(found.second_exponent, planted.second_exponent, share * planted.second_exponent);
  EXPECT_NEAR(found.first_scale, planted.first_scale, 10 * share * planted.first_scale);
  EXPECT_NEAR(found.second_scale, planted.second_scale, 10 * share * planted.second_scale);
}

constexpr TwoCauseLaw both{0.05, 40, 0.7, 3, 0.4};

TEST(TwoCauses, AreRecoveredWithoutNoise) {
  for (const TwoCauseLaw& law :
       {both, TwoCauseLaw{0.2, 300, 0.9, 8, 1.1}, TwoCauseLaw{1.7, 406, 0.34, 411, 0.28}}) {
    const TwoCauseFit fit = fit_two_causes(planted(law, 0));
    expect_near(fit.law, law, 1e-4);
    EXPECT_LT(fit.residuals.cwiseAbs().maxCoeff(), 1e-6);
    EXPECT_FALSE(fit.at_edge);
  }
}

TEST(TwoCauses, FallAlongTheirFrontierByBothExponents) {
  const auto least = [](double product) {
    double y = INFINITY;
    for (double n = 1; n < 1e9; n *= 1.0005) y = std::min(y, both.at(n, product / n));
    return y - both.floor;
  };
  EXPECT_NEAR(std::log(least(1e6) / least(1e8)) / std::log(100), both.frontier_slope(), 1e-6);
  EXPECT_TRUE(std::isnan(TwoCauseLaw({0.1, 0, 0.5, 1, 0.5}).frontier_slope()));
}

TEST(TwoCauses, AreRecoveredWithNoiseToItsSize) {
  const TwoCauseFit fit = fit_two_causes(planted(both, 0.01));
  EXPECT_NEAR(fit.law.first_exponent, 0.7, 0.06);
  EXPECT_NEAR(fit.law.second_exponent, 0.4, 0.05);
  EXPECT_NEAR(fit.law.floor, 0.05, 0.02);
  EXPECT_NEAR(fit.squares / (128 - 5) / 1e-4, 1, 0.35);
  EXPECT_LE(
      fit.squares, 1.0001 * [] {
        const TwoCausePoints points = planted(both, 0.01);
        double squares = 0;
        for (Index i = 0; i < 128; ++i)
          squares += std::pow(std::log(points.values[i] / both.at(points.first[i], points.second[i])), 2);
        return squares;
      }());
}

TEST(TwoCauses, SayThatATermVanishes) {
  const TwoCauseFit fit = fit_two_causes(planted({0, 40, 0.7, 3, 0.4}, 0));
  EXPECT_TRUE(fit.at_edge);
  EXPECT_EQ(fit.law.floor, 0);
  EXPECT_NEAR(fit.law.first_exponent, 0.7, 1e-3);
}

TEST(TwoCauses, DoNotDependOnUnits) {
  const TwoCausePoints points = planted(both, 0.05);
  TwoCausePoints scaled = points;
  scaled.first *= 1e6;
  scaled.values *= 1e-3;
  const TwoCauseLaw one = fit_two_causes(points).law, other = fit_two_causes(scaled).law;
  EXPECT_NEAR(one.first_exponent, other.first_exponent, 1e-5);
  EXPECT_NEAR(one.second_exponent, other.second_exponent, 1e-5);
  EXPECT_NEAR(one.floor * 1e-3, other.floor, 1e-8);
}

TEST(TwoCauses, IgnorePointsWithoutWeight) {
  TwoCausePoints points = planted(both, 0);
  points.weights[5] = 0;
  points.values[5] *= 100;
  expect_near(fit_two_causes(points).law, both, 1e-4);
  EXPECT_NEAR(fit_two_causes(points).residuals[5], std::log(100), 1e-3);
}

TEST(TwoCauses, HaveNoFitOnBadOrFewPoints) {
  TwoCausePoints points = planted(both, 0);
  points.values[3] = -1;
  EXPECT_TRUE(std::isnan(fit_two_causes(points).law.floor));
  points = planted(both, 0);
  points.weights.tail(124).setZero();
  EXPECT_TRUE(std::isnan(fit_two_causes(points).law.floor));
}

TEST(TwoCauses, HaveNoFitOnFewerThanThreeSizesOfOneKind) {
  const auto exponent_of = [](const TwoCausePoints& points) {
    return fit_two_causes(points).law.first_exponent;
  };
  TwoCausePoints points = planted(both, 0.01);
  for (Index i = 0; i < 128; ++i) points.weights[i] = i / 8 < 3 ? 1 : 0;
  EXPECT_FALSE(std::isnan(exponent_of(points)));
  for (Index i = 16; i < 24; ++i) points.weights[i] = 0;
  EXPECT_TRUE(std::isnan(exponent_of(points)));
  std::swap(points.first, points.second);
  EXPECT_TRUE(std::isnan(exponent_of(points)));
}

/// Exponents above 5, where fits end.
TEST(TwoCauses, HaveNoIntervalAtAnEndOfTheRangeOfExponents) {
  const TwoCausePoints points = planted({0.05, 1e21, 7, 3, 0.4}, 0);
  const TwoCauseFit fit = fit_two_causes(points);
  EXPECT_TRUE(fit.at_edge);
  EXPECT_TRUE(std::isnan(fit.law.frontier_slope()));
  TwoCauseTable table{points.first, points.second, Matrix(8, 128)};
  Stream stream(6);
  for (double& error : table.errors.reshaped()) error = std::exp(0.05 * stream.normal());
  table.errors = table.errors * points.values.asDiagonal();
  const TwoCauseExponents found = two_cause_exponents(table);
  EXPECT_TRUE(std::isnan(found.first_slope.low));
  EXPECT_TRUE(std::isnan(found.first_slope.high));
  EXPECT_FALSE(std::isnan(found.second_slope.low));
}

TEST(TwoCauses, HaveIntervalsOverWholeReplicates) {
  const TwoCausePoints points = planted(both, 0);
  TwoCauseTable table{points.first, points.second, Matrix(8, 128)};
  Stream stream(6);
  for (double& error : table.errors.reshaped()) error = std::exp(0.05 * stream.normal());
  table.errors = table.errors * points.values.asDiagonal();
  const TwoCauseExponents found = two_cause_exponents(table);
  EXPECT_EQ(found.first_slope.estimate, found.fit.law.first_exponent);
  // The ends lie 2.36 standard errors away: within 4.
  const double first = found.first_slope.high - found.first_slope.low,
               second = found.second_slope.high - found.second_slope.low;
  EXPECT_NEAR(found.first_slope.estimate, 0.7, 0.85 * first);
  EXPECT_NEAR(found.second_slope.estimate, 0.4, 0.85 * second);
  EXPECT_LT(first, 0.2);
  EXPECT_LT(second, 0.2);
  const TwoCauseExponents one = two_cause_exponents({table.first, table.second, table.errors.topRows(1)});
  EXPECT_TRUE(std::isnan(one.first_slope.low)) << "one replicate";
}

}  // namespace
}  // namespace quartic
