#include "experiments/findings/remedies.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/findings/findings.hpp"
#include "tests/support/planted_remedies.hpp"

namespace quartic::remedies_test {
namespace {

// Both reach .004 at n = 250: 62,500 operations of the one, 3 times as many of the other, a tenth of its predictions.
TEST(Remedies, PruningThatTriplesTrainingIsMutedAndRunsForATenth) {
  const PlantedRemedies planted = planted_remedies({{}, {.price = 3, .running = 10}});
  const RemediesFinding finding = found(planted);
  EXPECT_NEAR(finding.costs.training.value.estimate, 62500, 6000);
  EXPECT_NEAR(finding.costs.running.value.estimate, 100, 1e-6);
  const Remedy& pruned = finding.remedies.front();
  EXPECT_NEAR(pruned.multiples.training.value.estimate, 3, 0.1);
  EXPECT_NEAR(pruned.multiples.running.value.estimate, 0.1, 1e-9);
  EXPECT_NEAR(pruned.exponent_ratio.value.estimate, 1, 0.05);
  EXPECT_EQ(pruned.leaves_exponent.verdict, Verdict::supported);
  EXPECT_EQ(pruned.muted.verdict, Verdict::supported);
  EXPECT_EQ(finding.muted.verdict, Verdict::supported) << finding.muted.reason;
}

// (62,500 b + u r)/(62,500 + 100 u) at u = 1, 10^6, 10^12, with b = 3, r = 10.
TEST(Remedies, TotalsGoFromTrainingToRunning) {
  const std::vector<LawEstimate> totals =
      found(planted_remedies({{}, {.price = 3, .running = 10}})).remedies.front().multiples.totals;
  ASSERT_EQ(totals.size(), 3u);
  EXPECT_NEAR(totals[0].value.estimate, 3, 0.1);
  EXPECT_NEAR(totals[1].value.estimate, 0.1, 0.005);
  EXPECT_NEAR(totals[2].value.estimate, 0.1, 1e-6);
}

// The error .0005 lies beyond the sizes, at n = 2,000: there, too, a total is training and so many predictions, and a
// multiple of totals lies between those of its parts.
TEST(Remedies, TotalsAddUpBeyondTheSizes) {
  PlantedRemedies planted = planted_remedies({{}, {.price = 3, .pretraining = 1e6, .running = 10}});
  planted.study.remedies->at_error = 0.0005;
  planted.study.remedies->uses = {1, 1e4, 1e6};
  const RemediesFinding finding = found(planted);
  const Remedy& pruned = finding.remedies.front();
  const double training = finding.costs.training.value.estimate;
  for (std::size_t k = 0; k < 3; ++k) {
    const double uses = planted.study.remedies->uses[k], total = finding.costs.totals[k].value.estimate;
    EXPECT_NEAR(total / (training + 100 * uses), 1, 1e-9) << uses;
    const double multiple = pruned.multiples.training.value.estimate;
    EXPECT_NEAR(pruned.multiples.totals[k].value.estimate * total / (multiple * training + 10 * uses), 1,
                1e-9)
        << uses;
  }
}

// Exponents 4/slope: 4 and 2, for the flops are n^2.
TEST(Remedies, ALowerExponentIsToldFromALowerConstant) {
  const RemediesFinding finding = found(planted_remedies({{}, {.slope = 2, .price = 1}, {.price = 0.1}}));
  EXPECT_NEAR(finding.exponent.value.estimate, 4, 0.2);
  EXPECT_NEAR(finding.remedies[0].exponent.value.estimate, 2, 0.1);
  EXPECT_EQ(finding.remedies[0].leaves_exponent.verdict, Verdict::rejected);
  EXPECT_EQ(finding.remedies[1].leaves_exponent.verdict, Verdict::supported);
  EXPECT_NEAR(finding.remedies[1].multiples.training.value.estimate, 0.1, 0.01);
  EXPECT_EQ(finding.remedies[1].muted.verdict, Verdict::rejected);
  EXPECT_EQ(finding.muted.verdict, Verdict::rejected);
  EXPECT_NE(finding.muted.reason.find("second"), std::string::npos) << finding.muted.reason;
}

TEST(Remedies, PreTrainingIsOnTheBillAndShared) {
  PlantedRemedies planted = planted_remedies({{}, {.price = 0.1, .pretraining = 1e6}});
  EXPECT_NEAR(found(planted).remedies.front().multiples.training.value.estimate, 0.1 + 16, 1.5);
  planted.study.usage.pretraining_shared_by = 1000;
  EXPECT_NEAR(found(planted).remedies.front().multiples.training.value.estimate, 0.1 + 0.016, 0.012);
}

TEST(Remedies, WhoNeverReachesTheErrorIsOpenAndSaysSo) {
  PlantedRemedies planted = planted_remedies({{}, {}});
  for (Index k = 0; k < 5; ++k)
    for (Index r = 0; r < 20; ++r)
      planted.cube.set({0, 1, k, r}, Measure::normalised_error,
                       0.3 + 0.01 * std::sin(static_cast<double>(r + 7 * k)));
  const RemediesFinding finding = found(planted);
  EXPECT_EQ(finding.remedies.front().muted.verdict, Verdict::not_identified);
  EXPECT_FALSE(finding.remedies.front().muted.reason.empty());
  EXPECT_EQ(finding.muted.verdict, Verdict::not_identified);
}

TEST(Remedies, StandInTheFindings) {
  const PlantedRemedies planted = planted_remedies({{}, {.price = 3, .running = 10}});
  const RemediesFinding finding = found(planted);
  const auto json =
      nlohmann::json::parse(findings_json(planted.study, {}, {.remedies = &finding}))["remedies"];
  EXPECT_EQ(json["against"], "network");
  EXPECT_EQ(json["muted"]["verdict"], "supported");
  ASSERT_EQ(json["remedies"].size(), 1u);
  EXPECT_EQ(json["remedies"][0]["multiples"]["totals"][1]["uses"], 1e6);
  EXPECT_EQ(json["remedies"][0]["multiples"]["training"]["estimate"],
            finding.remedies.front().multiples.training.value.estimate);
}

}  // namespace
}  // namespace quartic::remedies_test
