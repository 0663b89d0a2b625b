#include "laws/curves/selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/random/stream.hpp"

namespace quartic {
namespace {

/// Twenty replicates of floor + 5/sqrt(n) at so many sizes, 2 % apart from each other.
MeasuredCurve measured(double floor, Index sizes) {
  MeasuredCurve curve{Vector(sizes), Matrix(20, sizes)};
  Stream stream(4);
  for (Index k = 0; k < sizes; ++k) {
    curve.sizes[k] = 100 * std::exp2(k);
    for (Index r = 0; r < 20; ++r)
      curve.errors(r, k) = (floor + 5 / std::sqrt(curve.sizes[k])) * std::exp(0.02 * stream.normal());
  }
  return curve;
}

bool is_compatible(const Selection& selection, LawForm form) {
  return std::find(selection.compatible.begin(), selection.compatible.end(), form) !=
         selection.compatible.end();
}

TEST(SelectForm, LeavesThePowerLawOnlyForWhatSurelyPredictsBetter) {
  EXPECT_EQ(select_form(measured(0, 10), {}).form, LawForm::power);
  const Selection floored = select_form(measured(0.1, 10), {});
  EXPECT_EQ(floored.form, LawForm::floor);
  EXPECT_TRUE(is_compatible(floored, LawForm::floor));
  EXPECT_FALSE(is_compatible(floored, LawForm::power));
}

TEST(SelectForm, DecidesNothingBetweenFewSizesOrReplicates) {
  MeasuredCurve few = measured(0.1, 10);
  few.errors = few.errors.topRows(2).eval();
  for (const Selection& selection : {select_form(measured(0.1, 5), {}), select_form(few, {})}) {
    EXPECT_EQ(selection.form, LawForm::power);
    EXPECT_EQ(selection.compatible.size(), 3u);
    EXPECT_TRUE(selection.trials.empty());
  }
}

TEST(FloorInterval, HoldsTheFloorAndReachesNothingWhereThereIsNone) {
  const LawPoints points = law_points(measured(0.1, 10), {});
  const Interval floor = floor_interval(LawForm::power, points, 0.95, 20);
  EXPECT_LT(floor.low, 0.1);
  EXPECT_GT(floor.low, 0.05);
  EXPECT_GT(floor.high, 0.1);
  EXPECT_LT(floor.high, 0.15);
  EXPECT_EQ(floor_interval(LawForm::power, law_points(measured(0, 10), {}), 0.95, 20).low, 0);
  EXPECT_TRUE(std::isnan(floor_interval(LawForm::power, points, 0.95, 1).high));
}

}  // namespace
}  // namespace quartic
