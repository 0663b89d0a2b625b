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
  std::vector<CalibrationProgress> told;
  const CalibrationPlan plan{{power(), power(0.1)}, 5, 0};
  const auto rows =
      calibrate(plan, {.progress = [&](const CalibrationProgress& now) { told.push_back(now); }});
  EXPECT_EQ(rows.size(), 2u);
  ASSERT_EQ(told.size(), 12u);  // studies and rows
  EXPECT_EQ(told[4].done, 0);
  EXPECT_NEAR(told[4].share, 0.5, 1e-12);
  EXPECT_EQ(told.back().done, 2);
  EXPECT_EQ(told.back().total, 2);
  EXPECT_NEAR(told.back().share, 1, 1e-12);
}

TEST(Calibration, KeepsTheRowsThatAreWholeWhenItIsStopped) {
  const CalibrationPlan plan{{power(), power(0.1), power(0.2)}, 5, 0};
  std::atomic<bool> stop = false;
  const auto in_the_second_row = [&](const CalibrationProgress& now) { stop = stop || now.share > 0.5; };
  const auto rows = calibrate(plan, {.threads = 1, .progress = in_the_second_row, .stop = &stop});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].width, calibrate(power(), 5, {}).width);
  EXPECT_EQ(nlohmann::json::parse(calibration_json(rows, plan, 1))["rows_missing"], 2);
}

TEST(Calibration, IsWrittenAsJson) {
  const CalibrationPlan plan{{power()}, 5, 0};
  const auto json = nlohmann::json::parse(calibration_json(calibrate(plan, {}), plan, 1));
  EXPECT_EQ(json["rows_missing"], 0);
  EXPECT_EQ(json["rows"][0]["name"], "power");
  EXPECT_EQ(json["rows"][0]["studies"], 5);
  EXPECT_TRUE(json["rows"][0]["supported"].is_null());
  EXPECT_TRUE(json["rows"][0]["covered_se"].is_number());
}

}  // namespace
}  // namespace quartic::calibration_test
