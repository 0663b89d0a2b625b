// The standard effort whole, at its seed. Five binomial standard errors of 400 studies at 95 % are 5.4
// points.
#include <gtest/gtest.h>

#include "experiments/calibration/calibration.hpp"

namespace quartic::calibration_statistics {
namespace {

using Kind = CalibrationDesign::Kind;

using Rows = std::vector<CalibrationRow>;

std::string named(const CalibrationRow& row) {
  return row.design.name + ", spread " + std::to_string(row.design.spread) + ", replicates " +
         std::to_string(row.design.replicates);
}

void expect_cover(const Rows& rows) {
  for (const CalibrationRow& row : rows) {
    if (row.design.kind == Kind::verdict) continue;
    const bool wide = row.design.spread > 0.5;
    EXPECT_GT(row.covered, (wide ? 0.91 : 0.93) - 0.04) << named(row);
    EXPECT_LT(row.covered, (wide ? 0.98 : 0.97) + 0.02) << named(row);
    // Five numbers from errors that scatter as widely: some resamples have no such law, or one whose exponent
    // lies at the end of its range.
    const bool five = row.design.name == "floor_broken" || row.design.name == "two causes";
    EXPECT_LE(row.without, wide && five ? 0.02 : 0) << named(row);
  }
}

void expect_slopes_without_bias_at_one_percent_of_noise(const Rows& rows) {
  int slopes = 0;
  for (const CalibrationRow& row : rows) {
    if (row.design.spread != 0.01) continue;
    EXPECT_NEAR(row.bias, 0, 0.01) << named(row);
    ++slopes;
  }
  EXPECT_EQ(slopes, 4);
}

/// Of laws that were planted: the claim on their exponent is true, and is not to be rejected. A break and a
/// logarithm are not among the laws that are read.
void expect_whichever(const CalibrationRow& row) {
  const std::string& name = row.design.name;
  EXPECT_LE(row.rejected, 0.05 + 0.055) << named(row);
  if (name == "broken" || name == "logarithm") return;
  EXPECT_GE(row.covered, (row.design.replicates > 5 ? 0.93 : 0.91) - 0.055) << named(row);
  const bool informative = row.design.replicates >= 20 && row.design.sizes >= 10;
  if (!informative) return;
  // Whichever law: over these sizes the slope by an offset law scatters 1.89 times as much as by the power law (from
  // the two forms' derivatives), and where a power law holds no test excludes it. An offset is told from a floor in
  // 86 of 100 studies (the power of the test of curves/contradiction.hpp at 20 replicates).
  EXPECT_GE(row.supported, name == "floor" ? 0.86 - 0.075 : 0.9) << named(row);
  EXPECT_LE(row.width / row.width_of_known, name == "power" ? 1.89 * 1.25 : 1.6) << named(row);
}

void expect_verdicts(const Rows& rows) {
  int judged = 0;
  for (const CalibrationRow& row : rows) {
    if (row.design.kind != Kind::verdict) continue;
    ++judged;
    const std::string& name = row.design.name;
    if (name.ends_with("is true")) {
      EXPECT_GE(row.supported, 0.9) << name;
    } else if (name.ends_with("two margins away")) {
      EXPECT_GE(row.rejected, 0.9) << name;
    } else if (name.ends_with("decade") || name.ends_with("decades")) {
      EXPECT_GE(row.not_identified, 0.95 - 0.055) << name;
      EXPECT_EQ(row.supported, 0) << name;
    } else {
      expect_whichever(row);
    }
  }
  EXPECT_EQ(judged, 27);
}

// One test, since each test is a process of its own and the studies take most of a minute.
TEST(Calibration, HoldsWhatTheIntervalsAndVerdictsSay) {
  const Rows rows = calibrate(calibration_plan("standard"), {});
  expect_cover(rows);
  expect_slopes_without_bias_at_one_percent_of_noise(rows);
  expect_verdicts(rows);
}

}  // namespace
}  // namespace quartic::calibration_statistics
