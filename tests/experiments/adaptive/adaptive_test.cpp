#include "experiments/adaptive/adaptive.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "core/require.hpp"
#include "experiments/adaptive/batch.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/results/memory_archive.hpp"
#include "tests/experiments/adaptive/doubles.hpp"

namespace quartic::adaptive_test {
namespace {

using doubles::KeepAll;
using doubles::scattered_study;

Study until(double bound, Index least = 10, Index most = 2000) {
  Study study = scattered_study();
  study.adaptive = {.least = least, .most = most, .log_error_se = bound};
  study.replicates = most;
  return study;
}

Study toward(double half_width, double budget = std::numeric_limits<double>::infinity()) {
  Study study = scattered_study();
  study.adaptive = {.least = 20, .most = 5000, .budget = budget};
  study.adaptive->targets = {
      {Claim{.says = "target", .arm = "loud", .form = LawForm::power, .floor = 0}, half_width}};
  study.replicates = 5000;
  return study;
}

struct Ran {
  std::string records;
  AdaptiveRun run;
};

Ran run(const Study& study, const EngineOptions& options = {.threads = 1}) {
  KeepAll sink;
  AdaptiveRun ran = run_adaptively(study, options, sink);
  return {records_csv(sink.records), std::move(ran)};
}

TEST(Adaptive, DoublesThePointsWhoseRuleDoesNotHold) {
  const Study study = until(0.02);
  const AdaptiveRun ran = run(study).run;
  EXPECT_EQ(ran.report.stop, Stop::rules_hold);
  // .1/sqrt(r) and .3/sqrt(r) below .02 take 25 and 225: 10 doubled till 40 and 320, give or take one
  // doubling
  for (Index size = 0; size < 4; ++size) {
    const Index quiet = ran.report.allotment.at(0, 0, size), loud = ran.report.allotment.at(0, 1, size);
    EXPECT_TRUE(std::set<Index>({20, 40, 80}).contains(quiet)) << quiet;
    EXPECT_TRUE(std::set<Index>({160, 320, 640}).contains(loud)) << loud;
    EXPECT_LT(detail::log_error_se(ran.result.cube.measure(0, 1, Measure::normalised_error).col(size)), 0.02);
  }
  EXPECT_EQ(ran.report.looks.back().open, 0);
  EXPECT_GT(ran.report.looks.front().open, 0);
}

TEST(Adaptive, StopsAtTheMostReplicates) {
  const AdaptiveRun ran = run(until(1e-6, 10, 35)).run;
  EXPECT_EQ(ran.report.stop, Stop::most_replicates);
  for (const Index count : ran.report.allotment.counts()) EXPECT_EQ(count, 35);
  EXPECT_EQ(ran.report.looks.size(), 3u);  // 10, 20, 35
  EXPECT_EQ(ran.report.looks.back().open, 8);
}

TEST(Adaptive, LeavesArmsWithANumberOfTheirOwnAlone) {
  Study study = until(1e-6, 10, 40);
  Cell cell = study.cells[0];
  cell.arms[0].replicates = 7;
  study.cells = {cell};
  const AdaptiveRun ran = run(study).run;
  for (Index size = 0; size < 4; ++size) {
    EXPECT_EQ(ran.report.allotment.at(0, 0, size), 7);
    EXPECT_EQ(ran.report.allotment.at(0, 1, size), 40);
  }
}

TEST(Adaptive, NarrowsTheTargetOfOneArm) {
  const Study study = toward(0.03);
  const AdaptiveRun ran = run(study).run;
  EXPECT_EQ(ran.report.stop, Stop::rules_hold);
  const Interval value = ran.report.looks.back().targets.at(0).value;
  EXPECT_LE((value.high - value.low) / 2, 0.03);
  for (Index size = 0; size < 4; ++size) EXPECT_EQ(ran.report.allotment.at(0, 0, size), 20);
  EXPECT_GT(ran.report.allotment.at(0, 1, 0), ran.report.allotment.at(0, 1, 1));  // the ends tell the slope
  EXPECT_GT(ran.report.allotment.at(0, 1, 3), 20);
}

TEST(Adaptive, LooksOnlyAfterBatchesThatDouble) {
  const Study study = toward(0.02);
  const AdaptiveRun ran = run(study).run;
  ASSERT_GT(ran.report.looks.size(), 3u);
  const double others = 20 * (4 + 8 + 16 + 32);  // of the arm that is no target
  for (std::size_t k = 1; k < ran.report.looks.size(); ++k) {
    const double ratio = (ran.report.looks[k].flops - others) / (ran.report.looks[k - 1].flops - others);
    EXPECT_LE(ratio, 2 + 1e-9);
    EXPECT_GT(ratio, 1.7);  // but for what one more step would have cost
  }
}

TEST(Adaptive, KeepsToTheBudget) {
  for (const double budget : {3000., 10000., 40000.}) {
    const AdaptiveRun ran = run(toward(1e-4, budget)).run;
    EXPECT_EQ(ran.report.stop, Stop::budget);
    EXPECT_LE(ran.report.looks.back().flops, budget);
    EXPECT_GT(ran.report.looks.back().flops, 0.75 * budget);
  }
  Study study = until(0.001);
  study.adaptive->budget = 5000;
  const AdaptiveRun ran = run(study).run;
  EXPECT_EQ(ran.report.stop, Stop::budget);
  EXPECT_LE(ran.report.looks.back().flops, 5000);
}

TEST(Adaptive, RunsTheFirstBatchWhateverTheBudget) {
  const AdaptiveRun ran = run(toward(1e-4, 1)).run;
  EXPECT_EQ(ran.report.stop, Stop::budget);
  for (const Index count : ran.report.allotment.counts()) EXPECT_EQ(count, 20);
}

TEST(Adaptive, GivesEachCellWhatItNeeds) {
  Study study = toward(0.1);
  const Cell first = study.cells[0];
  Cell second = first;
  second.id = 1;
  second.arms[1].model.options["spread"] = 0.6;
  study.cells = {first, second};
  const AdaptiveRun ran = run(study).run;
  EXPECT_EQ(ran.report.stop, Stop::rules_hold);
  EXPECT_GT(ran.report.allotment.at(1, 1, 3), ran.report.allotment.at(0, 1, 3));
}

/// 64 and 128 may be opened, a fit of which costs n^flops operations.
Study with_further_sizes(double half_width, double flops = 0.5) {
  Study study = toward(half_width);
  Cell cell = study.cells[0];
  for (ArmSpec& arm : cell.arms) arm.model.options["flops"] = flops;
  study.cells = {cell};
  study.adaptive->targets.front().sizes = {64, 128};
  study.sizes = {4, 8, 16, 32, 64, 128};
  return study;
}

TEST(Adaptive, OpensAFurtherSizeForTheTargetsArmAlone) {
  const Study study = with_further_sizes(0.03);
  const Ran ran = run(study);
  const Allotment& allotment = ran.run.report.allotment;
  EXPECT_EQ(ran.run.report.stop, Stop::rules_hold);
  EXPECT_GE(allotment.at(0, 1, 5), 20);  // twice as long a line
  EXPECT_EQ(opened_sizes(study, allotment, 0), std::vector<Index>{128});
  for (Index size : {4, 5}) EXPECT_EQ(allotment.at(0, 0, size), 0);
  for (Index size = 0; size < 4; ++size) EXPECT_EQ(allotment.at(0, 0, size), 20);
  const Cube& cube = ran.run.result.cube;
  EXPECT_EQ(cube.measure(0, 1, Measure::status).col(5).array().isFinite().count(), allotment.at(0, 1, 5));
  EXPECT_TRUE(cube.leaves_out({0, 0, 5, 0}));
  EXPECT_FALSE(cube.leaves_out({0, 1, 5, 0}));
  EXPECT_EQ(ran.run.report.looks.back().fits,
            std::accumulate(allotment.counts().begin(), allotment.counts().end(), Index{0}));
}

TEST(Adaptive, ReachesItsTargetForFewerFlopsWithFurtherSizes) {
  Study without = with_further_sizes(0.02);
  without.sizes = {4, 8, 16, 32}, without.adaptive->targets.front().sizes.clear();
  const double with = run(with_further_sizes(0.02)).run.report.looks.back().flops;
  EXPECT_LT(with, run(without).run.report.looks.back().flops);
}

TEST(Adaptive, ChangesNothingBySizesThatItDoesNotOpen) {
  const Study study = with_further_sizes(0.05, 6);  // 2^6 times the flops for twice the size
  Study without = study;
  without.sizes = {4, 8, 16, 32}, without.adaptive->targets.front().sizes.clear();
  const Ran ran = run(study);
  EXPECT_TRUE(opened_sizes(study, ran.run.report.allotment, 0).empty());
  EXPECT_EQ(ran.records, run(without).records);
}

TEST(Adaptive, KeepsToTheBudgetWithFurtherSizes) {
  for (const double budget : {3000., 10000., 40000.}) {
    Study study = with_further_sizes(1e-4);
    study.adaptive->budget = budget;
    const AdaptiveRun ran = run(study).run;
    EXPECT_EQ(ran.report.stop, Stop::budget);
    EXPECT_LE(ran.report.looks.back().flops, budget);
    EXPECT_GT(ran.report.looks.back().flops, 0.75 * budget);
  }
}

TEST(Adaptive, JudgesOtherArmsByTheSizesThatTheyWereGiven) {
  const Study study = with_further_sizes(0.03);
  const AdaptiveRun ran = run(study).run;
  Claim claim{.says = "quiet", .arm = "quiet", .form = LawForm::power, .floor = 0};
  EXPECT_EQ(claimed_curve(claim, ran.result.cube, 0).sizes.size(), 4);
  claim.arm = "loud";
  EXPECT_EQ(claimed_curve(claim, ran.result.cube, 0).sizes.maxCoeff(), 128);
  claim.arm = "quiet", claim.law = LawKind::plateau;
  EXPECT_TRUE(std::isfinite(measured_law(study, claim, ran.result.cube, 0).value.estimate));
}

TEST(Adaptive, DecidesTheSameForAnyNumberOfThreads) {
  const Study study = with_further_sizes(0.05);
  const Ran one = run(study), two = run(study, {.threads = 2});
  EXPECT_EQ(two.records, one.records);
  EXPECT_EQ(adaptive_json(study, two.run.report), adaptive_json(study, one.run.report));
}

/// Keeps records, and asks the run to stop after some of them.
struct StoppingArchive final : RecordArchive {
  void for_each_finished(const Study&, const Cell& cell, const Take& take) override {
    for (Record record : records)
      if (record.cell == cell.id) take(record);
  }
  void keep(const Study&, const Cell&, std::span<const Record> more) override {
    records.insert(records.end(), more.begin(), more.end());
    stop = std::ssize(records) >= stop_at;
  }
  std::vector<Record> records;
  Index stop_at = 0;
  std::atomic<bool> stop = false;
};

TEST(Adaptive, DecidesTheSameHoweverOftenItIsInterrupted) {
  const Study study = with_further_sizes(0.05);
  const Ran whole = run(study);
  StoppingArchive archive;
  Ran resumed;
  Index interruptions = 0;
  while (interruptions < 1000) {
    archive.stop_at = std::ssize(archive.records) + 100;
    archive.stop = false;
    EngineOptions options{.threads = 1};
    options.archive = &archive;
    options.stop = &archive.stop;
    resumed = run(study, options);
    if (resumed.run.report.stop != Stop::interrupted) break;
    EXPECT_TRUE(resumed.run.result.interrupted);
    ++interruptions;
  }
  EXPECT_GT(interruptions, 3);
  EXPECT_EQ(resumed.records, whole.records);
  EXPECT_EQ(adaptive_json(study, resumed.run.report), adaptive_json(study, whole.run.report));
}

TEST(Adaptive, DecidesTheSameOfWhatAnArchiveHas) {
  const Study study = with_further_sizes(0.05);
  MemoryArchive archive;
  EngineOptions options{.threads = 1};
  options.archive = &archive;
  const Ran whole = run(study, options);
  KeepAll sink;
  const AdaptiveRun made = collect_adaptively(study, archive, sink);
  EXPECT_FALSE(made.result.interrupted);
  EXPECT_EQ(records_csv(sink.records), whole.records);
  EXPECT_EQ(adaptive_json(study, made.report), adaptive_json(study, whole.run.report));
}

TEST(Adaptive, CannotBeDividedIntoShards) {
  EngineOptions options{.threads = 1};
  options.shard = {1, 2};
  EXPECT_THROW(run(toward(0.1), options), InvalidInput);
  EXPECT_THROW(run(scattered_study()), InvalidInput);
}

TEST(Adaptive, SaysInFindingsWhatWasDecidedAndWhy) {
  const Study study = toward(0.1);
  const AdaptiveRun ran = run(study).run;
  const auto json = nlohmann::json::parse(
      findings_json(study, {}, {.adaptive = adaptive_json(study, ran.report)}))["adaptive"];
  EXPECT_EQ(json["stopped"], "rules hold");
  EXPECT_EQ(json["rule"]["target"]["arm"], "loud");
  EXPECT_EQ(json["rule"]["target"]["half_width"], 0.1);
  EXPECT_TRUE(json["rule"]["budget"].is_null());
  EXPECT_EQ(json["looks"].size(), ran.report.looks.size());
  EXPECT_EQ(json["looks"].back()["targets"][0]["reached"], true);
  EXPECT_EQ(json["replicates"][1]["arm"], "loud");
  EXPECT_EQ(json["replicates"][1]["by_size"][0], ran.report.allotment.at(0, 1, 0));
  EXPECT_FALSE(json["rule"]["target"].contains("sizes"));
}

TEST(Adaptive, KnowsTheErrorOfALogarithm) {
  Matrix errors(4, 1);
  errors << 1, 1, 1, 1;
  EXPECT_EQ(detail::log_error_se(errors), 0);
  const double e = std::exp(1.0);
  errors << e, 1 / e, e, 1 / e;  // V = 4/3
  EXPECT_NEAR(detail::log_error_se(errors), std::sqrt(std::expm1(4.0 / 3) / 4), 1e-12);
  errors << std::nan(""), std::nan(""), std::nan(""), 1;
  EXPECT_EQ(detail::log_error_se(errors), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace quartic::adaptive_test
