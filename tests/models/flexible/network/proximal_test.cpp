#include "models/flexible/network/proximal.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::detail::proximal_test {
namespace {

// 2 inputs, 2 units with biases, an output with a bias.
const NetworkShape small_shape{2, {2}};
const std::vector<LayerScale> same_scales(2);

std::vector<double> stepped(const ProximalRule& rule, double rate, std::vector<double> parameters,
                            const std::vector<LayerScale>& scales = same_scales) {
  proximal_step<double>(rule, rate, small_shape, scales, parameters);
  return parameters;
}

TEST(Proximal, ShrinksWeightsTowardsZeroAndLeavesBiases) {
  const auto w = stepped({.l1 = 0.5}, 0.2, {1, -1, 0.05, -0.1, 0.01, 0.02, 3, -0.2, 0.03});
  const std::vector<double> expected = {0.9, -0.9, 0, 0, 0.01, 0.02, 2.9, -0.1, 0.03};
  for (std::size_t k = 0; k < w.size(); ++k) EXPECT_NEAR(w[k], expected[k], 1e-15) << k;
}

TEST(Proximal, ShrinksAUnitAsAWholeUntilItIsGone) {
  // Lengths 3 and 0.5 of units (2, 2; 1) and (0.3, 0; 0.4).
  const double by = 0.6 / std::sqrt(3.0);
  const auto w = stepped({.group_l1 = by}, 1, {2, 2, 0.3, 0, 1, 0.4, 5, 6, 7});
  const std::vector<double> expected = {1.6, 1.6, 0, 0, 0.8, 0, 5, 6, 7};
  for (std::size_t k = 0; k < w.size(); ++k) EXPECT_NEAR(w[k], expected[k], 1e-15) << k;
}

// The step is the minimum of 1/2 |w - w_0|^2 + R penalty(w).
TEST(Proximal, MakesDistanceAndPenaltyTogetherSmallest) {
  const ProximalRule rule{.l1 = 0.3, .group_l1 = 0.2};
  const std::vector<double> from = {1, -0.7, 0.3, 0.4, 0.5, -0.3, 2, -0.1, 0.6};
  const auto cost = [&](const std::vector<double>& w) {
    double sum = 0;
    for (std::size_t k = 0; k < w.size(); ++k) sum += (w[k] - from[k]) * (w[k] - from[k]) / 2;
    for (const std::size_t k : {0, 1, 2, 3, 6, 7}) sum += rule.l1 * std::abs(w[k]);
    for (const std::size_t unit : {0, 1})
      sum += rule.group_l1 * std::sqrt(3.0) *
             std::sqrt(w[2 * unit] * w[2 * unit] + w[2 * unit + 1] * w[2 * unit + 1] +
                       w[4 + unit] * w[4 + unit]);
    return sum;
  };
  const auto best = stepped(rule, 1, from);
  for (std::size_t k = 0; k < best.size(); ++k)
    for (const double way : {-1e-3, 1e-3}) {
      auto beside = best;
      beside[k] += way;
      EXPECT_GT(cost(beside), cost(best)) << k;
    }
}

TEST(Proximal, StepsAtTheRateOfTheLayer) {
  const auto w = stepped({.l1 = 1}, 0.1, std::vector<double>(9, 1.0), {{1, 0.5, 1}, {1, 2, 1}});
  EXPECT_NEAR(w[0], 0.95, 1e-15);
  EXPECT_NEAR(w[6], 0.8, 1e-15);
}

TEST(Proximal, LeavesWhatIsNoNumber) {
  EXPECT_TRUE(std::isnan(stepped({.l1 = 1}, 1, std::vector<double>(9, NAN))[0]));
  EXPECT_TRUE(std::isnan(stepped({.group_l1 = 1}, 1, std::vector<double>(9, NAN))[0]));
}

TEST(Proximal, BillsWeightsAndGroups) {
  EXPECT_EQ(proximal_flops({.l1 = 1}, small_shape), 6);
  EXPECT_EQ(proximal_flops({.group_l1 = 1}, small_shape), 2 * (3 * 3 + 3));
  EXPECT_EQ(proximal_flops({}, small_shape), 0);
}

}  // namespace
}  // namespace quartic::detail::proximal_test
