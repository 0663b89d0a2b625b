/// Frontiers of the exact recursion over almost two decades of computing against their limits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "laws/theory/power_law_limits.hpp"

namespace quartic::power_law_limits_statistics {
namespace {

constexpr double first = 1 << 12, second = 1 << 18;

struct Measured {
  double risk, columns;  ///< exponents over computing
  double risk_over_log;  ///< over computing / ln computing
};

Measured measured(const PowerLawSgd& design) {
  const PowerLawOptimum less = power_law_optimum(design, first), more = power_law_optimum(design, second);
  const double range = std::log(second / first),
               shorter = range - std::log(std::log(second) / std::log(first));
  const double fall = std::log(less.risk / more.risk);
  return {fall / range, std::log(more.columns / less.columns) / range, fall / shorter};
}

TEST(PowerLawFrontiers, OfTheCapacityPhase) {
  for (const PowerLawSgd& design :
       {PowerLawSgd{1.5, 1.75}, PowerLawSgd{2, 1.5}, PowerLawSgd{2, 1.5, 0.1, 0.1, SgdAverage::tail}}) {
    const PowerLawFrontier limit = power_law_frontier(design);
    EXPECT_EQ(limit.phase, PowerLawPhase::capacity);
    const Measured found = measured(design);
    EXPECT_NEAR(found.risk / limit.risk, 1, 0.05);
    EXPECT_NEAR(found.columns, limit.columns, 0.03);
  }
}

TEST(PowerLawFrontiers, OfTheGradientNoisePhaseHaveALogarithm) {
  for (const PowerLawSgd& design : {PowerLawSgd{1.5, 4}, PowerLawSgd{1.3, 3.5, 0, 0.2}}) {
    const PowerLawFrontier limit = power_law_frontier(design);
    EXPECT_EQ(limit.phase, PowerLawPhase::gradient_noise);
    const Measured found = measured(design);
    EXPECT_NEAR(found.risk_over_log / limit.risk, 1, 0.03);
    EXPECT_LT(found.risk, 0.95 * limit.risk);
  }
}

TEST(PowerLawFrontiers, OfTheLabelNoisePhase) {
  const PowerLawSgd design{2, 3, 1, 0.1, SgdAverage::tail};
  const PowerLawFrontier limit = power_law_frontier(design);
  EXPECT_EQ(limit.phase, PowerLawPhase::label_noise);
  const Measured found = measured(design);
  EXPECT_NEAR(found.risk / limit.risk, 1, 0.1);  // without label noise it would be .667
  EXPECT_NEAR(found.columns, limit.columns, 0.05);
}

/// tail + (S2 + tail) q/(1-q), q = (h/2) sum over j <= N of s_j/(1 - h s_j): where the last iterate ends.
double floor_of(const PowerLawSgd& design, double columns) {
  double sum = 0;
  for (double j = 1; j <= columns; ++j) sum += 1 / (std::pow(j, design.spectrum_exponent) - design.step);
  const double q = design.step / 2 * sum, beyond = power_tail(design.signal_exponent, columns);
  return beyond + (design.noise_variance + beyond) * q / (1 - q);
}

TEST(PowerLawFrontiers, OfTheLastIterateEndInTheNoiseFloor) {
  const PowerLawSgd design{1.5, 2.5, 1, 0.1, SgdAverage::last};
  double least = INFINITY;
  for (double columns = 1; columns < 300; ++columns) least = std::min(least, floor_of(design, columns));
  const PowerLawOptimum best = power_law_optimum(design, second);
  EXPECT_NEAR(best.risk / least, 1, 1e-3);
  EXPECT_LT(measured(design).risk, 0.01);
}

}  // namespace
}  // namespace quartic::power_law_limits_statistics
