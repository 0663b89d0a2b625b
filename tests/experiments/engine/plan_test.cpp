// What a run would take.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/experiments/engine/doubles.hpp"

namespace quartic::plan_test {
namespace {

using doubles::growing_study;
using doubles::plain_study;
using doubles::run_study;

TEST(Plan, CountsWhatARunWouldDo) {
  Study study = plain_study();
  edit(study.cells)->arms[0].replicates = 9;
  const Plan planned = plan(study, {.threads = 1}, 1);
  EXPECT_EQ(planned.cells, 1);
  EXPECT_EQ(planned.tasks, 9);
  EXPECT_EQ(planned.fits, 9 * 4 + 4 * 4);
  EXPECT_GT(planned.task_bytes, 40 * 20 * 8);
  EXPECT_EQ(planned.flops, 9 * 2.0 * (5 + 10 + 20 + 40) * 3 + 4 * 2.0 * (5 + 10 + 20 + 40) * 20);
  EXPECT_GT(planned.seconds, 0);
  EXPECT_FALSE(planned.basis.empty());
}

TEST(Plan, ExtrapolatesFromTheSmallestSizesWhereAWholeReplicateTakesTooLong) {
  Study study = plain_study();
  study.replicates = 1;
  const Plan planned = plan(study, {.threads = 1}, 0);
  EXPECT_NEAR(planned.flops, 2.0 * 75 * (3 + 20),
              1e-6 * planned.flops);  // linear in n: the power law is exact
  EXPECT_NE(planned.basis.find("extrapolated"), std::string::npos) << planned.basis;
}

double flops_of_all(const Study& study) {
  double flops = 0;
  for (const Record& record : run_study(study).records) flops += record.report.cost.fit_flops;
  return flops;
}

TEST(Plan, OfFewCellsAddsUpEachOfThem) {
  const Study study = growing_study(20);
  const Plan planned = plan(study, {.threads = 1}, 20);
  EXPECT_DOUBLE_EQ(planned.flops, flops_of_all(study));
  EXPECT_EQ(planned.largest.settings, study.cells[19].settings);
  EXPECT_GT(planned.disk_bytes, static_cast<double>(planned.fits) * 250);
  EXPECT_GT(planned.disk_bytes, 20 * 2 * 300) << "each series is named in the store";
}

TEST(Plan, OfManyCellsSpeaksForThemByASample) {
  const Study study = growing_study(300);
  const Plan planned = plan(study, {.threads = 1}, 20);
  EXPECT_NEAR(planned.flops, flops_of_all(study), 0.1 * planned.flops);
  EXPECT_EQ(planned.largest.settings, study.cells[299].settings);
  EXPECT_NE(planned.basis.find("12 cells"), std::string::npos) << planned.basis;
  EXPECT_LE(planned.pilot_fits, 13 * 2 * 4);
}

TEST(Plan, OfAnAdaptiveStudyGoesNoFurtherThanItsBudget) {
  Study study = plain_study();
  study.adaptive = {.least = 10, .most = 100, .log_error_se = 0.05};
  study.replicates = 100;
  const auto planned = [&](double budget) {
    study.adaptive->budget = budget;
    return plan(study, {.threads = 1}, 20).flops;
  };
  const double all = planned(std::numeric_limits<double>::infinity());
  EXPECT_DOUBLE_EQ(planned(all / 2), all / 2);
  EXPECT_DOUBLE_EQ(planned(2 * all), all);
  EXPECT_DOUBLE_EQ(planned(1), all / 10);  // the first batch is run all the same
}

TEST(Plan, OfAFurtherSizeCountsTheTargetsArmAlone) {
  Study study = plain_study();
  study.adaptive = {.least = 10, .most = 100, .targets = {{Claim{.says = "target", .arm = "flexible"}, 0.1}}};
  study.replicates = 100;
  const Plan given = plan(study, {.threads = 1}, 20);
  study.adaptive->targets.front().sizes = {80};
  study.sizes.push_back(80);
  const Plan more = plan(study, {.threads = 1}, 20);
  EXPECT_EQ(more.fits, given.fits + 100);
  EXPECT_GT(more.flops, given.flops);
  study.adaptive->budget = 1;
  EXPECT_DOUBLE_EQ(plan(study, {.threads = 1}, 20).flops, given.flops / 10);  // the first batch
}

TEST(Plan, TellsOfPilotsThatFail) {
  Study study = plain_study();
  edit(study.cells)->arms[1].model.options["fails_at"] = Index{20};
  const Plan planned = plan(study, {.threads = 1}, 20);
  EXPECT_EQ(planned.pilot_failures, 1);
  EXPECT_EQ(planned.pilot_fits, 8);
  EXPECT_NE(planned.pilot_failure.find("this size, of all sizes"), std::string::npos)
      << planned.pilot_failure;
  EXPECT_FALSE(std::isnan(planned.flops));
  EXPECT_EQ(plan(plain_study(), {.threads = 1}, 20).pilot_failures, 0);
}

}  // namespace
}  // namespace quartic::plan_test
