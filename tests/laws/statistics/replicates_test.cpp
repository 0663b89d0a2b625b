#include "laws/statistics/replicates.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/statistics/special.hpp"

namespace quartic::replicates_test {
namespace {

/// Log-normal replicates of three sizes, all with mean 1 but for a factor.
Matrix skewed(Index replicates, double spread) {
  Matrix values(replicates, 3);
  Stream stream(8);
  for (Index r = 0; r < replicates; ++r)
    for (Index j = 0; j < 3; ++j)
      values(r, j) = std::exp(spread * stream.normal()) * static_cast<double>(j + 1);
  return values;
}

double first_of(std::span<const Averages> tables) {
  return tables[0].values[0];
}
double ratio(std::span<const Averages> tables) {
  return tables[0].values[2] / tables[1].values[0];
}

TEST(ReplicateInterval, OfAMeanIsStudents) {
  const Matrix values = skewed(12, 1);
  const ReplicateTable table{values};
  const Interval interval = replicate_interval({&table, 1}, first_of);
  const Vector column = values.col(0);
  const double mean = column.mean();
  const double error = std::sqrt((column.array() - mean).square().sum() / 11 / 12);
  EXPECT_NEAR(interval.estimate, mean, 1e-12);
  EXPECT_NEAR(interval.low, mean - student_t_quantile(0.975, 11) * error, 1e-10);
  EXPECT_NEAR(interval.high, mean + student_t_quantile(0.975, 11) * error, 1e-10);
}

TEST(ReplicateInterval, ResamplesTablesTogether) {
  const Matrix values = skewed(20, 1);
  const std::vector<ReplicateTable> same = {{values}, {values}};
  for (const IntervalMethod method : {IntervalMethod::jackknife, IntervalMethod::percentile}) {
    const Interval one =
        replicate_interval(same, [](std::span<const Averages> a) { return a[0].values[1] / a[1].values[1]; },
                           {.method = method});
    EXPECT_NEAR(one.low, 1, 1e-12) << to_string(method);
    EXPECT_NEAR(one.high, 1, 1e-12) << to_string(method);
  }
}

TEST(ReplicateInterval, OfASkewedMeanReachesFurtherUpUnderTheBootstraps) {
  const ReplicateTable table{skewed(15, 1)};
  for (const IntervalMethod method : {IntervalMethod::bootstrap_t, IntervalMethod::bca}) {
    const Interval interval = replicate_interval({&table, 1}, first_of, {.method = method});
    EXPECT_GT(interval.high - interval.estimate, interval.estimate - interval.low) << to_string(method);
    EXPECT_GT(interval.low, 0) << to_string(method);
  }
  const auto width = [&](IntervalMethod method) {
    const Interval interval = replicate_interval({&table, 1}, first_of, {.method = method});
    return interval.high - interval.low;
  };
  EXPECT_GT(width(IntervalMethod::bootstrap_t), width(IntervalMethod::percentile));
}

TEST(ReplicateInterval, IsTheSameEveryTimeAndFollowsTheSeed) {
  const std::vector<ReplicateTable> tables = {{skewed(10, 0.5)}, {skewed(10, 0.5), Average::geometric_mean}};
  const ReplicateOptions options{.method = IntervalMethod::percentile, .resamples = 200};
  const Interval one = replicate_interval(tables, ratio, options);
  EXPECT_EQ(one.low, replicate_interval(tables, ratio, options).low);
  ReplicateOptions other = options;
  other.seed = 2;
  EXPECT_NE(one.low, replicate_interval(tables, ratio, other).low);
  EXPECT_EQ(one.estimate, replicate_interval(tables, ratio, other).estimate);
}

TEST(ReplicateInterval, HasNoEndsWithoutReplicates) {
  const ReplicateTable table{skewed(1, 1)};
  for (const auto& [method, word] : interval_words)
    EXPECT_TRUE(std::isnan(replicate_interval({&table, 1}, first_of, {.method = method}).low)) << word;
}

}  // namespace
}  // namespace quartic::replicates_test
