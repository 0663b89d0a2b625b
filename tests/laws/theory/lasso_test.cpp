#include "laws/theory/lasso.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "laws/statistics/root.hpp"
#include "laws/statistics/special.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic::lasso_test {
namespace {

LassoDesign figure(double n) {
  return {.rows = n, .candidates = 1000, .coefficients = Vector::Ones(10)};
}

double theory_penalty(double n, double c) {
  return universal_penalty({.rows = n, .candidates = 1000, .factor = c});
}

/// E g(x + tau Z) by the trapezoidal rule, which is exact to rounding for smooth g and good to 1e-7 for
/// kinks.
template <class Function>
double gaussian_mean(double x, double tau, Function g) {
  const double step = 1e-4;
  double sum = 0;
  for (int k = -90000; k <= 90000; ++k) sum += g(x + tau * k * step) * normal_density(k * step);
  return sum * step;
}

double soft(double y, double t) {
  return std::copysign(std::max(std::abs(y) - t, 0.), y);
}

TEST(LassoTheory, MatchesTheGoldenValues) {
  EXPECT_NEAR(lasso_state(figure(200), theory_penalty(200, 1)).risk, 0.8967, 5e-5);
  EXPECT_NEAR(lasso_state(figure(200), theory_penalty(200, std::numbers::sqrt2)).risk, 1.6768, 5e-5);
  EXPECT_NEAR(lasso_state(figure(200), theory_penalty(200, 2)).risk, 3.2795, 5e-5);
  const LassoState state = lasso_state(figure(400), theory_penalty(400, 1));
  EXPECT_NEAR(state.risk, 0.4012, 5e-5);
  EXPECT_NEAR(state.alpha, 3.2306, 5e-5);
  EXPECT_NEAR(state.active, 11.2, 5e-2);
  EXPECT_NEAR(lasso_state(figure(400), theory_penalty(400, std::numbers::sqrt2)).risk, 0.7711, 5e-5);
  EXPECT_NEAR(lasso_state(figure(400), theory_penalty(400, 2)).risk, 1.5162, 5e-5);
}

TEST(LassoTheory, SoftThresholdRiskMatchesQuadrature) {
  for (double mu : {0., 0.7, 3., 8.})
    for (double alpha : {0., 0.5, 2., 4.}) {
      const double direct =
          gaussian_mean(mu, 1, [&](double y) { return (soft(y, alpha) - mu) * (soft(y, alpha) - mu); });
      EXPECT_NEAR(soft_threshold_risk(mu, alpha), direct, 1e-6) << mu << " " << alpha;
    }
}

TEST(LassoTheory, SolvesBothEquationsForEveryPenalty) {
  for (double n : {60., 200., 1500.})
    for (double l : {1e-3, 0.05, 0.3, 2.}) {
      const LassoState state = lasso_state(figure(n), l);
      EXPECT_NEAR(state.penalty, l, 1e-10 * l) << n;
      EXPECT_NEAR(state.tau * state.tau - 1, state.risk, 1e-9 * state.tau * state.tau) << n << " " << l;
      EXPECT_GT(state.alpha, lasso_least_alpha(figure(n)));
    }
}

double normal_quantile(double p) {
  return find_root([p](double x) { return normal_cdf(x) - p; }, -8, 8);
}

TEST(LassoTheory, GaussianCoefficientsAreTheAverageOverManyDraws) {
  const Index count = 5000;
  const double n = 1.5 * count, d = 4 * count;
  const LassoDesign exact{
      .rows = n, .candidates = d, .random_coefficients = count, .random_variance = 8. / count};
  LassoDesign atoms{.rows = n, .candidates = d, .coefficients = Vector(count)};
  for (Index j = 0; j < count; ++j)
    atoms.coefficients[j] = normal_quantile((static_cast<double>(j) + 0.5) / count);
  atoms.coefficients *= std::sqrt(8.) / atoms.coefficients.norm();
  for (double penalty : {0.005, 0.02, 0.06})
    EXPECT_NEAR(lasso_state(exact, penalty).risk / lasso_state(atoms, penalty).risk, 1, 1e-3) << penalty;
}

TEST(LassoTheory, FindsThePenaltyInEveryKindOfWorld) {
  for (double n : {1., 50., 999., 1000., 1e5})
    for (double d : {10., 1000., 1e6})
      for (double l : {1e-6, 1e-3, 0.03, 1., 1e4})
        for (double noise_variance : {0., 1e-6, 1., 100.}) {
          const LassoDesign equal{
              .rows = n, .candidates = d, .noise_variance = noise_variance, .coefficients = Vector::Ones(10)};
          const LassoDesign gaussian{
              .rows = n, .candidates = d, .noise_variance = noise_variance, .random_coefficients = 5};
          for (const LassoDesign& design : {equal, gaussian}) {
            const LassoState state = lasso_state(design, l);
            EXPECT_NEAR(state.penalty, l, 1e-4 * l) << n << " " << d << " " << noise_variance;
            EXPECT_GE(state.risk, 0) << n << " " << d << " " << l << " " << noise_variance;
          }
        }
}

TEST(LassoTheory, WithoutNoiseTheBiasOfThePenaltyIsLeft) {
  // Every coefficient large, few candidates: b is shrunk by l (1 + O(s/n)), and nothing else is wrong.
  const LassoDesign design{
      .rows = 1e6, .candidates = 10, .noise_variance = 0, .coefficients = Vector::Ones(10)};
  EXPECT_NEAR(lasso_state(design, 0.03).risk, 10 * 0.03 * 0.03, 1e-4 * 0.009);
}

TEST(LassoTheory, GivesTheSignalForAHugePenalty) {
  const LassoState state = lasso_state(figure(200), 50);
  EXPECT_NEAR(state.risk, 10, 1e-9);
  EXPECT_NEAR(state.active, 0, 1e-9);
}

TEST(LassoTheory, TendsToLeastSquaresAsThePenaltyVanishes) {
  LassoDesign design{.rows = 400, .candidates = 100, .coefficients = Vector::Ones(10)};
  const double limit = least_squares_risk(LeastSquaresLimit{0.25, 10, 1});
  EXPECT_NEAR(lasso_state(design, 1e-9).risk, limit, 1e-6);
}

TEST(LassoTheory, ServesNoiselessWorldsAndPureNoise) {
  LassoDesign noiseless = figure(200);
  noiseless.noise_variance = 0;
  const double risk = lasso_state(noiseless, 0.01).risk;
  EXPECT_GT(risk, 0);
  EXPECT_LT(risk, 0.1);
  const LassoDesign noise{.rows = 100, .candidates = 500};
  EXPECT_GT(lasso_state(noise, 0.1).risk, lasso_state(noise, 0.5).risk);
}

/// The figure's world, of which an expert names nine right columns and three wrong ones.
LassoDesign advised(double n, double factor) {
  return {.rows = n,
          .candidates = 988,
          .coefficients = Vector::Ones(1),
          .named = 12,
          .named_factor = factor,
          .named_coefficients = Vector::Ones(9)};
}

TEST(LassoTheory, IsThatOfTheLassoWhereNamedColumnsBearTheWholePenalty) {
  for (double n : {100., 400.}) {
    const LassoState named = lasso_state(advised(n, 1), 0.2), plain = lasso_state(figure(n), 0.2);
    EXPECT_NEAR(named.risk, plain.risk, 1e-10 * plain.risk);
    EXPECT_NEAR(named.active, plain.active, 1e-8);
    EXPECT_NEAR(lasso_least_alpha(advised(n, 1)), lasso_least_alpha(figure(n)), 1e-10);
  }
}

// What is left out is noise, and the limit of many columns lacks one in the denominator.
TEST(LassoTheory, TendsToLeastSquaresOnTheNamedColumnsForAHugePenalty) {
  const LassoState state = lasso_state(advised(300, 0), 50);
  EXPECT_NEAR(state.risk, 1 + 2 * 12 / 288., 1e-9);
  EXPECT_NEAR(state.active, 12, 1e-9);
}

TEST(LassoTheory, SolvesBothEquationsWithNamedColumns) {
  for (double factor : {0., 0.1, 0.5}) {
    const double n = 200, l = 0.15;
    const LassoState state = lasso_state(advised(n, factor), l);
    const double tau = state.tau, root = std::sqrt(n);
    const auto column = [&](double b, double threshold) {
      return gaussian_mean(b * root, tau,
                           [&](double y) { return std::pow(soft(y, threshold) - b * root, 2); });
    };
    const double t = state.alpha * tau;
    const double sum =
        987 * column(0, t) + column(1, t) + 9 * column(1, factor * t) + 3 * column(0, factor * t);
    EXPECT_NEAR(tau * tau, 1 + sum / n, 1e-5 * tau * tau) << factor;
    EXPECT_NEAR(t * (1 - state.active / n) / root, l, 1e-9) << factor;
  }
}

// Those that matter are cheaper to find, whatever their size; those that do not cost tau^2/n each.
TEST(LassoTheory, DoesNotAskHowLargeUnpenalisedCoefficientsAre) {
  LassoDesign large = advised(200, 0);
  large.named_coefficients *= 100;
  EXPECT_NEAR(lasso_state(large, 0.2).risk, lasso_state(advised(200, 0), 0.2).risk, 1e-9);
  EXPECT_LT(lasso_state(advised(200, 0), 0.2).risk, 0.5 * lasso_state(figure(200), 0.2).risk);
}

TEST(LassoTheory, IsUndefinedWhereAsManyColumnsAreFreeAsThereAreRows) {
  EXPECT_TRUE(std::isnan(lasso_state(advised(12, 0), 0.2).risk));
  EXPECT_FALSE(std::isnan(lasso_state(advised(13, 0), 0.2).risk));
  EXPECT_FALSE(std::isnan(lasso_state(advised(12, 0.1), 0.2).risk));
}

TEST(LassoTheory, IsUndefinedOutsideItsRange) {
  EXPECT_TRUE(std::isnan(lasso_state(figure(200), 0).risk));
  EXPECT_TRUE(std::isnan(lasso_state(figure(0), 0.1).risk));
  EXPECT_TRUE(std::isnan(lasso_state({.noise_variance = 0}, 0.1).risk));
}

}  // namespace
}  // namespace quartic::lasso_test
