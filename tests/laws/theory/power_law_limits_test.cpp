#include "laws/theory/power_law_limits.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "laws/theory/exponents.hpp"

namespace quartic::power_law_limits_test {
namespace {

constexpr SgdAverage last = SgdAverage::last, tail = SgdAverage::tail;

double slope(double first, double second, double ratio) {
  return std::log(first / second) / std::log(ratio);
}

TEST(PowerLawLimits, TailsOfPowersAreZetas) {
  const double pi = std::numbers::pi;
  EXPECT_NEAR(power_tail(2, 0), pi * pi / 6, 1e-12);
  EXPECT_NEAR(power_tail(4, 0), std::pow(pi, 4) / 90, 1e-12);
  EXPECT_NEAR(power_tail(1.5, 0), 2.612375348685488, 1e-11);
  EXPECT_NEAR(power_tail(2, 3), pi * pi / 6 - 1 - 1 / 4. - 1 / 9., 1e-12);
  EXPECT_NEAR(power_tail(1.5, 1e6) - power_tail(1.5, 1e6 + 1), std::pow(1e6 + 1, -1.5), 1e-14);
  EXPECT_EQ(power_tail(1, 10), INFINITY);
}

TEST(PowerLawLimits, WhatAModelDoesNotSeeIsErrorAndNoise) {
  const PowerLawSgd design{.noise_variance = 0.2};
  EXPECT_NEAR(power_law_sgd_risk(design, 50, 0), power_tail(1.75, 0), 1e-12);  // nothing learned: Var f*
  const double beyond = power_tail(1.75, 50);
  const DiagonalSgd seen{power_law_spectrum(50, 1.5, 0.25), 0.2 + beyond, 0.3};
  EXPECT_DOUBLE_EQ(power_law_sgd_risk(design, 50, 70), beyond + sgd_risk(seen, 70));
  EXPECT_TRUE(std::isnan(power_law_sgd_risk(design, 0, 70)));
}

TEST(PowerLawLimits, RiskFallsOverStepsAsPhasesSay) {
  const auto measured = [](const PowerLawSgd& design, double steps = 200) {
    return slope(power_law_sgd_risk(design, 300, steps), power_law_sgd_risk(design, 300, 4 * steps), 4);
  };
  const PowerLawSgd capacity{.spectrum_exponent = 2, .signal_exponent = 1.5};
  EXPECT_NEAR(measured(capacity), 0.25, 0.01);  // (A - 1)/B
  const PowerLawSgd gradient{.spectrum_exponent = 1.5, .signal_exponent = 4};
  EXPECT_NEAR(measured(gradient), 4. / 3, 0.06);  // 2 - 1/B; (A - 1)/B would be 2
  const PowerLawSgd label{2, 3, 1, 0.1, tail};
  EXPECT_NEAR(measured(label, 1500), 0.5, 0.1);  // 1 - 1/B; (A - 1)/B would be 1
}

TEST(PowerLawLimits, ColumnsLimitRiskByTheirPower) {
  const PowerLawSgd design{};
  EXPECT_NEAR(slope(power_law_sgd_risk(design, 64, 2e4), power_law_sgd_risk(design, 256, 2e4), 4), 0.75,
              0.05);
}

/// tail + (S2 + tail) q/(1-q), q = (h/2) sum over j <= N of s_j/(1 - h s_j): where the last iterate ends.
double floor_of(const PowerLawSgd& design, double columns) {
  double sum = 0;
  for (double j = 1; j <= columns; ++j) sum += 1 / (std::pow(j, design.spectrum_exponent) - design.step);
  const double q = design.step / 2 * sum, beyond = power_tail(design.signal_exponent, columns);
  return beyond + (design.noise_variance + beyond) * q / (1 - q);
}

TEST(PowerLawLimits, NoiseLeavesAFloorUnderTheLastIterate) {
  const PowerLawSgd design{1.5, 2.5, 1, 0.1, last};
  for (double columns : {1., 5., 17.})
    EXPECT_NEAR(power_law_sgd_risk(design, columns, 2e4) / floor_of(design, columns), 1, 1e-6) << columns;
}

TEST(PowerLawLimits, OptimaUndercutOtherShares) {
  const PowerLawSgd design{};
  const PowerLawOptimum best = power_law_optimum(design, 4096);
  EXPECT_EQ(best.steps, std::floor(4096 / best.columns));
  EXPECT_EQ(best.risk, power_law_sgd_risk(design, best.columns, best.steps));
  for (double columns = 1; columns < 400; columns = std::ceil(1.3 * columns))
    EXPECT_GE(power_law_sgd_risk(design, columns, std::floor(4096 / columns)), best.risk * 0.999) << columns;
}

TEST(PowerLawLimits, PhasesMeetAtTheirBorders) {
  const auto frontier = [](double B, double A, double noise, SgdAverage average) {
    return power_law_frontier({B, A, noise, 0.1, average});
  };
  EXPECT_EQ(frontier(1.5, 1.75, 0, last).phase, PowerLawPhase::capacity);
  EXPECT_EQ(frontier(1.5, 3, 0, last).phase, PowerLawPhase::capacity);
  EXPECT_EQ(frontier(1.5, 3.01, 0, last).phase, PowerLawPhase::gradient_noise);
  EXPECT_EQ(frontier(1.5, 1.4, 1, tail).phase, PowerLawPhase::capacity);
  EXPECT_EQ(frontier(1.5, 1.75, 1, tail).phase, PowerLawPhase::label_noise);
  EXPECT_EQ(frontier(1.5, 1.75, 1, last).phase, PowerLawPhase::noise_floor);
  EXPECT_DOUBLE_EQ(frontier(1.5, 1.75, 0, last).risk, 0.3);
  EXPECT_DOUBLE_EQ(frontier(2, 3, 1, tail).risk, 0.5);
  EXPECT_EQ(frontier(2, 3, 1, last).risk, 0);
  EXPECT_NEAR(frontier(1.5, 1.5 + 1e-9, 1, tail).risk, frontier(1.5, 1.5, 1, tail).risk, 1e-8);
  for (const PowerLawFrontier& one : {frontier(1.5, 4, 0, last), frontier(2, 3, 1, tail)})
    EXPECT_DOUBLE_EQ(one.columns + one.steps, 1);
}

}  // namespace
}  // namespace quartic::power_law_limits_test
