#include "laws/frontiers/projection.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/frontiers/machine.hpp"
#include "tests/support/imagenet_points.hpp"
#include "tests/support/rounded.hpp"

namespace quartic::projection_test {
namespace {

using support::imagenet_errors;
using support::imagenet_flops;
using support::rounded;

ProjectionFit imagenet(ProjectionForm form) {
  return fit_projection(form, imagenet_flops(), imagenet_errors());
}

/// A line of the published table: error, then log10 of GFLOP, lb CO2 and US$.
struct Published {
  ProjectionForm form;
  double error, gflop, pounds, dollars;
};

TEST(Projection, GivesThePublishedTable) {
  const Published table[] = {{ProjectionForm::power, 0.115, 14.12, 6.02, 6.22},
                             {ProjectionForm::power, 0.05, 19.06, 10.95, 11.15},
                             {ProjectionForm::power, 0.01, 28.59, 20.48, 20.68},
                             {ProjectionForm::exponential, 0.115, 14.81, 6.71, 6.91},
                             {ProjectionForm::exponential, 0.05, 27.85, 19.75, 19.95},
                             {ProjectionForm::exponential, 0.01, 120.13, 112.03, 112.23}};
  const GflopRates rates = gflop_rates(
      {.processors = 8, .peak_gflops = 9526, .hours = 12, .watts = 1415.78, .pounds = 26, .dollars = 41});
  for (const Published& line : table) {
    const double gflop = project(imagenet(line.form), line.error).log10_flops.estimate - 9;
    EXPECT_EQ(rounded(gflop, 2), line.gflop) << line.error;
    EXPECT_EQ(rounded(gflop + std::log10(rates.pounds), 2), line.pounds) << line.error;
    EXPECT_EQ(rounded(gflop + std::log10(rates.dollars), 2), line.dollars) << line.error;
  }
}

TEST(Projection, GivesThePublishedExponentialLine) {
  const LeastSquaresLine fit = imagenet(ProjectionForm::exponential).forward;
  EXPECT_EQ(rounded(fit.line.slope, 4), 0.8669);
  EXPECT_EQ(rounded(fit.line.intercept, 3), -11.948);
  EXPECT_EQ(rounded(fit.r_squared, 3), 0.484);
}

TEST(Projection, CountsTheDecadesBeyondThePoints) {
  const ProjectionFit fit = imagenet(ProjectionForm::power);
  EXPECT_NEAR(fit.most, 9 + std::log10(51840000000000.), 1e-12);
  const Projection far = project(fit, 0.05);
  EXPECT_NEAR(far.decades_beyond, far.log10_flops.estimate - fit.most, 1e-12);
  EXPECT_GT(far.decades_beyond, most_decades_beyond);
  EXPECT_EQ(project(fit, 0.2).decades_beyond, 0);
  EXPECT_GT(project(fit, 0.9).decades_beyond, 0);
}

/// The ends solve |y - a - b x| = t se(x), checked on the line itself.
TEST(Projection, EndsWhereTheLineMayJustReachTheTarget) {
  const ProjectionFit fit = imagenet(ProjectionForm::power);
  const Projection projection = project(fit, 0.05);
  const double t = 2.200985160;  // Student, 11 degrees of freedom, .975
  for (const double end : {projection.log10_flops.low, projection.log10_flops.high})
    EXPECT_NEAR(std::abs(fit.ordinate(0.05) - fit.forward.line.at(end)) / fit.forward.error_at(end), t, 1e-8);
  EXPECT_GT(projection.log10_flops.high - projection.log10_flops.low, 25);
  EXPECT_LT(projection.reverse, projection.log10_flops.estimate);
}

TEST(Projection, IsUnboundedWhereTheSlopeMayBeZero) {
  const ProjectionFit fit = imagenet(ProjectionForm::power);
  const Interval interval = project(fit, 0.05, 0.999).log10_flops;
  EXPECT_EQ(interval.high, INFINITY);
  EXPECT_LT(interval.low, interval.estimate);
  EXPECT_EQ(project(fit, 0.9, 0.999).log10_flops.low, -INFINITY);
}

TEST(Projection, OfPointsOnALawIsExact) {
  const Vector flops{{1e10, 1e12, 1e15, 1e18}};
  const ProjectionFit fit = fit_projection(ProjectionForm::power, flops, 7 * flops.array().pow(-0.1));
  const Projection projection = project(fit, 7e-2);
  EXPECT_NEAR(projection.log10_flops.estimate, 20, 1e-9);
  EXPECT_NEAR(projection.log10_flops.low, 20, 1e-5);
  EXPECT_NEAR(projection.reverse, 20, 1e-9);
  EXPECT_NEAR(projection.decades_beyond, 2, 1e-9);
}

TEST(Projection, NeedsAnErrorThatFalls) {
  const Vector flops{{1, 10, 100}}, rising{{0.1, 0.2, 0.3}};
  EXPECT_TRUE(
      std::isnan(project(fit_projection(ProjectionForm::power, flops, rising), 0.05).log10_flops.estimate));
  const Vector two{{1, 10}}, falling{{0.3, 0.2}};
  EXPECT_TRUE(
      std::isnan(project(fit_projection(ProjectionForm::power, two, falling), 0.05).log10_flops.estimate));
}

}  // namespace
}  // namespace quartic::projection_test
