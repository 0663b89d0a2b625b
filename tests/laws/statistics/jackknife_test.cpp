#include "laws/statistics/jackknife.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/statistics/special.hpp"

namespace quartic::jackknife_test {
namespace {

TEST(Jackknife, OfAMeanIsStudentsInterval) {
  const Matrix values{{1.}, {4.}, {2.}, {7.}};
  const Resampled samples = resample(values, {Average::mean, 4});
  const Interval interval =
      jackknife([&](Index k) { return samples.averages(k, 0); }, {4, samples.degrees, 0.95});
  const double mean = 3.5, deviation = std::sqrt((6.25 + 0.25 + 2.25 + 12.25) / 3);
  const double half = student_t_quantile(0.975, 3) * deviation / 2;
  EXPECT_NEAR(interval.estimate, mean, 1e-14);
  EXPECT_NEAR(interval.low, mean - half, 1e-12);
  EXPECT_NEAR(interval.high, mean + half, 1e-12);
}

TEST(Jackknife, DropsMissingReplicatesWhereTheyStand) {
  const Matrix values{{1., 5.}, {3., NAN}, {8., 7.}};
  const Resampled samples = resample(values, {Average::mean, 3});
  EXPECT_DOUBLE_EQ(samples.averages(0, 0), 4);
  EXPECT_DOUBLE_EQ(samples.averages(0, 1), 6);
  EXPECT_DOUBLE_EQ(samples.averages(1, 1), 7);
  EXPECT_DOUBLE_EQ(samples.averages(2, 1), 6);
  EXPECT_EQ(samples.at(0).counts, (Vector{{3, 2}}));
  EXPECT_EQ(samples.at(2).counts, (Vector{{2, 2}}));
  EXPECT_EQ(samples.degrees, 1);
}

TEST(Jackknife, KnowsTheVarianceOfLogarithmsOfEveryResample) {
  const Matrix values{{1., 1.}, {std::exp(1.), 2.}, {std::exp(2.), 0.}};
  const Resampled samples = resample(values, {Average::mean, 3});
  EXPECT_NEAR(samples.at(0).variances[0], 1, 1e-14);
  EXPECT_NEAR(samples.at(1).variances[0], 0.5, 1e-14);
  EXPECT_NEAR(samples.at(2).variances[0], 2, 1e-14);
  EXPECT_NEAR(samples.at(0).variances[1], std::log(2), 1e-14) << "by mean and deviation, where one is 0";
  EXPECT_TRUE(std::isnan(average_columns(Matrix{{1.}}, Average::mean).variances[0]));
}

TEST(Jackknife, TakesGeometricMeans) {
  const Matrix values{{1.}, {4.}, {16.}};
  const Resampled samples = resample(values, {Average::geometric_mean, 3});
  EXPECT_NEAR(samples.averages(0, 0), 4, 1e-14);
  EXPECT_NEAR(samples.averages(1, 0), 8, 1e-13);
  EXPECT_TRUE(std::isnan(resample(Matrix{{1.}, {0.}}, {Average::geometric_mean, 2}).averages(0, 0)));
}

TEST(Jackknife, PutsAReplicateInTheSameBlockOfEveryArm) {
  const Matrix values{{1.}, {2.}, {3.}, {4.}, {5.}};
  const Resampled samples = resample(values, {Average::mean, 2});  // blocks {0, 2, 4} and {1, 3}
  EXPECT_DOUBLE_EQ(samples.averages(1, 0), 3);
  EXPECT_DOUBLE_EQ(samples.averages(2, 0), 3);
  EXPECT_EQ(jackknife_blocks(1000), 1000);
  EXPECT_EQ(jackknife_blocks(20000), 200);
}

TEST(Jackknife, HasNoIntervalForOneReplicate) {
  const Interval interval = jackknife([](Index) { return 2.; }, {1, 0, 0.95});
  EXPECT_EQ(interval.estimate, 2);
  EXPECT_TRUE(std::isnan(interval.low));
}

TEST(Jackknife, HasNoIntervalWhereAResampleHasNoValue) {
  const Interval interval = jackknife([](Index k) { return k == 2 ? NAN : 1.; }, {5, 4, 0.95});
  EXPECT_TRUE(std::isnan(interval.low));
}

}  // namespace
}  // namespace quartic::jackknife_test
