// Whether the replicates that are called for give the power that is asked for: 1000 studies, five binomial
// standard errors.
#include "laws/power.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/calibration.hpp"

namespace quartic {
namespace {

TEST(Power, IsReachedWithTheReplicatesCalledForAndHardlyExceeded) {
  PowerDesign design{
      .sizes = Vector(8), .spread = 0.4, .expect = 2, .margin = 0.15, .against = 2.4, .of_computing = false};
  for (Index k = 0; k < 8; ++k) design.sizes[k] = std::round(100 * std::pow(100, static_cast<double>(k) / 7));
  CalibrationDesign study{.kind = CalibrationDesign::Kind::verdict,
                          .name = "power",
                          .law = {.form = LawForm::power, .scale = 3, .exponent = 1},
                          .spread = design.spread,
                          .replicates = replicates_needed(design),
                          .sizes = 8,
                          .common = 0,
                          .claim = {Expectation::Kind::about, design.expect, design.margin}};
  const double error = std::sqrt(0.9 * 0.1 / 1000);
  const double supported = calibrate(study, 1000, {}).supported;
  EXPECT_GT(supported, 0.9 - 5 * error) << study.replicates;
  EXPECT_LT(supported, 0.96 + 5 * error);
  study.law.exponent = 2 / design.against;
  EXPECT_GT(calibrate(study, 1000, {}).rejected, 0.9 - 5 * error);
  study.law.exponent = 1;
  study.replicates = std::max<Index>(2, study.replicates / 2);
  EXPECT_LT(calibrate(study, 1000, {}).supported, 0.85);
}

}  // namespace
}  // namespace quartic
