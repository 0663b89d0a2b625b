#include "experiments/adaptive/crossing_target.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/adaptive/adaptive.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/results/memory_archive.hpp"
#include "experiments/study/arm.hpp"
#include "tests/experiments/adaptive/doubles.hpp"

namespace quartic::crossing_target_test {
namespace {

using doubles::crossing_study;
using doubles::KeepAll;

struct Ran {
  std::string records;
  AdaptiveRun run;

  const TargetLook& last(std::size_t k) const { return run.report.looks.back().targets.at(k); }
  Index count(Index cell, Index arm, Index n) const {
    return run.report.allotment.at(cell, arm, run.result.cube.size(n));
  }
};

Ran run(const Study& study, const EngineOptions& options = {.threads = 1}) {
  KeepAll sink;
  AdaptiveRun ran = run_adaptively(study, options, sink);
  return {records_csv(sink.records), std::move(ran)};
}

TEST(CrossingTarget, PutsSizesAboutTheCrossingOfEachCell) {
  const Study study = crossing_study();
  const Ran ran = run(study);
  EXPECT_EQ(ran.run.report.stop, Stop::rules_hold);
  for (Index cell = 0; cell < 2; ++cell) {
    const double truth = cell == 0 ? 100 : 300;
    const TargetLook& look = ran.last(static_cast<std::size_t>(cell));
    EXPECT_TRUE(look.reached);
    EXPECT_LE((look.value.high - look.value.low) / 2, 0.01 * look.value.estimate);
    EXPECT_NEAR(look.value.estimate / truth, 1, 0.025);
    const std::vector<Index> opened = opened_sizes(study, ran.run.report.allotment, cell);
    EXPECT_GE(opened.size(), 2u);
    EXPECT_LE(opened.size(), 8u);
    for (const Index n : opened) {
      EXPECT_LT(std::abs(std::log(static_cast<double>(n) / truth)), 0.5) << n;
      EXPECT_EQ(ran.count(cell, 0, n), ran.count(cell, 1, n)) << "replicates are pairs";
      EXPECT_EQ(ran.count(cell, 2, n), 0) << "not of the pair";
      EXPECT_GE(ran.count(cell, 1, n), 20);
    }
    EXPECT_EQ(ran.count(cell, 0, 10), 20) << "far from the crossing";
    EXPECT_EQ(ran.count(cell, 2, 90), 20);
  }
  EXPECT_GT(ran.count(0, 1, 90), 100);
  EXPECT_EQ(ran.count(1, 1, 90), 20);
}

TEST(CrossingTarget, IsReadAsAClaimReadsIt) {
  Study study = crossing_study();
  Claim claim = study.adaptive->targets.front().law;
  claim.value = 100, claim.margin = 3;
  study.claims = {claim};
  const Ran ran = run(study);
  const std::vector<Finding> findings = evaluate_claims(study, ran.run.result.cube);
  for (std::size_t cell = 0; cell < 2; ++cell) EXPECT_EQ(findings.at(cell).law.value, ran.last(cell).value);
  EXPECT_EQ(findings.at(0).judgement.verdict, Verdict::supported);
}

TEST(CrossingTarget, SpendsNothingMoreWhereTheArmNeverGetsAhead) {
  Study study = crossing_study();
  study.adaptive->targets.front().law.against_arm = "best";
  const Ran ran = run(study);
  EXPECT_EQ(ran.run.report.stop, Stop::rules_hold);
  EXPECT_EQ(ran.run.report.looks.size(), 1u);
  EXPECT_TRUE(ran.last(0).reached);
  EXPECT_EQ(ran.last(0).value.estimate, infinity);
  EXPECT_EQ(ran.last(0).value.low, 810e3);
  EXPECT_TRUE(opened_sizes(study, ran.run.report.allotment, 0).empty());
}

TEST(CrossingTarget, LooksBeyondTheSizesOfTheStudy) {
  Study study = crossing_study();
  study.sizes.erase(study.sizes.end() - 1);  // 810
  for (const Index n : {Index{90}, Index{270}}) {
    std::vector<Index>& further = study.adaptive->targets.front().sizes;
    further.insert(std::lower_bound(further.begin(), further.end(), n), n);
  }
  std::erase(study.adaptive->targets.front().sizes, Index{43});  // the study has 10, 30 and 43
  const Ran ran = run(study);
  for (std::size_t cell = 0; cell < 2; ++cell) {
    EXPECT_TRUE(ran.last(cell).reached);
    EXPECT_NEAR(ran.last(cell).value.estimate / (cell == 0 ? 100 : 300), 1, 0.025);
  }
}

TEST(CrossingTarget, EndsWhereThereIsNoneBetweenTheSizes) {
  Study study = crossing_study({{"scale", std::pow(3000, 0.8)}});
  const Ran ran = run(study);
  EXPECT_EQ(ran.run.report.stop, Stop::rules_hold);
  EXPECT_FALSE(ran.last(0).reached);
  EXPECT_TRUE(ran.last(0).outside);
  EXPECT_EQ(ran.count(0, 1, 672), 0) << "nothing lies beyond 810";
  study = crossing_study({{"scale", 0.5}});
  EXPECT_TRUE(run(study).last(0).outside) << "ahead from the first";
}

TEST(CrossingTarget, IsSoughtInItsCellsAlone) {
  Study study = crossing_study();
  Cell first = study.cells[0], second = study.cells[1];
  first.settings = {{"at", "100"}}, second.settings = {{"at", "300"}};
  study.cells = {first, second};
  study.adaptive->targets.front().law.cells = {{"at", {"300"}}};
  const Ran ran = run(study);
  ASSERT_EQ(ran.run.report.looks.back().targets.size(), 1u);
  EXPECT_EQ(ran.last(0).cell, 1);
  EXPECT_TRUE(opened_sizes(study, ran.run.report.allotment, 0).empty());
}

TEST(CrossingTarget, StandsBesideOthers) {
  Study study = crossing_study();
  AdaptiveTarget price = study.adaptive->targets.front();
  price.law.law = LawKind::compute_multiple;
  study.adaptive->targets.push_back(price);
  study.adaptive->targets.push_back(
      {.law = Claim{.says = "target", .arm = "best", .form = LawForm::power, .floor = 0}, .half_width = 0.1});
  const Ran ran = run(study);
  EXPECT_EQ(ran.run.report.stop, Stop::rules_hold);
  ASSERT_EQ(ran.run.report.looks.back().targets.size(), 6u);
  for (std::size_t k = 0; k < 6; ++k) {
    EXPECT_TRUE(ran.last(k).reached);
    EXPECT_EQ(ran.last(k).target, static_cast<Index>(k % 3));
  }
  EXPECT_NEAR(ran.last(1).value.estimate, 1, 1e-9) << "both take n operations";
  EXPECT_NEAR(ran.last(2).value.estimate, 2, 0.3);
}

TEST(CrossingTarget, KeepsToTheBudget) {
  double before = 0;
  for (const double budget : {2.5e5, 4e5, 8e5}) {
    Study study = crossing_study();
    study.adaptive->targets.front().half_width = 1e-4;
    study.adaptive->budget = budget;
    const AdaptiveReport report = run(study).run.report;
    EXPECT_EQ(report.stop, Stop::budget);
    EXPECT_LE(report.looks.back().flops, budget);
    EXPECT_GT(report.looks.back().flops, before);
    before = report.looks.back().flops;
  }
}

TEST(CrossingTarget, DecidesTheSameForAnyNumberOfThreadsAndFromRecords) {
  const Study study = crossing_study();
  MemoryArchive archive;
  EngineOptions options{.threads = 2};
  options.archive = &archive;
  const Ran one = run(study), two = run(study, options);
  EXPECT_EQ(two.records, one.records);
  EXPECT_EQ(adaptive_json(study, two.run.report), adaptive_json(study, one.run.report));
  KeepAll sink;
  const AdaptiveRun made = collect_adaptively(study, archive, sink);
  EXPECT_EQ(records_csv(sink.records), one.records);
  EXPECT_EQ(adaptive_json(study, made.report), adaptive_json(study, one.run.report));
}

TEST(CrossingTarget, IsToldOfInTheFindings) {
  Study study = crossing_study();
  const Ran ran = run(study);
  nlohmann::json json = nlohmann::json::parse(adaptive_json(study, ran.run.report));
  EXPECT_EQ(json["rule"]["target"]["law"], "crossing");
  EXPECT_EQ(json["rule"]["target"]["against"]["arm"], "slow");
  EXPECT_EQ(json["looks"].back()["targets"][1]["cell"], 1);
  EXPECT_EQ(json["looks"].back()["targets"][1]["reached"], true);
  EXPECT_EQ(json["looks"].back()["targets"][1]["outside"], false);
  study.adaptive->targets.push_back(study.adaptive->targets.front());
  json = nlohmann::json::parse(adaptive_json(study, ran.run.report));
  EXPECT_EQ(json["rule"]["target"].size(), 2u);
}

}  // namespace
}  // namespace quartic::crossing_target_test
