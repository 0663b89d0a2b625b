#include "laws/curves/form_slope.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::form_slope_test {
namespace {

const Vector sizes{{10, 20, 40, 80}};

// error = (n - 5)^-1, flops = n^2.
MeasuredCurve offset_curve() {
  const Vector errors = 1 / (sizes.array() - 5), flops = sizes.array().square();
  return {sizes, errors.transpose().replicate(3, 1), flops.transpose().replicate(3, 1)};
}

double slope_of(const MeasuredCurve& curve, Growing growing, LawForm form) {
  const LawOptions options{.floor = 0};
  std::vector<Averages> tables;
  for (const ReplicateTable& table : detail::curve_tables(curve, Average::mean, growing))
    tables.push_back(average_columns(table.values, table.average));
  return detail::form_slope({curve.sizes, options, growing, form}, tables, {.floor = 0});
}

TEST(FormSlope, OfComputingIsThatInNOverTheGrowthOfFlops) {
  EXPECT_NEAR(slope_of(offset_curve(), Growing::data, LawForm::offset), 1, 1e-6);
  EXPECT_NEAR(slope_of(offset_curve(), Growing::computing, LawForm::offset), 0.5, 1e-6);
}

TEST(FormSlope, OfThePowerLawIsAgainstTheFlopsThemselves) {
  MeasuredCurve curve = offset_curve();
  curve.errors = curve.flops.array().pow(-0.25);
  EXPECT_NEAR(slope_of(curve, Growing::computing, LawForm::power), 0.25, 1e-9);
  EXPECT_NEAR(slope_of(curve, Growing::data, LawForm::power), 0.5, 1e-9);
}

TEST(FormSlope, InterpolatesAndGoesOnAlongTheEndsInLogarithms) {
  const Vector values{{1, 4, 8, 64}};
  const auto at = [&](double n) { return std::exp(detail::interpolate_log(sizes, values, n)); };
  EXPECT_NEAR(at(20), 4, 1e-12);
  EXPECT_NEAR(at(20 * std::sqrt(2.0)), 4 * std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(at(160), 64 * 8, 1e-9);
  EXPECT_NEAR(at(5), 0.25, 1e-12);
  EXPECT_NEAR(std::exp(detail::interpolate_log(Vector{{7}}, Vector{{3}}, 100)), 3, 1e-12);
}

}  // namespace
}  // namespace quartic::form_slope_test
