// Crossings that are read near by; those of whole curves: exponent_test.cpp.
#include "laws/curves/crossing.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/least_squares.hpp"

namespace quartic::crossing_test {
namespace {

/// Replicates that spread by a factor of 1.1 about this curve, with this mean.
Matrix around(const Vector& curve, Index replicates = 10) {
  Matrix values(replicates, curve.size());
  for (Index r = 0; r < replicates; ++r)
    for (Index j = 0; j < curve.size(); ++j) values(r, j) = curve[j] * (1 + 0.1 * ((r + j) % 2 ? 1 : -1));
  return values;
}

/// Least squares on 1,000 columns, and on ten of which one is wrong: the closed forms cross at 1991.
CrossingQuestion pair(const Vector& sizes) {
  const Vector all =
      sizes.unaryExpr([](double n) { return least_squares_risk({.rows = n, .columns = 1000}) / 10; });
  const Vector ten = 0.1 + 0.2 * 10 / (sizes.array() - 11);
  return {{sizes, around(all), around(sizes.array().pow(2))}, {sizes, around(ten), around(sizes)}};
}

constexpr double truth = 1991;
const Vector grid{{1050, 1150, 1300, 1500, 1750, 2000, 2300, 2700, 3200, 4000, 5000, 6500}};

TEST(CrossingNearBy, ReadsTheSizesAboutItAlone) {
  const LawOptions near{.even = true, .near = 1.5};
  const CrossingSizes sizes = crossing_sizes(pair(grid), near);
  EXPECT_TRUE(sizes.bracketed);
  EXPECT_EQ(sizes.places, (std::vector<Index>{3, 4, 5, 6, 7})) << "1327 to 2987";
  EXPECT_NEAR(std::log(sizes.middle / crossing(pair(grid), near).value.estimate), 0, 1e-12);
  EXPECT_LT(std::abs(sizes.middle / truth - 1), 1e-4);
}

TEST(CrossingNearBy, IsRightWhereTheCurveIsNoLaw) {
  const Vector sizes{{100, 200, 400, 700, 1000, 1400, 1700, 2000, 2400, 2900, 5000, 10000}};
  const Vector bent = 1 / (1 + (sizes.array() / 1000).cube()), level = Vector::Constant(sizes.size(), 0.1);
  const CrossingQuestion question{{sizes, around(bent)}, {sizes, around(level)}};
  const double right = 1000 * std::cbrt(9);
  EXPECT_LT(std::abs(crossing(question, {.even = true, .near = 1.5}).value.estimate / right - 1), 2e-3);
  EXPECT_GT(std::abs(crossing(question, {.even = true}).value.estimate / right - 1), 1e-2);
}

TEST(CrossingNearBy, ReadsTwoSizesOnEitherSideWhereFewAreNear) {
  const Vector coarse{{1100, 1700, 2500, 3800, 5700}};
  const CrossingSizes sizes = crossing_sizes(pair(coarse), {.near = 1.05});
  EXPECT_EQ(sizes.places, (std::vector<Index>{0, 1, 2, 3}));
  EXPECT_LT(std::abs(sizes.middle / truth - 1), 0.01);
  const CrossingSizes at_the_end = crossing_sizes(pair(coarse.head(3)), {.near = 1.05});
  EXPECT_EQ(at_the_end.places, (std::vector<Index>{0, 1, 2}));
}

TEST(CrossingNearBy, ReadsAllSizesWhereTheArmDoesNotGetAhead) {
  const Vector behind{{1050, 1150, 1300, 1500}}, ahead{{2300, 2700, 3200, 4000}};
  const CrossingSizes before = crossing_sizes(pair(behind), {.near = 1.5});
  EXPECT_FALSE(before.bracketed);
  EXPECT_EQ(before.places.size(), 4u);
  EXPECT_NEAR(before.middle / truth, 1, 0.1);
  EXPECT_NE(crossing(pair(behind), {.near = 1.5}).note.find("extrapolation"), std::string::npos);
  const CrossingSizes after = crossing_sizes(pair(ahead), {.near = 1.5});
  EXPECT_FALSE(after.bracketed);
  EXPECT_TRUE(std::isnan(after.middle));
  CrossingQuestion never = pair(grid);
  std::swap(never.arm, never.against);
  never.against.errors = never.arm.errors / 2;
  EXPECT_EQ(crossing_sizes(never, {.near = 1.5}).middle, infinity);
  EXPECT_EQ(crossing(never, {.near = 1.5}).value.estimate, infinity);
}

/// Off a cliff, where laws are led away from the two sizes between which the averages cross.
TEST(CrossingNearBy, KeepsTheTwoSizesBetweenWhichTheAveragesCross) {
  const Vector sizes{{400, 500, 700, 900, 1100, 1400, 1800}};
  const Vector cliff{{1, 0.93, 0.93, 0.77, 0.77, 0.77, 2.6e-6}}, level = Vector::Constant(7, 0.46);
  const CrossingQuestion question{{sizes, around(cliff)}, {sizes, around(level)}};
  EXPECT_EQ(crossing_sizes(question, {.even = true, .near = 1.5}).places.back(), 6);
  EXPECT_NE(crossing(question, {.even = true, .near = 1.5}).value.estimate, infinity);
}

TEST(CrossingNearBy, GoesByTheLastSizeAtWhichTheArmIsBehind) {
  CrossingQuestion twice = pair(grid);
  twice.arm.errors.col(0).setConstant(1e-3);  // below the peak it is ahead, too
  EXPECT_EQ(crossing_sizes(twice, {.near = 1.5}).places, (std::vector<Index>{3, 4, 5, 6, 7}));
}

TEST(CrossingNearBy, ServesTheErrorOfOneSize) {
  CrossingQuestion level = pair(grid);
  level.against = {Vector{{15}}, around(Vector{{0.25}})};
  level.against_position = 0;
  const CrossingSizes sizes = crossing_sizes(level, {.near = 1.3});
  EXPECT_EQ(sizes.places, (std::vector<Index>{1, 2, 3, 4}));
  EXPECT_NEAR(crossing(level, {.near = 1.3}).value.estimate, 1401, 0.01);
}

TEST(CrossingNearBy, TellsTheMultipleOfComputingThere) {
  EXPECT_NEAR(compute_multiple(pair(grid), {.near = 1.5}).value.estimate / truth, 1, 1e-3) << "n^2 over n";
}

TEST(LogCrossing, IsWhereTheLawOfTheArmGetsBelow) {
  const Vector sizes{{10, 20, 40}}, ones = Vector::Ones(3);
  const LawPoints steep{sizes, 4 / sizes.array(), ones}, slow{sizes, 1 / sizes.array().sqrt(), ones};
  EXPECT_NEAR(log_crossing(steep, slow), std::log(16), 1e-9);
  EXPECT_EQ(log_crossing({sizes, 9 / sizes.array(), ones}, {sizes, 1 / sizes.array(), ones}), infinity);
  EXPECT_TRUE(std::isnan(log_crossing({sizes, 1 / sizes.array(), ones}, {sizes, 9 / sizes.array(), ones})));
}

}  // namespace
}  // namespace quartic::crossing_test
