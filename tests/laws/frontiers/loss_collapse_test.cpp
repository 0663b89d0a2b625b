#include "laws/frontiers/loss_collapse.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/frontiers/two_causes.hpp"
#include "laws/theory/power_law_limits.hpp"

namespace quartic::loss_collapse_test {
namespace {

/// Budgets 2^11 .. 2^17, each spent on the sizes 2^2, 2^2.5, .. 2^9.
template <class Loss>
LossGrid grid_of(Loss loss) {
  LossGrid grid{Vector(105), Vector(105), Vector(105), Vector::Ones(105)};
  for (Index i = 0; i < 105; ++i) {
    const double size = std::round(std::exp2(2 + static_cast<double>(i % 15) / 2));
    grid.sizes[i] = size;
    grid.steps[i] = std::floor(std::exp2(11 + i / 15) / size);
    grid.losses[i] = loss(size, grid.steps[i]);
  }
  return grid;
}

const TwoCauseLaw planted{0.02, 1.3, 0.75, 2, 0.4};

TEST(LossCollapse, FindsTheFrontierOfTwoPowersAboveAFloor) {
  const LossGrid grid = grid_of([](double n, double t) { return planted.at(n, t); });
  const LossCollapse found = fit_loss_collapse(grid, {.floor = 0.02});
  EXPECT_NEAR(found.size_exponent, 0.4 / 1.15, 1e-4);
  EXPECT_NEAR(found.loss_exponent, 0.3 / 1.15, 1e-4);
}

/// Steps beyond N^B bring nothing: the sum of two powers is not the law there, and its exponents are off.
TEST(LossCollapse, FindsTheFrontierOfGradientDescentWhereASumOfPowersDoesNot) {
  const PowerLawSgd design{};
  const LossGrid grid = grid_of([&](double n, double t) { return power_law_sgd_risk(design, n, t); });
  const PowerLawOptimum less = power_law_optimum(design, std::exp2(11)),
                        more = power_law_optimum(design, std::exp2(17));
  const double loss_exponent = std::log(less.risk / more.risk) / std::log(64),
               size_exponent = std::log(more.columns / less.columns) / std::log(64);
  const LossCollapse found = fit_loss_collapse(grid);
  EXPECT_NEAR(found.loss_exponent, loss_exponent, 0.006);
  EXPECT_NEAR(found.size_exponent, size_exponent, 0.03);  // the optimum is known to a ratio of 2^(1/8)
  const double sum = fit_two_causes({grid.sizes, grid.steps, grid.losses, grid.weights}).law.frontier_slope();
  EXPECT_GT(std::abs(sum - loss_exponent), 3 * std::abs(found.loss_exponent - loss_exponent));
}

TEST(LossCollapse, NoiseLeavesItUnbiased) {
  constexpr Index replicates = 30;
  Vector sizes(replicates), losses(replicates);
  for (Index r = 0; r < replicates; ++r) {
    LossGrid grid = grid_of([](double n, double t) { return planted.at(n, t) - 0.02; });
    Stream stream = Stream(41).child(static_cast<std::uint64_t>(r));
    for (double& loss : grid.losses) loss *= std::exp(0.01 * stream.normal());
    const LossCollapse found = fit_loss_collapse(grid);
    sizes[r] = found.size_exponent;
    losses[r] = found.loss_exponent;
  }
  const auto error = [](const Vector& values) {
    return std::sqrt((values.array() - values.mean()).square().sum() /
                     static_cast<double>(replicates * (replicates - 1)));
  };
  EXPECT_NEAR(sizes.mean(), 0.4 / 1.15, 5 * error(sizes));
  EXPECT_NEAR(losses.mean(), 0.3 / 1.15, 5 * error(losses));
  EXPECT_LT(error(sizes), 0.002);
}

TEST(LossCollapse, IsNotDefinedForFewPointsOrLossesBelowTheFloor) {
  LossGrid grid = grid_of([](double n, double t) { return planted.at(n, t); });
  EXPECT_TRUE(std::isnan(fit_loss_collapse(grid, {.floor = 1}).size_exponent));
  grid.weights.tail(100).setZero();
  EXPECT_TRUE(std::isnan(fit_loss_collapse(grid).size_exponent));
}

}  // namespace
}  // namespace quartic::loss_collapse_test
