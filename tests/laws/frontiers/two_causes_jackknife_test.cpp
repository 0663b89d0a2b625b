#include "laws/frontiers/two_causes_jackknife.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "tests/laws/frontiers/planted_pairs.hpp"

namespace quartic::two_causes_jackknife_test {
namespace {

using testing::both_causes;
using testing::planted_pairs;

TwoCauseRows rows_of(const TwoCausePoints& points) {
  return {points.first, points.second, points.values, {}, single_rows(128)};
}

/// Exponents above 5, where fits end.
TEST(TwoCauseJackknife, HasNoIntervalAtAnEndOfTheRangeOfExponents) {
  const TwoCausePoints points = planted_pairs({0.05, 1e21, 7, 3, 0.4}, 0);
  TwoCauseTable table{points.first, points.second, Matrix(8, 128)};
  Stream stream(6);
  for (double& error : table.errors.reshaped()) error = std::exp(0.05 * stream.normal());
  table.errors = table.errors * points.values.asDiagonal();
  const TwoCauseJackknife found = jackknife_replicates(table);
  const Interval q = found.of(&TwoCauseLaw::first_exponent), r = found.of(&TwoCauseLaw::second_exponent);
  EXPECT_TRUE(std::isnan(q.low));
  EXPECT_TRUE(std::isnan(q.high));
  EXPECT_FALSE(std::isnan(r.low));
}

TEST(TwoCauseJackknife, HasIntervalsOverWholeReplicates) {
  const TwoCausePoints points = planted_pairs(both_causes, 0);
  TwoCauseTable table{points.first, points.second, Matrix(8, 128)};
  Stream stream(6);
  for (double& error : table.errors.reshaped()) error = std::exp(0.05 * stream.normal());
  table.errors = table.errors * points.values.asDiagonal();
  const TwoCauseJackknife found = jackknife_replicates(table);
  const Interval q = found.of(&TwoCauseLaw::first_exponent), r = found.of(&TwoCauseLaw::second_exponent);
  EXPECT_EQ(q.estimate, found.fit().law.first_exponent);
  // The ends lie 2.36 standard errors away: within 4.
  const double first = q.high - q.low, second = r.high - r.low;
  EXPECT_NEAR(q.estimate, 0.7, 0.85 * first);
  EXPECT_NEAR(r.estimate, 0.4, 0.85 * second);
  EXPECT_LT(first, 0.2);
  EXPECT_LT(second, 0.2);
  const TwoCauseJackknife one = jackknife_replicates({table.first, table.second, table.errors.topRows(1)});
  EXPECT_TRUE(std::isnan(one.of(&TwoCauseLaw::first_exponent).low)) << "one replicate";
}

TEST(TwoCauseJackknife, LeavesOutRowsThatStandForThemselves) {
  const TwoCauseJackknife found = jackknife_rows(rows_of(planted_pairs(both_causes, 0.01)));
  const Interval power = found.of(&TwoCauseFrontier::first_power);
  EXPECT_EQ(power.estimate, found.fit().law.frontier().first_power);
  EXPECT_LT(power.low, 0.4 / 1.1);
  EXPECT_GT(power.high, 0.4 / 1.1);
  EXPECT_LT(power.high - power.low, 0.1);
  const Interval scale = found.of(&TwoCauseLaw::first_scale);
  EXPECT_GT(scale.low, 0);
  EXPECT_NEAR(scale.high / scale.estimate, scale.estimate / scale.low, 1e-6) << "by its logarithm";
}

/// Rows of a row of the grid share an error: ones that stand for themselves would be trusted too much.
TEST(TwoCauseJackknife, LeavesOutWholeUnits) {
  TwoCauseRows rows = rows_of(planted_pairs(both_causes, 0.001));
  Stream stream(4);
  std::vector<std::string> names;
  for (Index i = 0; i < 128; ++i) names.push_back(std::to_string(i / 8));
  for (Index family = 0; family < 16; ++family)
    rows.values.segment(8 * family, 8) *= std::exp(0.02 * stream.normal());
  const auto width = [&] {
    const Interval q = jackknife_rows(rows).of(&TwoCauseLaw::first_exponent);
    return q.high - q.low;
  };
  const double single = width();
  rows.units = units_named(names);
  EXPECT_GT(width(), 1.5 * single);
}

TEST(TwoCauseJackknife, ReadsWhatAPairCostsOffItsColumn) {
  TwoCauseRows rows = rows_of(planted_pairs(both_causes, 0.01));
  rows.cost = 6 * rows.first.array().pow(1.1) * rows.second.array();
  const TwoCauseJackknife found = jackknife_rows(rows);
  EXPECT_NEAR(found.cost().unit, 6, 1e-9);
  EXPECT_NEAR(found.cost().first, 1.1, 1e-12);
  const TwoCauseLaw& law = found.fit().law;
  const double q = law.first_exponent, r = law.second_exponent;
  EXPECT_NEAR(found.of(&TwoCauseFrontier::slope).estimate, q * r / (q + 1.1 * r), 1e-9);
}

/// The optimum of a fit by nearly least absolute residuals jumps from row to row: its intervals leave out
/// many.
TEST(TwoCauseJackknife, HasIntervalsUnderHubersLoss) {
  const TwoCauseRows rows = rows_of(planted_pairs(both_causes, 0.01));
  const Interval huber = jackknife_rows(rows, {.fit = {.delta = 1e-3}}).of(&TwoCauseLaw::first_exponent),
                 squares = jackknife_rows(rows).of(&TwoCauseLaw::first_exponent);
  const double ratio = (huber.high - huber.low) / (squares.high - squares.low);
  EXPECT_GT(ratio, 0.7);
  EXPECT_LT(ratio, 2.2) << "of normal errors 1.25 in the mean";
  EXPECT_LT(huber.low, 0.7);
  EXPECT_GT(huber.high, 0.7);
}

}  // namespace
}  // namespace quartic::two_causes_jackknife_test
