#include "laws/statistics/row_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/statistics/special.hpp"
#include "tests/support/imagenet_points.hpp"

namespace quartic::row_interval_test {
namespace {

using support::imagenet_scatter;

Interval interval_of(Regression kind, RowResampling resampling, const Scatter& rows) {
  return slope_interval(kind, rows, {.resampling = resampling, .resamples = 400}, Stream(1));
}

TEST(SlopeInterval, HoldsTheLineItIsOf) {
  for (const Regression kind : regressions)
    for (const RowResampling resampling : {RowResampling::pairs, RowResampling::wild}) {
      const Interval interval = interval_of(kind, resampling, imagenet_scatter());
      EXPECT_EQ(interval.estimate, regress(kind, imagenet_scatter()).slope) << to_string(kind);
      EXPECT_LT(interval.low, interval.estimate) << to_string(kind);
      EXPECT_GT(interval.high, interval.estimate) << to_string(kind);
    }
}

TEST(SlopeInterval, IsAPureFunctionOfTheStream) {
  const auto low = [](std::uint64_t seed) {
    return slope_interval(Regression::forward, imagenet_scatter(), {.resamples = 100}, Stream(seed)).low;
  };
  EXPECT_EQ(low(1), low(1));
  EXPECT_NE(low(1), low(2));
}

TEST(SlopeInterval, OfTheReverseLineMayReachTheVertical) {
  const Interval interval = interval_of(Regression::reverse, RowResampling::pairs, imagenet_scatter());
  EXPECT_EQ(interval.high, INFINITY);
  EXPECT_EQ(exponent_of_slope(interval).low, 0);
}

TEST(SlopeInterval, IsWiderAtMoreConfidence) {
  for (const Regression kind : regressions) {
    const auto width = [&](double confidence) {
      const Interval interval =
          slope_interval(kind, imagenet_scatter(), {.resamples = 400, .confidence = confidence}, Stream(1));
      return std::atan(interval.high) - std::atan(interval.low);
    };
    EXPECT_GT(width(0.95), width(0.5)) << to_string(kind);
  }
}

TEST(SlopeInterval, FlipsWithTheSignOfY) {
  Scatter rows = imagenet_scatter();
  for (const Regression kind : {Regression::forward, Regression::reduced_major_axis, Regression::theil_sen}) {
    const Interval up = interval_of(kind, RowResampling::pairs, {rows.x, rows.y});
    const Interval down = interval_of(kind, RowResampling::pairs, {rows.x, -rows.y});
    EXPECT_NEAR(up.low, -down.high, 0.02 * std::abs(up.high - up.low)) << to_string(kind);
    EXPECT_NEAR(up.high, -down.low, 0.02 * std::abs(up.high - up.low)) << to_string(kind);
  }
}

TEST(SlopeInterval, OfManyRowsNeedsNoResamples) {
  Scatter rows{Vector(20000), Vector(20000)};
  Stream stream(5);
  for (Index i = 0; i < rows.x.size(); ++i) {
    rows.x[i] = stream.normal();
    rows.y[i] = 0.5 * rows.x[i] + stream.normal();
  }
  const double expected = 1.96 * least_squares_line(rows).slope_error;
  for (const RowResampling resampling : {RowResampling::pairs, RowResampling::wild}) {
    const Interval interval = interval_of(Regression::forward, resampling, rows);
    EXPECT_NEAR(interval.high - interval.estimate, expected, 0.03 * expected);
  }
  const Interval theil_sen = interval_of(Regression::theil_sen, RowResampling::pairs, rows);
  EXPECT_LT(theil_sen.low, 0.5);
  EXPECT_GT(theil_sen.high, 0.5);
}

TEST(SlopeInterval, OfFiveRowsIsNotMadeOfRounding) {
  const Scatter rows{Vector{{2, 2.301, 2.602, 2.903, 3.204}}, Vector{{0.301, 0.523, 0.699, 1, 1.222}}};
  const Interval slope = interval_of(Regression::forward, RowResampling::pairs, rows);
  EXPECT_GT(slope.low, 0);
  EXPECT_LT(slope.high, 3) << "resamples of two distinct rows have no error";
}

TEST(SlopeInterval, HasNoEndsForFewRows) {
  const Scatter rows{Vector{{1, 2, 3, 4}}, Vector{{1, 3, 2, 5}}};
  for (const Regression kind : regressions)
    EXPECT_TRUE(std::isnan(interval_of(kind, RowResampling::pairs, rows).low)) << to_string(kind);
}

/// A line with residuals that alternate, of this size at either end.
Scatter alternating(double first, double last, Index rows) {
  Scatter made{Vector::LinSpaced(rows, 0, 5), Vector(rows)};
  for (Index i = 0; i < rows; ++i)
    made.y[i] = 0.2 * made.x[i] + (i % 2 == 0 ? 1 : -1) * (0.9 + 0.05 * static_cast<double>(i % 3)) *
                                      (first + (last - first) * made.x[i] / 5);
  return made;
}

TEST(SlopeInterval, IsStudentsWhereTheScatterDoesNotFollowX) {
  const Scatter even = alternating(0.1, 0.1, 12);
  const LeastSquaresLine line = least_squares_line(even);
  const Interval interval = interval_of(Regression::forward, RowResampling::where_needed, even);
  EXPECT_NEAR(interval.high - interval.low, 2 * student_t_quantile(0.975, 10) * line.slope_error, 1e-12);
  const Scatter growing = alternating(0.01, 0.2, 12);
  EXPECT_EQ(interval_of(Regression::forward, RowResampling::where_needed, growing).low,
            interval_of(Regression::forward, RowResampling::pairs, growing).low);
}

TEST(SlopeInterval, DoesNotDependOnTheOrderOfRowsWhereNeeded) {
  for (const double last : {0.1, 0.8}) {
    const Scatter one = alternating(0.1, last, 12);
    const Scatter turned{one.x.reverse(), one.y.reverse()};
    const Interval a = interval_of(Regression::reverse, RowResampling::where_needed, one),
                   b = interval_of(Regression::reverse, RowResampling::where_needed, turned);
    EXPECT_EQ(a.low, b.low);
    EXPECT_EQ(a.high, b.high);
  }
}

TEST(SlopeInterval, OfHubersLineDependsOnNoOrderAndIsNotWidenedByWrongRows) {
  Scatter rows = alternating(0.1, 0.1, 24);
  const auto width = [](const Scatter& some) {
    const Interval interval = interval_of(Regression::huber, RowResampling::pairs, some);
    return interval.high - interval.low;
  };
  const double clean = width(rows);
  EXPECT_EQ(width({rows.x.reverse(), rows.y.reverse()}), clean);
  rows.y[11] += 100;
  EXPECT_LT(width(rows), 3 * clean);
  EXPECT_GT(width(rows), 0.5 * clean);
}

}  // namespace
}  // namespace quartic::row_interval_test
