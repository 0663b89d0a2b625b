#include "experiments/calibration/calibration.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/require.hpp"

namespace quartic::calibration_test {
namespace {

CalibrationDesign power(double spread = 0.3) {
  return {.name = "power", .law = {.form = LawForm::power, .scale = 3, .exponent = 1}, .spread = spread};
}

TEST(Calibration, IsTheSameOnAnyNumberOfThreads) {
  const CalibrationRow one = calibrate(power(), 20, {.threads = 1}),
                       two = calibrate(power(), 20, {.threads = 2});
  EXPECT_EQ(one.covered, two.covered);
  EXPECT_EQ(one.bias, two.bias);
  EXPECT_EQ(one.width, two.width);
  EXPECT_NE(one.width, calibrate(power(), 20, {.seed = 2}).width);
}

TEST(Calibration, RecoversThePlantedExponentWhereNoiseIsSmall) {
  const CalibrationRow row = calibrate(power(1e-4), 10, {});
  EXPECT_NEAR(row.bias, 0, 1e-4);
  EXPECT_LT(row.width, 1e-3);
  EXPECT_EQ(row.without, 0);
}

TEST(Calibration, CountsVerdicts) {
  CalibrationDesign design = power();
  design.kind = CalibrationDesign::Kind::verdict;
  design.claim = {Expectation::Kind::about, 5, 0.3};
  const CalibrationRow row = calibrate(design, 10, {});
  EXPECT_NEAR(row.rejected, 1, 1e-12);
  EXPECT_EQ(row.supported, 0);
  EXPECT_GT(row.width_of_known, 0);
}

TEST(Calibration, CountsStudiesWithoutAnInterval) {
  CalibrationDesign design = power(1);
  design.replicates = 1;
  EXPECT_EQ(calibrate(design, 10, {}).without, 1);
}

TEST(Calibration, HasThreeEfforts) {
  EXPECT_LT(calibration_plan("classroom").designs.size(), calibration_plan("standard").designs.size());
  EXPECT_GE(calibration_plan("paper").studies, 2000);
  EXPECT_GE(calibration_plan("paper").bootstrap_studies, 500);
  EXPECT_THROW(calibration_plan("thorough"), InvalidInput);
}

TEST(Calibration, ReportsProgressToItsEnd) {
  Index last = 0, all = 0;
  const CalibrationPlan plan{{power(), power(0.1)}, 5, 0};
  const auto rows = calibrate(plan, {.progress = [&](Index done, Index total) { last = done, all = total; }});
  EXPECT_EQ(rows.size(), 2u);
  EXPECT_EQ(last, 10);
  EXPECT_EQ(all, 10);
}

TEST(Calibration, IsWrittenAsJson) {
  const auto json = nlohmann::json::parse(calibration_json({calibrate(power(), 5, {})}, 1));
  EXPECT_EQ(json["rows"][0]["name"], "power");
  EXPECT_EQ(json["rows"][0]["studies"], 5);
  EXPECT_TRUE(json["rows"][0]["supported"].is_null());
  EXPECT_TRUE(json["rows"][0]["covered_se"].is_number());
}

}  // namespace
}  // namespace quartic::calibration_test
