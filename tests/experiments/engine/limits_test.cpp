#include "experiments/engine/limits.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/require.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::limits_test {
namespace {

using support::thrown_message;

Plan plan_of(double flops, double seconds) {
  Plan plan;
  plan.cells = 3;
  plan.fits = 120;
  plan.flops = flops;
  plan.seconds = seconds;
  return plan;
}

Study study_of(Index replicates) {
  Study study = doubles::plain_study();
  study.replicates = replicates;
  edit(study.cells)->arms[0].replicates = 4 * replicates;
  return study;
}

TEST(Limits, TheLargerShareDecides) {
  EXPECT_DOUBLE_EQ(find_share(plan_of(2e9, 10), {.flops = 1e9, .seconds = 100}), 2);
  EXPECT_DOUBLE_EQ(find_share(plan_of(2e9, 300), {.flops = 1e9, .seconds = 100}), 3);
  EXPECT_DOUBLE_EQ(find_share(plan_of(NAN, 300), {.seconds = 100}), 3);
  EXPECT_TRUE(std::isnan(find_share(plan_of(NAN, 300), {.flops = 1e9, .seconds = 100})));
}

TEST(Limits, APlanBeyondThemIsRefusedWithItsFigures) {
  EXPECT_EQ(thrown_message([] { require_within(plan_of(1e9, 10), {.flops = 1e9, .seconds = 10}); }), "");
  EXPECT_EQ(
      thrown_message([] { require_within(plan_of(2e15, 10), {.flops = 1e15}); }),
      "the study would take 2e+15 floating-point operations where 1e+15 are allowed (120 fits in 3 cells). "
      "Raise the limit, lower replicates or drop cells, or let --trim lower the replicates.");
  const std::string hours = thrown_message([] { require_within(plan_of(2e15, 36000), {.seconds = 7200}); });
  EXPECT_NE(hours.find("10 hours where 2 are allowed"), std::string::npos) << hours;
  const std::string unknown = thrown_message([] { require_within(plan_of(NAN, 1), {.flops = 1e15}); });
  EXPECT_NE(unknown.find("the computing is not known"), std::string::npos) << unknown;
}

TEST(Limits, TrimmingLowersAllReplicatesByTheSameShare) {
  using Overrides = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(trimmed(study_of(10), plan_of(2.5e9, 10), {.flops = 1e9}),
            (Overrides{{"replicates", "4"}, {"arm.expert.replicates", "16"}}));
  EXPECT_TRUE(trimmed(study_of(10), plan_of(1e9, 10), {.flops = 1e9}).empty());
}

TEST(Limits, TrimmingLowersTheUpperEndOfARule) {
  using Overrides = std::vector<std::pair<std::string, std::string>>;
  Study study = doubles::plain_study();
  study.replicates = 300;
  study.adaptive = {.least = 10, .most = 300, .log_error_se = 0.05};
  EXPECT_EQ(trimmed(study, plan_of(2.5e9, 10), {.flops = 1e9}),
            (Overrides{{"replicates.between", "[10, 120]"}}));
  const std::string least = thrown_message([&] { trimmed(study, plan_of(4e10, 10), {.flops = 1e9}); });
  EXPECT_NE(least.find("the least replicates that its rule may stop at, 10"), std::string::npos) << least;
  study.adaptive->budget = 2e9;
  EXPECT_TRUE(trimmed(study, plan_of(1e9, 10), {.flops = 1e9}).empty());
  const std::string budget = thrown_message([&] { trimmed(study, plan_of(2e9, 10), {.flops = 1e9}); });
  EXPECT_NE(budget.find("a budget of its own"), std::string::npos) << budget;
}

TEST(Limits, WhatCannotBeTrimmedIsRefused) {
  const std::string error = thrown_message([] { trimmed(study_of(10), plan_of(1e11, 10), {.flops = 1e9}); });
  EXPECT_NE(error.find("one replicate is too much already"), std::string::npos) << error;
  EXPECT_NE(thrown_message([] { trimmed(study_of(10), plan_of(NAN, 10), {.flops = 1e9}); }).find("--hours"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::limits_test
