#include "laws/statistics/special.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace quartic::special_test {
namespace {

TEST(Special, NormalCdfMatchesTables) {
  EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(normal_cdf(-10) / 7.619853024160526e-24, 1, 1e-13);
  EXPECT_NEAR(normal_density(0), 0.3989422804014327, 1e-16);
}

TEST(Special, DigammaMatchesKnownValues) {
  const double euler = 0.5772156649015329;
  EXPECT_NEAR(digamma(1), -euler, 1e-13);
  EXPECT_NEAR(digamma(0.5), -euler - 2 * std::log(2.), 1e-13);
  EXPECT_NEAR(digamma(5) - digamma(3), 1. / 3 + 1. / 4, 1e-13);
  EXPECT_NEAR(digamma(1000), 6.907255195648812, 1e-12);
  EXPECT_TRUE(std::isnan(digamma(0)));
}

TEST(Special, StudentQuantilesMatchTheTables) {
  struct Row {
    double p, df, t;
  };
  const Row rows[] = {{0.975, 1, 12.706204736174698},  {0.975, 2, 4.302652729749464},
                      {0.975, 10, 2.2281388519862744}, {0.95, 5, 2.0150483733330233},
                      {0.995, 30, 2.749995653567231},  {0.9995, 999, 3.3002924403987355},
                      {0.975, 1e6, 1.9599663568141071}};
  for (const Row& row : rows) {
    EXPECT_NEAR(student_t_quantile(row.p, row.df), row.t, 1e-9 * row.t) << row.df;
    EXPECT_NEAR(student_t_quantile(1 - row.p, row.df), -row.t, 1e-9 * row.t) << row.df;
  }
}

TEST(Special, StudentQuantilesInvertElementaryDistributions) {
  const auto one = [](double t) { return 0.5 + std::atan(t) / std::numbers::pi; };
  const auto two = [](double t) { return 0.5 + t / (2 * std::sqrt(2 + t * t)); };
  const auto four = [](double t) {
    const double u = t / std::sqrt(4 + t * t);  // sin of the angle
    return 0.5 + 0.75 * (u - u * u * u / 3);
  };
  for (double p : {0.0005, 0.01, 0.3, 0.5, 0.9, 0.9995}) {
    EXPECT_NEAR(one(student_t_quantile(p, 1)), p, 1e-12) << p;
    EXPECT_NEAR(two(student_t_quantile(p, 2)), p, 1e-12) << p;
    EXPECT_NEAR(four(student_t_quantile(p, 4)), p, 1e-12) << p;
  }
  EXPECT_TRUE(std::isnan(student_t_quantile(1, 5)));
  EXPECT_TRUE(std::isnan(student_t_quantile(0.9, 0)));
}

TEST(Special, TailsOfFAreThoseOfStudentAndOfTwoDegreesAbove) {
  for (const double below : {1., 3., 18.}) {
    const double t = student_t_quantile(0.99, below);
    EXPECT_NEAR(f_tail(t * t, 1, below), 0.02, 1e-12) << below;
    for (const double f : {0.3, 4., 90.})
      EXPECT_NEAR(f_tail(f, 2, below), std::pow(1 + 2 * f / below, -below / 2), 1e-12) << below;
  }
  EXPECT_EQ(f_tail(0, 2, 5), 1);
  EXPECT_EQ(f_tail(NAN, 2, 5), 1);
}

}  // namespace
}  // namespace quartic::special_test
