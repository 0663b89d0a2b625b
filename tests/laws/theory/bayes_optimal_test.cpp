#include "laws/theory/bayes_optimal.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/statistics/special.hpp"
#include "laws/theory/lasso.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/ridge.hpp"

namespace quartic::bayes_optimal_test {
namespace {

double logistic(double t) {
  return 1 / (1 + std::exp(-t));
}

/// mu^2 share E[1 - p(Y)], Y ~ N(mu, 1): another form of the same, by Simpson's rule on a fine grid.
double one_sign(double share, double mu) {
  const int steps = 200000;
  const double low = -15, high = mu + 15, step = (high - low) / steps;
  double sum = 0;
  for (int k = 0; k <= steps; ++k) {
    const double y = low + k * step;
    const double wrong = logistic(std::log((1 - share) / share) - mu * y + 0.5 * mu * mu);
    sum += (k == 0 || k == steps ? 1 : k % 2 ? 4 : 2) * normal_density(y - mu) * wrong;
  }
  return mu * mu * share * sum * step / 3;
}

/// E X^2 - E (E(X | Y))^2 of three points, likewise.
double either_sign(double share, double mu) {
  const int steps = 200000;
  const double high = mu + 15, step = 2 * high / steps;
  double sum = 0;
  for (int k = 0; k <= steps; ++k) {
    const double y = -high + k * step;
    const double zero = (1 - share) * normal_density(y), up = 0.5 * share * normal_density(y - mu),
                 down = 0.5 * share * normal_density(y + mu), mean = mu * (up - down) / (zero + up + down);
    sum += (k == 0 || k == steps ? 1 : k % 2 ? 4 : 2) * (zero + up + down) * mean * mean;
  }
  return share * mu * mu - sum * step / 3;
}

TEST(ScalarMmse, MatchesOtherFormsOfTheSameIntegral) {
  for (const double share : {0.001, 0.01, 0.2, 0.9}) {
    for (const double mu : {0.1, 1., 3., 6., 12.}) {
      EXPECT_NEAR(scalar_mmse({share}, mu) / one_sign(share, mu), 1, 1e-9) << share << " " << mu;
      const double either = either_sign(share, mu);
      EXPECT_NEAR(scalar_mmse({share, CoefficientSigns::either}, mu), either,
                  1e-9 * share * mu * mu + 1e-6 * either)
          << share << " " << mu;
    }
  }
}

TEST(ScalarMmse, IsThePriorVarianceWhereNothingIsSeen) {
  EXPECT_NEAR(scalar_mmse({0.1}, 1e-3) / 1e-6, 0.1 * 0.9, 1e-6);
  EXPECT_NEAR(scalar_mmse({0.1, CoefficientSigns::either}, 1e-3) / 1e-6, 0.1, 1e-6);
  EXPECT_EQ(scalar_mmse({0.1}, 0), 0);
  EXPECT_NEAR(scalar_mmse({1}, 2), 0, 1e-15);  // nothing is unknown
}

/// Where all can be told apart but for the tails: both errors cost x^2, and y must pass mu/2 + log((1 - share)/share)/mu.
TEST(ScalarMmse, FallsAsTheTailsDo) {
  const double share = 0.01, odds = std::log((1 - share) / share);
  for (const double mu : {20., 40., 70.}) {
    // mu^2 share integral phi(y - mu) (1 - p(y)) dy at the saddle: the logistic's tails give pi/(mu sin(pi s)) with
    // s = 1/2 - odds/mu^2 for its width.
    const double t = mu / 2 + odds / mu, s = (mu - t) / mu;
    const double expected = mu * mu * share * normal_density(mu - t) * M_PI / (mu * std::sin(M_PI * s));
    EXPECT_NEAR(scalar_mmse({share}, mu) / expected, 1, 10 / (mu * mu)) << mu;
  }
}

/// Its fixed point, by plain iteration from above.
double by_iteration(const BayesDesign& design) {
  const double share = design.relevant / design.candidates;
  double risk = design.relevant * design.coefficient * design.coefficient;
  for (int k = 0; k < 200; ++k) {
    const double u = design.noise_variance + risk;
    risk = design.candidates / design.rows * u *
           one_sign(share, design.coefficient * std::sqrt(design.rows / u));
  }
  return risk;
}

TEST(BayesOptimal, SolvesItsEquation) {
  for (const double n : {100., 400.}) {
    const BayesDesign design{.rows = n};
    EXPECT_NEAR(bayes_optimal_risk(design) / by_iteration(design), 1, 1e-7) << n;
  }
}

TEST(BayesOptimal, FallsExponentiallyWithManyRows) {
  // Each tells two points apart: mu^2/8 = n/(8 sigma^2) in the exponent.
  const double a = bayes_optimal_risk({.rows = 800}), b = bayes_optimal_risk({.rows = 1600});
  EXPECT_GT(b, 0);
  EXPECT_NEAR(std::log(a / b), 100, 5);
  EXPECT_LT(a, 1e-35);
}

TEST(BayesOptimal, IsTheVarianceOfThePriorWithFewRows) {
  const BayesDesign design{.rows = 1e-3};
  EXPECT_NEAR(bayes_optimal_risk(design), 10 * 0.99, 1e-3);
}

// Nothing that is known of lasso, ridge and least squares, at whatever penalty, comes below.
TEST(BayesOptimal, LiesBelowEveryOtherTheory) {
  for (const double n : {30., 60., 100., 150., 250., 500., 1500.}) {
    for (const double relevant : {5., 30., 200.}) {
      for (const double noise_variance : {0.1, 1., 9.}) {
        for (const CoefficientSigns signs : {CoefficientSigns::one, CoefficientSigns::either}) {
          const double d = 1000;
          const double best = bayes_optimal_risk({.rows = n,
                                                  .candidates = d,
                                                  .relevant = relevant,
                                                  .noise_variance = noise_variance,
                                                  .signs = signs});
          SCOPED_TRACE(::testing::Message() << n << " " << relevant << " " << noise_variance);
          ASSERT_GE(best, 0);
          const LassoDesign lasso{.rows = n,
                                  .candidates = d,
                                  .noise_variance = noise_variance,
                                  .coefficients = Vector::Ones(static_cast<Index>(relevant))};
          for (const double penalty : {0.01, 0.05, 0.2, 0.5, 1.})
            EXPECT_GT(lasso_state(lasso, penalty).risk, best * (1 - 1e-9)) << penalty;
          EXPECT_GT(ridge_optimal_risk({d / n, relevant, noise_variance}), best * (1 - 1e-9));
          EXPECT_GT(least_squares_risk(LeastSquaresLimit{d / n, relevant, noise_variance}),
                    best * (1 - 1e-9));
        }
      }
    }
  }
}

TEST(BayesOptimal, FallsWithRowsAndKnowsMoreWhereSignsAreKnown) {
  double before = infinity;
  for (const double n : {20., 40., 80., 160., 320., 640.}) {
    const double one = bayes_optimal_risk({.rows = n}),
                 either = bayes_optimal_risk({.rows = n, .signs = CoefficientSigns::either});
    EXPECT_LT(one, before);
    EXPECT_LE(one, either * (1 + 1e-9));
    before = one;
  }
}

// Many relevant columns and little noise: three roots, of which the free energy chooses; the error jumps where it does.
TEST(BayesOptimal, JumpsWhereTheFreeEnergyTellsTheRootsApart) {
  // It must be told which 200 of 1000 and their signs, 640 nats; n rows tell n/2 ln(1 + 200/0.05) at the most: n > 154.
  const auto risk = [](double n) {
    return bayes_optimal_risk({.rows = n,
                               .candidates = 1000,
                               .relevant = 200,
                               .noise_variance = 0.05,
                               .signs = CoefficientSigns::either});
  };
  double largest_fall = 0, at = 0;
  for (double n = 100; n < 400; n += 10) {
    const double fall = risk(n) / risk(n + 10);
    if (fall > largest_fall) largest_fall = fall, at = n;
  }
  EXPECT_GT(largest_fall, 1e3);
  EXPECT_GE(at + 10, 154);
  EXPECT_LT(at, 300);
}

TEST(BayesOptimal, IsUndefinedOutsideItsRange) {
  EXPECT_TRUE(std::isnan(bayes_optimal_risk({.rows = 0})));
  EXPECT_TRUE(std::isnan(bayes_optimal_risk({.candidates = 5, .relevant = 6})));
  EXPECT_TRUE(std::isnan(bayes_optimal_risk({.relevant = 0})));
  EXPECT_TRUE(std::isnan(bayes_optimal_risk({.coefficient = 0})));
  EXPECT_EQ(bayes_optimal_risk({.noise_variance = 0}), 0);
}

}  // namespace
}  // namespace quartic::bayes_optimal_test
