#include "laws/frontiers/two_causes.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/laws/frontiers/planted_pairs.hpp"

namespace quartic::two_causes_test {
namespace {

using testing::both_causes;
using testing::planted_pairs;

void expect_near(const TwoCauseLaw& found, const TwoCauseLaw& planted, double share) {
  EXPECT_NEAR(found.floor, planted.floor, share * planted.floor + 1e-9);
  EXPECT_NEAR(found.first_exponent, planted.first_exponent, share * planted.first_exponent);
  EXPECT_NEAR(found.second_exponent, planted.second_exponent, share * planted.second_exponent);
  EXPECT_NEAR(found.first_scale, planted.first_scale, 10 * share * planted.first_scale);
  EXPECT_NEAR(found.second_scale, planted.second_scale, 10 * share * planted.second_scale);
}

TEST(TwoCauses, AreRecoveredWithoutNoise) {
  for (const TwoCauseLaw& law :
       {both_causes, TwoCauseLaw{0.2, 300, 0.9, 8, 1.1}, TwoCauseLaw{1.7, 406, 0.34, 411, 0.28}}) {
    const TwoCauseFit fit = fit_two_causes(planted_pairs(law, 0));
    expect_near(fit.law, law, 1e-4);
    EXPECT_LT(fit.residuals.cwiseAbs().maxCoeff(), 1e-6);
    EXPECT_FALSE(fit.at_edge);
  }
}

TEST(TwoCauses, FallAlongTheirFrontierByBothExponents) {
  const auto least = [](double product) {
    double y = INFINITY;
    for (double n = 1; n < 1e9; n *= 1.0005) y = std::min(y, both_causes.at(n, product / n));
    return y - both_causes.floor;
  };
  EXPECT_NEAR(std::log(least(1e6) / least(1e8)) / std::log(100), both_causes.frontier_slope(), 1e-6);
  EXPECT_TRUE(std::isnan(TwoCauseLaw({0.1, 0, 0.5, 1, 0.5}).frontier_slope()));
}

/// 6 n p operations, and a cost that is no product.
TEST(TwoCauses, AreBestSpentAlongTheirFrontier) {
  for (const PairCost& cost : {PairCost{6, 1, 1}, PairCost{0.3, 1.4, 0.8}}) {
    const double budget = 1e7;
    const auto second = [&](double n) {
      return std::pow(budget / cost.unit * std::pow(n, -cost.first), 1 / cost.second);
    };
    double best = 1;
    for (double n = 1; n < 1e7; n *= 1.0001)
      if (both_causes.at(n, second(n)) < both_causes.at(best, second(best))) best = n;
    const TwoCauseFrontier frontier = both_causes.frontier(cost);
    EXPECT_NEAR(frontier.first_scale * std::pow(budget, frontier.first_power) / best, 1, 2e-4);
    EXPECT_NEAR(frontier.second_scale * std::pow(budget, frontier.second_power) / second(best), 1, 3e-4);
    EXPECT_NEAR(frontier.excess * std::pow(budget, -frontier.slope) /
                    (both_causes.at(best, second(best)) - both_causes.floor),
                1, 1e-7);
  }
}

/// Hoffmann et al. 2022, table A3 and equation 4: a = b/(a+b) = .46 and .54 of 6 N D operations.
TEST(TwoCauses, HaveThePublishedExponentsOfTheOptimum) {
  const TwoCauseFrontier frontier = TwoCauseLaw{1.69, 406.4, 0.34, 410.7, 0.28}.frontier({6, 1, 1});
  EXPECT_NEAR(frontier.first_power, 0.28 / 0.62, 1e-12);
  EXPECT_NEAR(frontier.second_power, 0.34 / 0.62, 1e-12);
  const double G = std::pow(0.34 * 406.4 / (0.28 * 410.7), 1 / 0.62);
  EXPECT_NEAR(frontier.first_scale, G * std::pow(6, -0.28 / 0.62), 1e-12);
}

/// A twentieth of the rows a hundred times off.
TEST(TwoCauses, AreNotDrawnAwayUnderHubersLoss) {
  TwoCausePoints points = planted_pairs(both_causes, 0.002);
  for (Index i = 7; i < 128; i += 20) points.values[i] *= 100;
  const TwoCauseFit huber = fit_two_causes(points, {.delta = 1e-3}), squares = fit_two_causes(points);
  EXPECT_NEAR(huber.law.first_exponent, 0.7, 0.03);
  EXPECT_NEAR(huber.law.second_exponent, 0.4, 0.03);
  EXPECT_NEAR(huber.law.floor, 0.05, 0.01);
  EXPECT_GT(std::abs(squares.law.second_exponent - 0.4), 0.1);
}

TEST(TwoCauses, AreLeastSquaresUnderHubersLossWithAWideDelta) {
  const TwoCausePoints points = planted_pairs(both_causes, 0.01);
  const TwoCauseFit huber = fit_two_causes(points, {.delta = 10}), squares = fit_two_causes(points);
  EXPECT_NEAR(huber.law.first_exponent, squares.law.first_exponent, 1e-8);
  EXPECT_NEAR(huber.squares, squares.squares, 1e-9 * squares.squares);
}

/// No other law nearby has a lower sum of Huber's loss, written down by itself.
TEST(TwoCauses, HaveTheLeastOfHubersLoss) {
  constexpr double delta = 1e-3;
  const TwoCausePoints points = planted_pairs(both_causes, 0.01);
  const auto sum = [&](const TwoCauseLaw& law) {
    double total = 0;
    for (Index i = 0; i < 128; ++i) {
      const double off = std::abs(std::log(points.values[i] / law.at(points.first[i], points.second[i])));
      total += off <= delta ? off * off : delta * (2 * off - delta);
    }
    return total;
  };
  const TwoCauseFit fit = fit_two_causes(points, {.delta = delta});
  EXPECT_NEAR(sum(fit.law), fit.squares, 1e-9 * fit.squares);
  for (const auto number : {&TwoCauseLaw::floor, &TwoCauseLaw::first_scale, &TwoCauseLaw::first_exponent,
                            &TwoCauseLaw::second_scale, &TwoCauseLaw::second_exponent})
    for (const double step : {-1e-3, 1e-3}) {
      TwoCauseLaw other = fit.law;
      other.*number *= 1 + step;
      EXPECT_GT(sum(other), fit.squares);
    }
}

TEST(TwoCauses, AreRecoveredWithNoiseToItsSize) {
  const TwoCauseFit fit = fit_two_causes(planted_pairs(both_causes, 0.01));
  EXPECT_NEAR(fit.law.first_exponent, 0.7, 0.06);
  EXPECT_NEAR(fit.law.second_exponent, 0.4, 0.05);
  EXPECT_NEAR(fit.law.floor, 0.05, 0.02);
  EXPECT_NEAR(fit.squares / (128 - 5) / 1e-4, 1, 0.35);
  EXPECT_LE(
      fit.squares, 1.0001 * [] {
        const TwoCausePoints points = planted_pairs(both_causes, 0.01);
        double squares = 0;
        for (Index i = 0; i < 128; ++i)
          squares +=
              std::pow(std::log(points.values[i] / both_causes.at(points.first[i], points.second[i])), 2);
        return squares;
      }());
}

TEST(TwoCauses, SayThatATermVanishes) {
  const TwoCauseFit fit = fit_two_causes(planted_pairs({0, 40, 0.7, 3, 0.4}, 0));
  EXPECT_TRUE(fit.at_edge);
  EXPECT_EQ(fit.law.floor, 0);
  EXPECT_NEAR(fit.law.first_exponent, 0.7, 1e-3);
}

TEST(TwoCauses, DoNotDependOnUnits) {
  const TwoCausePoints points = planted_pairs(both_causes, 0.05);
  TwoCausePoints scaled = points;
  scaled.first *= 1e6;
  scaled.values *= 1e-3;
  const TwoCauseLaw one = fit_two_causes(points).law, other = fit_two_causes(scaled).law;
  EXPECT_NEAR(one.first_exponent, other.first_exponent, 1e-5);
  EXPECT_NEAR(one.second_exponent, other.second_exponent, 1e-5);
  EXPECT_NEAR(one.floor * 1e-3, other.floor, 1e-8);
}

TEST(TwoCauses, IgnorePointsWithoutWeight) {
  TwoCausePoints points = planted_pairs(both_causes, 0);
  points.weights[5] = 0;
  points.values[5] *= 100;
  expect_near(fit_two_causes(points).law, both_causes, 1e-4);
  EXPECT_NEAR(fit_two_causes(points).residuals[5], std::log(100), 1e-3);
}

TEST(TwoCauses, HaveNoFitOnBadOrFewPoints) {
  TwoCausePoints points = planted_pairs(both_causes, 0);
  points.values[3] = -1;
  EXPECT_TRUE(std::isnan(fit_two_causes(points).law.floor));
  points = planted_pairs(both_causes, 0);
  points.weights.tail(124).setZero();
  EXPECT_TRUE(std::isnan(fit_two_causes(points).law.floor));
}

TEST(TwoCauses, HaveNoFitOnFewerThanThreeSizesOfOneKind) {
  const auto exponent_of = [](const TwoCausePoints& points) {
    return fit_two_causes(points).law.first_exponent;
  };
  TwoCausePoints points = planted_pairs(both_causes, 0.01);
  for (Index i = 0; i < 128; ++i) points.weights[i] = i / 8 < 3 ? 1 : 0;
  EXPECT_FALSE(std::isnan(exponent_of(points)));
  for (Index i = 16; i < 24; ++i) points.weights[i] = 0;
  EXPECT_TRUE(std::isnan(exponent_of(points)));
  std::swap(points.first, points.second);
  EXPECT_TRUE(std::isnan(exponent_of(points)));
}

/// Exponents above 5, where fits end.
TEST(TwoCauses, HaveNoFrontierAtAnEndOfTheRangeOfExponents) {
  const TwoCausePoints points = planted_pairs({0.05, 1e21, 7, 3, 0.4}, 0);
  const TwoCauseFit fit = fit_two_causes(points);
  EXPECT_TRUE(fit.at_edge);
  EXPECT_TRUE(std::isnan(fit.law.frontier_slope()));
}

}  // namespace
}  // namespace quartic::two_causes_test
