#include "laws/frontiers/isoflop.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/random/stream.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic::isoflop_test {
namespace {

/// The surface of Hoffmann et al. 2022 and a crooked one of the kind that gradient descent has (q = .75, r =
/// .5).
const TwoCauseLaw chinchilla{1.69, 406.4, 0.34, 410.7, 0.28}, crooked{0.02, 1.3, 0.75, 2, 0.4};

/// sizes 2^4 .. 2^11 by steps 2^6 .. 2^15: budgets of 2^10 .. 2^26 products, sizes the same whatever the
/// budget.
LossGrid grid_of(const TwoCauseLaw& law) {
  LossGrid grid{Vector(80), Vector(80), Vector(80), Vector::Ones(80)};
  for (Index i = 0; i < 80; ++i) {
    grid.sizes[i] = std::exp2(4 + i / 10);
    grid.steps[i] = std::exp2(6 + i % 10);
    grid.losses[i] = law.at(grid.sizes[i], grid.steps[i]);
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

/// The size of the least loss along a budget, by brute force.
double searched(const TwoCauseLaw& law, double flops) {
  double best = 0, least = INFINITY;
  for (double size = 1e-3; size < 1e9; size *= 1.0005) {
    const double loss = law.at(size, flops / size);
    if (loss < least) least = loss, best = size;
  }
  return best;
}

/// The same without a floor, so that L ~ C^-e.
TwoCauseLaw above_nothing(TwoCauseLaw law) {
  law.floor = 0;
  return law;
}

double joint_exponent(const LossGrid& grid) {
  return fit_two_causes({grid.sizes, grid.steps, grid.losses, grid.weights}).law.frontier_slope();
}

double parabola_exponent(const LossGrid& grid) {
  return parabola_frontier(isoflop_slices(grid, 8)).loss_exponent;
}

TEST(Isoflop, JointFitsFindTheFrontierAndParabolasMissItEvenWithoutNoise) {
  const LossGrid grid = budgets_of(above_nothing(crooked));
  EXPECT_NEAR(joint_exponent(grid), 0.3 / 1.15, 1e-4);
  EXPECT_GT(std::abs(parabola_exponent(grid) - 0.3 / 1.15), 0.005);
  const std::vector<ParabolaOptimum> optima = parabola_frontier(isoflop_slices(grid, 8)).optima;
  ASSERT_EQ(optima.size(), 6U);
  EXPECT_GT(std::abs(std::log(optima[3].size / searched(crooked, optima[3].flops))), 0.1);
}

/// Even where each budget has its own range of sizes, centred on the optimum, vertices are off unless q = r.
TEST(Isoflop, CentredParabolasAreOffUnlessBothCausesAreAlike) {
  const auto error = [](const TwoCauseLaw& law, double width) {
    const double products = 1e6, centre = searched(law, products);
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

/// A straight line through log10 of the data at the vertices and log10 C, C = 6 N D: its intercept and slope. Five budgets
/// of 10^17 to 10^21, and 15 sizes from a 16th of the best one to 16 times that.
std::array<double, 2> published_design(const TwoCauseLaw& law) {
  constexpr double width = 16;
  const double q = law.first_exponent, r = law.second_exponent;
  double slope = 0, mean = 0;
  for (int k = -2; k <= 2; ++k) {
    const double products = std::pow(10.0, 19 + k) / 6;
    const double centre =
        std::pow(q * law.first_scale / (r * law.second_scale) * std::pow(products, r), 1 / (q + r));
    IsoflopSlice slice{products, Vector(15), Vector(15)};
    for (Index i = 0; i < 15; ++i) {
      slice.sizes[i] = centre * std::pow(width, static_cast<double>(i - 7) / 7);
      slice.losses[i] = law.at(slice.sizes[i], products / slice.sizes[i]);
    }
    const double data = std::log10(products / parabola_optimum(slice).size);
    mean += data / 5;
    slope += k * data / 10;
  }
  return {mean - 19 * slope, slope};
}

/// The same of the best data, p of the law at C = 6 n p.
std::array<double, 2> true_line(const TwoCauseLaw& law) {
  const TwoCauseFrontier frontier = law.frontier({.unit = 6});
  return {std::log10(frontier.second_scale), frontier.second_power};
}

/// Czech et al. 2026, arXiv 2603.22339 (and github.com/Open-Athena/scaling-law-analysis): slope and intercept as
/// printed, and the true ones, whose slopes parabolas have too.
TEST(Isoflop, HasTheBiasThatCzechAndOthersPrint) {
  struct Printed {
    TwoCauseLaw law;
    double intercept, true_intercept, slope;
  };
  for (const Printed& printed : {Printed{{1.69, 400, 0.31, 400, 0.31}, -0.389076, -0.389076, 0.5},
                                 {chinchilla, -0.578092, -0.555357, 0.548387},
                                 {{1.69, 406.4, 0.465, 410.7, 0.155}, -1.459957, -1.345791, 0.75}}) {
    const auto [intercept, slope] = published_design(printed.law);
    const auto [true_intercept, true_slope] = true_line(printed.law);
    constexpr double half_a_digit = 5e-7;
    EXPECT_NEAR(intercept, printed.intercept, half_a_digit);
    EXPECT_NEAR(slope, printed.slope, half_a_digit);
    EXPECT_NEAR(true_intercept, printed.true_intercept, half_a_digit);
    EXPECT_NEAR(true_slope, printed.slope, half_a_digit);
  }
}

TEST(Isoflop, NoiseLeavesTheJointFitUnbiased) {
  constexpr Index replicates = 40;
  const TwoCauseLaw law = above_nothing(crooked);
  Vector joint(replicates), parabola(replicates);
  for (Index r = 0; r < replicates; ++r) {
    LossGrid grid = budgets_of(law);
    Stream stream = Stream(31).child(static_cast<std::uint64_t>(r));
    for (double& loss : grid.losses) loss *= std::exp(0.01 * stream.normal());
    joint[r] = joint_exponent(grid);
    parabola[r] = parabola_exponent(grid);
  }
  const auto error = [](const Vector& values) {
    return std::sqrt((values.array() - values.mean()).square().sum() /
                     static_cast<double>(replicates * (replicates - 1)));
  };
  EXPECT_NEAR(joint.mean(), law.frontier_slope(), 5 * error(joint));
  EXPECT_LT(error(joint), 0.005);
  EXPECT_GT(std::abs(parabola.mean() - law.frontier_slope()), 5 * error(parabola));
}

TEST(Isoflop, SlicesAreTheBudgetsOfAGrid) {
  const LossGrid grid = grid_of(chinchilla);
  const std::vector<IsoflopSlice> slices = isoflop_slices(grid, 8);
  ASSERT_EQ(slices.size(), 3U);  // eight sizes fit into a budget three times
  EXPECT_DOUBLE_EQ(slices[0].flops, std::exp2(17));
  for (Index k = 0; k < 8; ++k)
    EXPECT_DOUBLE_EQ(slices[0].losses[k],
                     chinchilla.at(slices[0].sizes[k], std::exp2(17) / slices[0].sizes[k]));
  EXPECT_EQ(isoflop_slices(grid, 1).size(), 17U);
}

TEST(Isoflop, HasNoOptimumWithoutOne) {
  const IsoflopSlice hill{1, Vector{{1, 2, 4}}, Vector{{1, 2, 1}}}, few{1, Vector{{1, 2}}, Vector{{1, 2}}};
  for (const IsoflopSlice& slice : {hill, few}) EXPECT_TRUE(std::isnan(parabola_optimum(slice).size));
  EXPECT_TRUE(std::isnan(parabola_frontier(std::vector{hill, few}).loss_exponent));
}

}  // namespace
}  // namespace quartic::isoflop_test
