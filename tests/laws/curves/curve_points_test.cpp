#include "laws/curves/curve_points.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/statistics/weights.hpp"

namespace quartic::curve_points_test {
namespace {

/// Thirty log-normal replicates whose scatter shrinks along the curve.
MeasuredCurve shrinking() {
  MeasuredCurve curve{Vector{{100, 1000, 10000}}, Matrix(30, 3)};
  Stream stream(5);
  for (Index r = 0; r < 30; ++r)
    for (Index k = 0; k < 3; ++k)
      curve.errors(r, k) =
          1 / curve.sizes[k] * std::exp(std::pow(0.3, static_cast<double>(k)) * stream.normal());
  return curve;
}

TEST(LawPoints, CountBySizesWhoseScatterShrinks) {
  const MeasuredCurve curve = shrinking();
  const LawPoints points = curve_points(curve, {});
  const Averages errors = average_columns(curve.errors, Average::mean);
  EXPECT_EQ(points.weights, log_average_weights(errors, curve.sizes));
  EXPECT_EQ(points.values, unbiased_averages(errors, curve.sizes));
  EXPECT_GT(points.weights[2], 20 * points.weights[0]);
}

TEST(LawPoints, AreTheAveragesWhereWeightsAreGiven) {
  const MeasuredCurve curve = shrinking();
  const LawPoints points = curve_points(curve, {.weights = Vector::Ones(3)});
  EXPECT_EQ(points.values, average_columns(curve.errors, Average::mean).values);
  EXPECT_EQ(points.weights, Vector::Ones(3));
}

}  // namespace
}  // namespace quartic::curve_points_test
