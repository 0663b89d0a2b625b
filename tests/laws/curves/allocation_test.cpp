#include "laws/curves/allocation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/random/stream.hpp"
#include "laws/curves/law.hpp"

namespace quartic::allocation_test {
namespace {

/// Errors of a power law with log-normal noise of this spread at each size; `shared` of the variance is the
/// replicate's, the same at every size.
MeasuredCurve curve_of(const std::vector<double>& sizes, const std::vector<double>& spreads, Index replicates,
                       double shared = 0) {
  MeasuredCurve curve{Vector(std::ssize(sizes)), Matrix(replicates, std::ssize(sizes))};
  for (Index r = 0; r < replicates; ++r) {
    Stream stream = Stream(3).child(static_cast<std::uint64_t>(r));
    const double common = stream.normal();
    for (std::size_t k = 0; k < sizes.size(); ++k) {
      const double noise = std::sqrt(shared) * common + std::sqrt(1 - shared) * stream.normal();
      curve.sizes[static_cast<Index>(k)] = sizes[k];
      curve.errors(r, static_cast<Index>(k)) = std::exp(spreads[k] * noise) / sizes[k];
    }
  }
  return curve;
}

double level(const Vector& averages) {
  return averages.array().log().mean();
}

double spent(const AllocationQuestion& question, const std::vector<Index>& counts) {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k)
    sum += static_cast<double>(counts[k] - question.counts[k]) * question.cost[static_cast<Index>(k)];
  return sum;
}

TEST(Allocation, IsNeymansForSizesThatShareNothing) {
  const MeasuredCurve curve = curve_of({10, 20, 40}, {0.1, 0.2, 0.4}, 4000);
  const Vector cost{{1, 4, 4}};
  const AllocationQuestion question{.curve = curve,
                                    .averages = average_columns(curve.errors, Average::geometric_mean),
                                    .statistic = level,
                                    .counts = {10, 10, 10},
                                    .most = 1000000,
                                    .cost = cost,
                                    .spend = 1e5};
  const std::vector<Index> counts = allocate(question);
  EXPECT_LE(spent(question, counts), question.spend);
  EXPECT_GT(spent(question, counts), 0.7 * question.spend);
  // s / sqrt(cost) = .1, .1, .2; steps of a seventh, and spreads that are known to 1/sqrt(8000)
  EXPECT_NEAR(static_cast<double>(counts[1]) / static_cast<double>(counts[0]), 1, 0.25);
  EXPECT_NEAR(static_cast<double>(counts[2]) / static_cast<double>(counts[0]), 2, 0.5);
}

TEST(Allocation, SpendsOnTheEndsOfALine) {
  const MeasuredCurve curve = curve_of({10, 20, 40, 80, 160}, {0.3, 0.3, 0.3, 0.3, 0.3}, 500);
  const AveragesStatistic slope = [&](const Vector& averages) {
    return fit_power_law({curve.sizes, averages, Vector::Ones(5)}).exponent;
  };
  const AllocationQuestion question{.curve = curve,
                                    .averages = average_columns(curve.errors, Average::mean),
                                    .statistic = slope,
                                    .counts = std::vector<Index>(5, 50),
                                    .most = 100000,
                                    .cost = Vector::Ones(5),
                                    .spend = 2000};
  const std::vector<Index> counts = allocate(question);
  EXPECT_GT(counts[0], 4 * counts[2]);
  EXPECT_GT(counts[4], 4 * counts[2]);
}

TEST(Allocation, BuysCheapSizesFirst) {
  const MeasuredCurve curve = curve_of({10, 100}, {0.3, 0.3}, 500);
  const AllocationQuestion question{.curve = curve,
                                    .averages = average_columns(curve.errors, Average::mean),
                                    .statistic = level,
                                    .counts = {50, 50},
                                    .most = 1000,
                                    .cost = Vector{{1, 1000}},
                                    .spend = 51000};
  const std::vector<Index> counts = allocate(question);
  EXPECT_EQ(counts[0], 1000);
  EXPECT_GT(counts[1], 90);
  EXPECT_LE(counts[1], 100);
}

TEST(Allocation, KeepsWhatSizesShareInCommon) {
  const AveragesStatistic difference = [](const Vector& averages) {
    return std::log(averages[1]) - std::log(averages[0]);
  };
  const MeasuredCurve curve = curve_of({10, 20}, {0.3, 0.3}, 500, 0.99);
  const AllocationQuestion question{.curve = curve,
                                    .averages = average_columns(curve.errors, Average::mean),
                                    .statistic = difference,
                                    .counts = {50, 50},
                                    .most = 1000,
                                    .cost = Vector{{1, 1}},
                                    .spend = 100};
  const std::vector<Index> counts = allocate(question);  // one alone would lose the pairing
  EXPECT_EQ(counts[0], counts[1]);
}

TEST(Allocation, GrowsAllAlikeWhereTheStatisticHasNoValue) {
  const MeasuredCurve curve = curve_of({10, 20}, {0.3, 0.3}, 50);
  const AllocationQuestion question{.curve = curve,
                                    .averages = average_columns(curve.errors, Average::mean),
                                    .statistic = [](const Vector&) { return std::nan(""); },
                                    .counts = {500, 400},
                                    .most = 5000,
                                    .cost = Vector{{1, 2}},
                                    .spend = 1300};
  const std::vector<Index> counts = allocate(question);
  EXPECT_NEAR(static_cast<double>(counts[0]), 1000, 20);
  EXPECT_NEAR(static_cast<double>(counts[1]), 800, 20);
}

/// The slope of a line through the sizes that have an average.
double slope_of(const Vector& sizes, const Vector& averages) {
  std::vector<Index> there;
  for (Index k = 0; k < averages.size(); ++k)
    if (std::isfinite(averages[k])) there.push_back(k);
  return fit_power_law({sizes(there), averages(there), Vector::Ones(std::ssize(there))}).exponent;
}

/// 50 replicates at 10, 20 and 40, none at 160, where an error of 1/160 is expected.
struct OneEmptySize {
  MeasuredCurve curve = curve_of({10, 20, 40, 160}, {0.3, 0.3, 0.3, 0.3}, 50);
  std::vector<Index> counts(double cost, double spend) {
    curve.errors.col(3).setConstant(std::nan(""));
    Averages averages = average_columns(curve.errors, Average::mean);
    averages.values[3] = 1 / 160., averages.counts[3] = 1;
    return allocate({.curve = curve,
                     .averages = averages,
                     .statistic = [&](const Vector& all) { return slope_of(curve.sizes, all); },
                     .counts = {50, 50, 50, 0},
                     .least = 50,
                     .most = 100000,
                     .cost = Vector{{1, 1, 1, cost}},
                     .spend = spend});
  }
};

TEST(Allocation, OpensAnEmptySizeWhereItNarrowsMost) {
  const std::vector<Index> counts = OneEmptySize().counts(1, 1000);
  // the slope of 10 and 160 is a quarter as wide as that of 10 and 40: the inner sizes get nothing
  EXPECT_GT(counts[0], 300);
  EXPECT_GT(counts[3], 300);
  EXPECT_LT(counts[1] + counts[2], 250);
}

TEST(Allocation, LeavesAnEmptySizeThatCostsTooMuch) {
  // for 100 times the flops per replicate, or where its least replicates cannot be paid
  for (const auto& [cost, spend] : {std::pair{100., 6000.}, {30., 1499.}}) {
    const std::vector<Index> counts = OneEmptySize().counts(cost, spend);
    EXPECT_EQ(counts[3], 0);
    OneEmptySize alone;
    MeasuredCurve without{alone.curve.sizes.head(3), alone.curve.errors.leftCols(3)};
    EXPECT_EQ(std::vector<Index>(counts.begin(), counts.end() - 1),
              allocate({.curve = without,
                        .averages = average_columns(without.errors, Average::mean),
                        .statistic = [&](const Vector& all) { return slope_of(without.sizes, all); },
                        .counts = {50, 50, 50},
                        .most = 100000,
                        .cost = Vector::Ones(3),
                        .spend = spend}));
  }
}

TEST(Allocation, OpensLessReadilyWhereSizesShareTheirScatter) {
  // what sizes share drops out of a slope: a fourth size at 5 times the flops pays where neighbours share
  // nothing, not where they share nearly all
  OneEmptySize apart, alike;
  alike.curve = curve_of({10, 20, 40, 160}, {0.3, 0.3, 0.3, 0.3}, 50, 0.99);
  EXPECT_GT(apart.counts(5, 2000)[3], 0);
  EXPECT_EQ(alike.counts(5, 2000)[3], 0);
}

TEST(Allocation, OpensNothingWhereTheStatisticHasNoValue) {
  OneEmptySize empty;
  empty.curve.errors.leftCols(3).setConstant(std::nan(""));
  EXPECT_EQ(empty.counts(1, 1000)[3], 0);
}

TEST(Allocation, NeitherTakesAwayNorSpendsWhatIsNotThere) {
  const MeasuredCurve curve = curve_of({10, 20}, {0.3, 0.3}, 50);
  const AllocationQuestion question{.curve = curve,
                                    .averages = average_columns(curve.errors, Average::mean),
                                    .statistic = level,
                                    .counts = {50, 50},
                                    .most = 40,
                                    .cost = Vector{{1, 1}},
                                    .spend = 1000};
  EXPECT_EQ(allocate(question), question.counts);
}

}  // namespace
}  // namespace quartic::allocation_test
