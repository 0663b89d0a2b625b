#include "sim/parts/class_law.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::class_law_test {
namespace {

double phi(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.));
}
double chance(Link link, double t) {
  return link == Link::logistic ? 1 / (1 + std::exp(-t)) : std::erfc(-t / std::sqrt(2.)) / 2;
}
// The plain sum over a fine grid.
double slow_mean(auto f) {
  constexpr int steps = 400'000;
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double z = -10 + 20 * (i + 0.5) / steps;
    sum += phi(z) * f(z);
  }
  return sum * 20 / steps;
}

class EveryLaw : public testing::TestWithParam<ClassLaw> {};

TEST_P(EveryLaw, PrevalenceAndBayesErrorAreThePlainIntegrals) {
  const ClassLaw& law = GetParam();
  const auto p = [&](double z) { return chance(law.link, law.intercept + std::sqrt(law.signal) * z); };
  EXPECT_NEAR(law.prevalence(), slow_mean(p), 1e-9);
  EXPECT_NEAR(law.bayes_error(), slow_mean([&](double z) { return std::min(p(z), 1 - p(z)); }), 1e-9);
}

TEST_P(EveryLaw, ErrorsOfRulesAreThePlainIntegrals) {
  const ClassLaw& law = GetParam();
  for (const double correlation : {-1., -0.3, 0., 0.5, 0.95, 0.9999, 1.})
    for (const double offset : {-1.5, 0., 0.2}) {
      const double residual = std::sqrt((1 - correlation) * (1 + correlation));
      const double error = slow_mean([&](double z) {
        const double p = chance(law.link, law.intercept + std::sqrt(law.signal) * z);
        const double v = offset + correlation * z;
        const double one = residual > 0 ? std::erfc(-v / residual / std::sqrt(2.)) / 2 : v > 0 ? 1 : 0;
        return p * (1 - one) + (1 - p) * one;
      });
      EXPECT_NEAR(law.bayes_error() + excess_error(law, {correlation, residual, offset}), error, 3e-6)
          << correlation << " " << offset;
    }
}

TEST_P(EveryLaw, ConstantsAreWrongForOneClass) {
  const ClassLaw& law = GetParam();
  EXPECT_NEAR(law.bayes_error() + excess_error_of_constant(law, 1), 1 - law.prevalence(), 1e-12);
  EXPECT_NEAR(law.bayes_error() + excess_error_of_constant(law, 0), law.prevalence(), 1e-12);
}

TEST_P(EveryLaw, TheBestRuleHasNoExcess) {
  const ClassLaw& law = GetParam();
  EXPECT_NEAR(excess_error(law, {1, 0, law.intercept / std::sqrt(law.signal)}), 0, 1e-15);
}

INSTANTIATE_TEST_SUITE_P(ClassLaws, EveryLaw,
                         testing::Values(ClassLaw{Link::logistic, 0, 4}, ClassLaw{Link::logistic, -2.2, 4},
                                         ClassLaw{Link::logistic, 5, 400}, ClassLaw{Link::logistic, 1, 0.01},
                                         ClassLaw{Link::probit, 0, 1}, ClassLaw{Link::probit, -1.5, 0.3},
                                         ClassLaw{Link::probit, 3, 100}));

TEST(ClassLaw, PrevalenceIsMet) {
  for (const Link link : {Link::logistic, Link::probit})
    for (const double signal : {0.01, 1., 4., 400., 1e4})
      for (const double prevalence : {1e-6, 0.01, 0.2, 0.49, 0.6, 0.999}) {
        const ClassLaw law = law_of_prevalence(link, signal, prevalence);
        EXPECT_NEAR(law.prevalence() / prevalence, 1, 1e-11) << signal << " " << prevalence;
      }
  EXPECT_EQ(law_of_prevalence(Link::logistic, 3, 0.5).intercept, 0);
}

// P(y = 1) = P(intercept + u + N(0,1) > 0).
TEST(ClassLaw, InterceptsOfProbitsAreQuantiles) {
  const ClassLaw law = law_of_prevalence(Link::probit, 3, 0.1);
  EXPECT_NEAR(law.intercept, -1.2815515655446004 * 2, 1e-12);
}

// P(u > 0) and y = 1 differ by the angle between u and u + N(0,1).
TEST(ClassLaw, BayesErrorsOfProbitsAreAngles) {
  for (const double signal : {0.1, 1., 9.})
    EXPECT_NEAR((ClassLaw{Link::probit, 0, signal}.bayes_error()),
                std::atan(1 / std::sqrt(signal)) / std::acos(-1.), 1e-13);
}

// Two independent computations of these, by quadrature in 30 digits and by the series of the sigmoid.
TEST(ClassLaw, KnownValues) {
  const ClassLaw balanced = law_of_prevalence(Link::logistic, 4, 0.5);
  const double scale = 0.5 - balanced.bayes_error();
  EXPECT_NEAR(balanced.bayes_error(), 0.222010, 1e-6);
  const auto error_with = [&](double share) {
    return excess_error(balanced, {std::sqrt(share), std::sqrt(1 - share), 0}) / scale;
  };
  EXPECT_NEAR(error_with(0.9), 0.0703443, 1e-7);
  EXPECT_NEAR(error_with(0.7), 0.2076008, 1e-7);
  const ClassLaw rare = law_of_prevalence(Link::logistic, 4, 0.2);
  EXPECT_NEAR(rare.intercept, -2.2284605, 1e-7);
  EXPECT_NEAR(rare.bayes_error(), 0.1464415, 1e-7);
}

}  // namespace
}  // namespace quartic::class_law_test
