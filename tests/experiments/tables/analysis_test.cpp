#include "experiments/tables/analysis.hpp"
#include "experiments/study/read/parse_study.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/tables/built_in.hpp"
#include "tests/support/imagenet_points.hpp"
#include "tests/support/rounded.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::analysis_test {
namespace {

using support::rounded;

CsvTable imagenet() {
  return parse_csv(built_in_tables().at("imagenet"), "imagenet");
}
std::vector<Machine> machines() {
  return read_machines(built_in_tables().at("conversions"), "conversions");
}
TableStudy recorded_study(const StudyEdits& edits = {"classroom", {}}) {
  return parse_table_study(built_in_table_studies().at("recorded"), "recorded", edits);
}
const TableResult& recorded() {
  static const TableResult result = analyse(recorded_study(), imagenet(), machines());
  return result;
}
double exponent(Regression kind) {
  return recorded().exponents[static_cast<std::size_t>(kind)].value.estimate;
}

TEST(Recorded, GivesThePublishedExponents) {
  EXPECT_EQ(rounded(exponent(Regression::forward), 1), 13.6);
  EXPECT_EQ(rounded(exponent(Regression::reverse), 1), 6.2);
  EXPECT_NEAR(exponent(Regression::reduced_major_axis),
              std::sqrt(exponent(Regression::forward) * exponent(Regression::reverse)), 1e-9);
}

TEST(Recorded, GivesThePublishedComparison) {
  ASSERT_EQ(recorded().comparisons.size(), 1u);
  const Comparison& comparison = recorded().comparisons[0];
  EXPECT_EQ(rounded(comparison.growth.computing, 1), 1095.5);
  EXPECT_EQ(rounded(comparison.growth.rate, 2), 6.03);
  EXPECT_EQ(rounded(comparison.growth.hardware_share(), 3), 0.257);
  EXPECT_EQ(rounded(comparison.growth.two_point_exponent(comparison.improvement), 2), 9.31);
}

TEST(Recorded, GivesThePublishedProjections) {
  const ProjectionTable& power = recorded().projections[0];
  EXPECT_EQ(rounded(power.projections[1].log10_flops.estimate - 9, 2), 19.06);
  const ProjectionTable& exponential = recorded().projections[1];
  EXPECT_EQ(rounded(exponential.projections[1].log10_flops.estimate - 9, 2), 27.85);
}

TEST(Recorded, ProfilesTheExponentOverTheFloor) {
  const std::vector<TableExponent>& profile = recorded().profile;
  ASSERT_EQ(profile.size(), 14u);
  for (std::size_t k = 0; k < profile.size(); k += 2) {
    const Scatter rows = support::imagenet_scatter(profile[k].floor);
    EXPECT_NEAR(profile[k].value.estimate, 1 / regress(Regression::forward, rows).slope, 1e-9);
    EXPECT_NEAR(profile[k + 1].value.estimate, 1 / regress(Regression::reverse, rows).slope, 1e-9);
    EXPECT_LT(profile[k].value.estimate, k > 0 ? profile[k - 2].value.estimate : INFINITY);
  }
  EXPECT_EQ(rounded(profile[12].value.estimate, 2), 4.23);
  EXPECT_EQ(rounded(profile[13].value.estimate, 2), 2.31);
}

TEST(Recorded, DoesNotTellFourFromNine) {
  const std::vector<TableFinding>& findings = recorded().findings;
  ASSERT_EQ(findings.size(), 4u);
  EXPECT_EQ(findings[0].judgement.verdict, Verdict::supported) << findings[0].judgement.reason;
  for (std::size_t k = 1; k < 4; ++k)
    EXPECT_EQ(findings[k].judgement.verdict, Verdict::not_identified) << findings[k].judgement.reason;
  EXPECT_NE(recorded().verdict.find("3 of 4 claims are not identified"), std::string::npos)
      << recorded().verdict;
}

TEST(Recorded, OpenClaimsSpanTheIntervalsOfEveryChoice) {
  const Interval open = recorded().findings[2].measured;
  for (const TableExponent& one : recorded().profile) {
    EXPECT_LE(open.low, one.value.low);
    EXPECT_GE(open.high, one.value.high);
  }
}

TEST(Recorded, WarnsOfWhatStandsInTheWay) {
  const auto warns = [](TableWarning::Kind kind, const std::string& part) {
    return std::any_of(recorded().warnings.begin(), recorded().warnings.end(), [&](const TableWarning& w) {
      return w.kind == kind && w.text.find(part) != std::string::npos;
    });
  };
  EXPECT_TRUE(warns(TableWarning::Kind::confluence, "13.6"));
  EXPECT_TRUE(warns(TableWarning::Kind::floor, "11 %"));
  EXPECT_TRUE(warns(TableWarning::Kind::duplicates, "NASNet-A and SENet"));
}

TEST(Recorded, IsTheSameEveryTime) {
  const TableStudy study = recorded_study();
  EXPECT_EQ(findings_json(study, analyse(study, imagenet(), machines())), findings_json(study, recorded()));
  const TableStudy other = recorded_study({"classroom", {{"seed", "2"}}});
  EXPECT_NE(findings_json(other, analyse(other, imagenet(), machines())), findings_json(study, recorded()));
}

TEST(Recorded, AsJsonHasFindingsLikeASimulatedStudy) {
  const auto json = nlohmann::json::parse(findings_json(recorded_study(), recorded()));
  EXPECT_EQ(json["schema_version"], 1);
  EXPECT_EQ(json["study"], "recorded");
  for (const char* key :
       {"says", "law", "margin", "confidence", "estimate", "low", "high", "verdict", "reason"})
    EXPECT_TRUE(json["findings"][0].contains(key)) << key;
  EXPECT_EQ(json["findings"][2]["regression"], "any");
  EXPECT_EQ(json["floor_profile"].size(), 14u);
  EXPECT_EQ(json["projections"][1]["law"], "exponential");
}

TEST(Recorded, KeepsThePointsItUsed) {
  const CsvTable points = parse_csv(points_csv(recorded()), "points.csv");
  EXPECT_EQ(points.rows(), 13);
  EXPECT_TRUE(read_numbers(points, 1).isApprox(support::imagenet_flops(), 1e-15));
  EXPECT_EQ(points.at(2, 0), "Oct-ResNet-152 (SE)");
}

TEST(TableAnalysis, FindsALawThatATableFollows) {
  std::string csv = "error,compute\n";
  for (int k = 0; k < 12; ++k)
    csv += std::to_string(0.5 * std::pow(10, -0.1 * k) * (1 + 0.01 * (k % 3))) + "," +
           std::to_string(1e6 * std::pow(10, 0.4 * k)) + "\n";
  const TableStudy study = parse_table_study(
      "resamples = 400\n[table]\nname = \"t.csv\"\n[[claim]]\nsays = \"four\"\nexpect = 4\nmargin = 0.3\n",
      "t");
  const TableResult result = analyse(study, parse_csv(csv, "t.csv"), machines());
  EXPECT_EQ(result.findings[0].judgement.verdict, Verdict::supported) << result.findings[0].judgement.reason;
  EXPECT_TRUE(result.comparisons.empty());
}

TEST(TableAnalysis, RefusesATableItCannotUse) {
  const TableStudy study = parse_table_study("floors = [0, 0.2]\n[table]\nname = \"t.csv\"\n", "t");
  const auto refusal = [&](const std::string& csv) {
    return support::thrown_message([&] { analyse(study, parse_csv(csv, "t.csv"), machines()); });
  };
  EXPECT_NE(refusal("error,compute\n0.3,1\n0.2,2\n").find("t.csv has 2 rows"), std::string::npos);
  const std::string low = refusal("error,compute\n0.5,1\n0.4,2\n0.3,4\n0.25,8\n0.2,16\n");
  EXPECT_NE(low.find("the floor 0.2 is not below the least error 0.2"), std::string::npos) << low;
  EXPECT_NE(refusal("err,compute\n0.5,1\n").find("error"), std::string::npos);
}

}  // namespace
}  // namespace quartic::analysis_test
