#include "experiments/findings/estimates.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/study/claim_laws.hpp"

namespace quartic::estimates_test {
namespace {

/// Error 1/n + 1/p of three arms with p = 4, 16 and 64 parameters, p n flops; spread over replicates.
Cube sizes_of_a_model() {
  Cube cube({.cells = 1, .arms = {"p4", "p16", "p64"}, .sizes = {8, 16, 32, 64, 128, 256}, .replicates = 6});
  for (Index arm = 0; arm < 3; ++arm)
    for (Index size = 0; size < 6; ++size)
      for (Index r = 0; r < 6; ++r) {
        const double n = static_cast<double>(cube.axes().sizes[static_cast<std::size_t>(size)]);
        const double p = std::pow(4.0, static_cast<double>(arm + 1));
        const double spread = 1 + 0.05 * std::sin(2.3 * static_cast<double>(r + size));
        const Slot slot{0, arm, size, r};
        cube.set(slot, Measure::normalised_error, (1 / n + 1 / p) * spread);
        cube.set(slot, Measure::fit_flops, p * n);
        cube.set(slot, Measure::tuning_flops, p * n);
        cube.set(slot, Measure::pretraining_flops, 0);
        cube.set(slot, Measure::inference_flops, 2 * p);
        cube.set(slot, Measure::parameters, p);
        cube.set(slot, Measure::status, 0);
      }
  cube.set({0, 0, 2, 3}, Measure::normalised_error, nan);
  return cube;
}

TEST(ClaimCurve, HoldsTheErrorsBetweenFromAndTo) {
  const Cube cube = sizes_of_a_model();
  const Claim claim{.says = "", .arm = "p4", .from = 16, .to = 100, .against_arm = ""};
  const MeasuredCurve curve = detail::claim_curve(claim, {cube, 0});
  EXPECT_EQ(curve.sizes, (Vector{{16, 32, 64}}));
  EXPECT_EQ(curve.errors(1, 2), cube.at({0, 0, 3, 1}, Measure::normalised_error));
}

TEST(ClaimCurve, BillsTheTuningToo) {
  const Cube cube = sizes_of_a_model();
  const Claim claim{.says = "", .arm = "p16", .against_arm = ""};
  EXPECT_EQ(detail::claim_curve(claim, {cube, 0}).flops(0, 0), 2 * 16 * 8);
}

TEST(ClaimCurve, BillsAllUsesWhereTheClaimIsOverTheTotal) {
  const Cube cube = sizes_of_a_model();
  const Claim claim{
      .says = "", .arm = "p16", .against_arm = "", .over = Expense::total, .usage = {.uses = 1000}};
  EXPECT_EQ(detail::claim_curve(claim, {cube, 0}).flops(0, 0), 2 * 16 * 8 + 1000 * 2 * 16);
}

// p n flops: what an observation costs is in every cost, and in no exponent.
TEST(EstimateClaim, HoldsTheCostsOfTwoArmsAgainstEachOther) {
  const Cube cube = sizes_of_a_model();
  Claim claim{.says = "", .arm = "p64", .law = LawKind::ratio, .from = 16, .against_arm = "p16"};
  claim.form = LawForm::floor;
  const LawOptions options{.form = LawForm::floor};
  for (const Expense over : {Expense::computing, Expense::data}) {
    claim.over = over;
    claim.of = RatioOf::exponent;
    EXPECT_NEAR(detail::estimate_claim(claim, {cube, 0}, options).value.estimate, 1, 0.1);
    claim.of = RatioOf::cost;
    claim.at_error = 0.09;  // at 1/(0.09 - 1/64) and 1/(0.09 - 1/16) observations
    const double observations = (0.09 - 1.0 / 16) / (0.09 - 1.0 / 64);
    EXPECT_NEAR(detail::estimate_claim(claim, {cube, 0}, options).value.estimate /
                    (over == Expense::data ? observations : 4 * observations),
                1, 0.15);
  }
}

TEST(ClaimCurve, CountsFitsThatRanAndGaveNoError) {
  const Cube cube = sizes_of_a_model();
  const Claim claim{.says = "", .arm = "p4", .against_arm = ""};
  EXPECT_EQ(detail::claim_curve(claim, {cube, 0}).excluded, 1);
}

TEST(ClaimCurve, LeavesOutFitsThatDiverged) {
  Cube cube = sizes_of_a_model();
  cube.set({0, 0, 1, 4}, Measure::status, static_cast<double>(FitStatus::diverged));
  const Claim claim{.says = "", .arm = "p4", .against_arm = ""};
  const MeasuredCurve curve = detail::claim_curve(claim, {cube, 0});
  EXPECT_EQ(curve.excluded, 2);
  EXPECT_TRUE(std::isnan(curve.errors(4, 1)));
  EXPECT_TRUE(std::isnan(curve.flops(4, 1))) << "what it cost bought no error";
}

TEST(EstimateClaim, AnswersEveryLawWithANumberOrAReason) {
  const Cube cube = sizes_of_a_model();
  for (const ClaimLaw& law : claim_laws) {
    Claim claim{.says = "", .arm = "p64", .law = law.kind, .against_arm = "p4"};
    if (law.arms == ArmsOfLaw::joined) claim.with = {"p4", "p16"};
    const LawEstimate estimate = detail::estimate_claim(claim, {cube, 0}, {});
    EXPECT_TRUE(std::isfinite(estimate.value.estimate) || !estimate.note.empty()) << law.name;
  }
}

TEST(EstimateClaim, SaysWhichSizeIsMissingOfTheOtherArm) {
  const Cube cube = sizes_of_a_model();
  const Claim claim{.says = "", .arm = "p64", .law = LawKind::crossing, .against_arm = "p4", .against_n = 9};
  EXPECT_EQ(detail::estimate_claim(claim, {cube, 0}, {}).note, "The study has no size 9: add it to sizes.");
}

}  // namespace
}  // namespace quartic::estimates_test
