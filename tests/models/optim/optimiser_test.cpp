#include "models/optim/optimiser.hpp"

#include <gtest/gtest.h>

#include <array>

namespace quartic::detail::optimiser_test {
namespace {

/// Where a weight at 1 stands after steps at rate 0.1 with gradient 3.
double after(const OptimiserRule& rule, int steps) {
  const std::array groups = {ParameterGroup{{0, 1}}};
  const std::array gradient = {3.0};
  std::array weight = {1.0};
  auto state = fresh_state<double>(rule, 1);
  for (int step = 0; step < steps; ++step) update<double>(rule, 0.1, groups, gradient, weight, state);
  return weight[0];
}

TEST(Optimiser, StepsAsItsKindSays) {
  EXPECT_NEAR(after({.kind = OptimiserKind::sgd}, 2), 0.4, 1e-15);
  EXPECT_NEAR(after({.kind = OptimiserKind::momentum, .momentum = 0.5}, 2), 1 - 0.3 - 0.45, 1e-15);
  EXPECT_NEAR(after({.kind = OptimiserKind::nesterov, .momentum = 0.5}, 1), 1 - 0.1 * (3 + 1.5), 1e-15);
  EXPECT_NEAR(after({.kind = OptimiserKind::adam}, 3), 0.7, 1e-8);  // a steady gradient: steps of the rate
  EXPECT_NEAR(after({.kind = OptimiserKind::adamw, .weight_decay = 0.5}, 1), 0.95 - 0.1, 1e-8);
}

TEST(Optimiser, ClipsTheGradientAsAWhole) {
  const OptimiserRule rule{.clip = 1};
  const std::array groups = {ParameterGroup{{0, 1}}, ParameterGroup{{1, 1}}};
  const std::array gradient = {3.0, 4.0};
  std::array weights = {0.0, 0.0};
  auto state = fresh_state<double>(rule, 2);
  update<double>(rule, 1, groups, gradient, weights, state);
  EXPECT_NEAR(weights[0], -0.6, 1e-15);
  EXPECT_NEAR(weights[1], -0.8, 1e-15);
}

TEST(Optimiser, PenalisesWeightsAndScalesTheirRatesGroupByGroup) {
  const OptimiserRule rule{.weight_decay = 0.5, .l1 = 0.25};
  const std::array groups = {ParameterGroup{{0, 1}, 2}, ParameterGroup{{1, 1}, 1, false}};
  std::array gradient = {0.0, 0.0}, weights = {-2.0, -2.0};
  auto state = fresh_state<double>(rule, 2);
  update<double>(rule, 0.1, groups, gradient, weights, state);
  EXPECT_NEAR(weights[0], -2 + 0.1 * 2 * 1.25, 1e-15);
  EXPECT_EQ(weights[1], -2);
  weights[0] = -2;
  add_penalties<double>(rule, groups, weights, gradient);
  EXPECT_EQ(gradient[0], -1.25);
  EXPECT_EQ(gradient[1], 0);
}

}  // namespace
}  // namespace quartic::detail::optimiser_test
