#include "laws/frontiers/isoflop.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic {
namespace {

/// The surface of Hoffmann et al. 2022 and a crooked one of the kind that gradient descent has (q = .75, r =
/// .5).
const TwoCauseLaw chinchilla{1.69, 406.4, 0.34, 410.7, 0.28}, crooked{0.02, 1.3, 0.75, 2, 0.4};

/// sizes 2^4 .. 2^11 by steps 2^6 .. 2^15: budgets of 2^10 .. 2^26 products, sizes the same whatever the
/// budget.
LossGrid grid_of(const TwoCauseLaw& law, double coupling = 0) {
  LossGrid grid{Vector(80), Vector(80), Vector(80), Vector::Ones(80)};
  for (Index i = 0; i < 80; ++i) {
    grid.sizes[i] = std::exp2(4 + i / 10);
    grid.steps[i] = std::exp2(6 + i % 10);
    grid.losses[i] = law.at(grid.sizes[i], grid.steps[i] / std::pow(grid.sizes[i], coupling));
  }
  return grid;
}

/// The usual design: six budgets, 2^14 .. 2^24 products, each spent on the same sizes 2^4 .. 2^11.
LossGrid budgets_of(const TwoCauseLaw& law) {
  LossGrid grid{Vector(48), Vector(48), Vector(48), Vector::Ones(48)};
  for (Index i = 0; i < 48; ++i) {
    grid.sizes[i] = std::exp2(4 + i % 8);
    grid.steps[i] = std::exp2(14 + 2 * (i / 8)) / grid.sizes[i];
    grid.losses[i] = law.at(grid.sizes[i], grid.steps[i]);
  }
  return grid;
}

/// By brute force along the budget.
ComputeOptimum searched(const TwoCauseLaw& law, double products, double coupling) {
  ComputeOptimum best{products, 0, 0, INFINITY};
  for (double size = 1e-3; size < 1e9; size *= 1.0005) {
    const double loss = law.at(size, products / std::pow(size, 1 + coupling));
    if (loss < best.loss) best = {products, size, products / size, loss};
  }
  return best;
}

TEST(Isoflop, OptimaInClosedFormAreTheLeastLosses) {
  for (const TwoCauseLaw& law : {chinchilla, crooked})
    for (double coupling : {0., 1., 0.3}) {
      const ComputeFrontier frontier({law, {}, 0, false}, {.flops_per_product = 6, .coupling = coupling});
      const ComputeOptimum expected = searched(law, 1e6, coupling), found = frontier.at(6e6);
      EXPECT_NEAR(found.size / expected.size, 1, 1e-3);
      EXPECT_NEAR(found.loss / expected.loss, 1, 1e-7);
      EXPECT_NEAR(found.size * found.steps, 1e6, 1e-6);
      const ComputeOptimum more = frontier.at(6e8);
      EXPECT_NEAR(std::log(more.size / found.size) / std::log(100), frontier.size_exponent(), 1e-12);
      EXPECT_NEAR(std::log((found.loss - law.floor) / (more.loss - law.floor)) / std::log(100),
                  frontier.loss_exponent(), 1e-12);
    }
}

TEST(Isoflop, JointFitsFindTheFrontierAndParabolasMissItEvenWithoutNoise) {
  const LossGrid grid = budgets_of(crooked);
  const double size_exponent = 0.4 / 1.15, loss_exponent = 0.3 / 1.15;
  const ComputeFrontier joint = fit_compute_frontier(grid);
  EXPECT_NEAR(joint.size_exponent(), size_exponent, 1e-4);
  EXPECT_NEAR(joint.loss_exponent(), loss_exponent, 1e-4);
  const ParabolaFrontier parabolas = parabola_frontier(isoflop_slices(grid), crooked.floor);
  EXPECT_EQ(parabolas.optima.size(), 6U);
  EXPECT_GT(std::abs(parabolas.size_exponent - size_exponent), 0.005);
  const ComputeOptimum& widest = parabolas.optima[parabolas.optima.size() / 2];
  EXPECT_NEAR(joint.at(widest.flops).size / searched(crooked, widest.flops, 0).size, 1, 2e-3);
  EXPECT_GT(std::abs(std::log(widest.size / searched(crooked, widest.flops, 0).size)), 0.1);
}

/// Even where each budget has its own range of sizes, centred on the optimum, vertices are off unless q = r.
TEST(Isoflop, CentredParabolasAreOffUnlessBothCausesAreAlike) {
  const auto error = [](const TwoCauseLaw& law, double width) {
    const double products = 1e6, centre = searched(law, products, 0).size;
    IsoflopSlice slice{products, Vector(7), Vector(7)};
    for (Index k = 0; k < 7; ++k) {
      slice.sizes[k] = centre * std::pow(width, static_cast<double>(k - 3) / 3);
      slice.losses[k] = law.at(slice.sizes[k], products / slice.sizes[k]);
    }
    return std::abs(std::log(parabola_optimum(slice).size / centre));
  };
  EXPECT_GT(error(crooked, 16), 0.2);
  EXPECT_GT(error(crooked, 16), 3 * error(crooked, 4));
  EXPECT_LT(error({0.02, 1.3, 0.5, 2, 0.5}, 16), 1e-3);
}

TEST(Isoflop, NoiseLeavesTheJointFitUnbiased) {
  constexpr Index replicates = 40;
  const double expected = 0.4 / 1.15;
  Vector joint(replicates), parabola(replicates);
  for (Index r = 0; r < replicates; ++r) {
    LossGrid grid = budgets_of(crooked);
    Stream stream = Stream(31).child(static_cast<std::uint64_t>(r));
    for (double& loss : grid.losses) loss *= std::exp(0.01 * stream.normal());
    joint[r] = fit_compute_frontier(grid).size_exponent();
    parabola[r] = parabola_frontier(isoflop_slices(grid), crooked.floor).size_exponent;
  }
  const auto error = [](const Vector& values) {
    return std::sqrt((values.array() - values.mean()).square().sum() /
                     static_cast<double>(replicates * (replicates - 1)));
  };
  EXPECT_NEAR(joint.mean(), expected, 5 * error(joint));
  EXPECT_LT(error(joint), 0.005);
  EXPECT_GT(std::abs(parabola.mean() - expected), 5 * error(parabola));
}

TEST(Isoflop, StepsPerParameterAreFittedAsSuch) {
  const TwoCauseLaw law{0, 1, 2, 0.5, 1};  // A = 3 with label noise: N^-2 + N/t
  const ComputeFrontier frontier = fit_compute_frontier(grid_of(law, 1), {.coupling = 1});
  EXPECT_NEAR(frontier.size_exponent(), 0.25, 1e-4);
  EXPECT_NEAR(frontier.loss_exponent(), 0.5, 1e-4);
  EXPECT_LT(frontier.fit().residuals.cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_GT(fit_compute_frontier(grid_of(law, 1)).fit().residuals.cwiseAbs().maxCoeff(), 0.1);
}

TEST(Isoflop, SlicesAreTheBudgetsOfAGrid) {
  const LossGrid grid = grid_of(chinchilla);
  const std::vector<IsoflopSlice> slices = isoflop_slices(grid, {.flops_per_product = 6}, 8);
  ASSERT_EQ(slices.size(), 3U);  // eight sizes fit into a budget three times
  EXPECT_DOUBLE_EQ(slices[0].flops, 6 * std::exp2(17));
  for (Index k = 0; k < 8; ++k)
    EXPECT_DOUBLE_EQ(slices[0].losses[k],
                     chinchilla.at(slices[0].sizes[k], std::exp2(17) / slices[0].sizes[k]));
  EXPECT_EQ(isoflop_slices(grid, {}, 1).size(), 17U);
}

TEST(Isoflop, HasNoOptimumWithoutOne) {
  const IsoflopSlice hill{1, Vector{{1, 2, 4}}, Vector{{1, 2, 1}}}, few{1, Vector{{1, 2}}, Vector{{1, 2}}};
  for (const IsoflopSlice& slice : {hill, few}) EXPECT_TRUE(std::isnan(parabola_optimum(slice).size));
  EXPECT_TRUE(std::isnan(parabola_frontier(std::vector{hill, few}).size_exponent));
  LossGrid bad = grid_of(crooked);
  bad.losses[3] = -1;
  EXPECT_TRUE(std::isnan(fit_compute_frontier(bad).at(1e6).size));
}

}  // namespace
}  // namespace quartic
