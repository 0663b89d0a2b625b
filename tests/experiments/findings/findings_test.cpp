#include "experiments/findings/findings.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "laws/theory/least_squares.hpp"

namespace quartic::findings_test {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// An oracle (10 columns) and a flexible arm (1000) with the errors of theory, spread by +-20 % over
/// replicates; one replicate more of the oracle than of the other.
struct Results {
  Study study;
  Cube cube;
};

void fill(Cube& cube, Index arm, double columns, Index replicates) {
  const std::vector<Index>& sizes = cube.axes().sizes;
  for (Index k = 0; k < static_cast<Index>(sizes.size()); ++k)
    for (Index r = 0; r < replicates; ++r) {
      const double n = static_cast<double>(sizes[static_cast<std::size_t>(k)]);
      const double risk = least_squares_risk({.rows = n, .columns = columns, .signal_in_columns = 10});
      const double spread = 1 + 0.2 * std::sin(1.7 * static_cast<double>(r) + 0.9 * static_cast<double>(k));
      const Slot slot{0, arm, k, r};
      cube.set(slot, Measure::normalised_error, risk / 10 * spread);
      cube.set(slot, Measure::fit_flops, n * columns * columns);
      cube.set(slot, Measure::tuning_flops, 0);
    }
}

Results results(Index replicates, std::vector<Claim> claims) {
  Study study;
  study.name = "tiny";
  study.cells = {Cell{}};
  study.claims = std::move(claims);
  Cube cube({.cells = 1,
             .arms = {"oracle", "flexible"},
             .sizes = {15, 100, 200, 500, 1100, 1500, 2000, 3000},
             .replicates = replicates});
  fill(cube, 0, 10, replicates);
  fill(cube, 1, 1000, std::max<Index>(1, replicates - 1));
  return {study, cube};
}

Claim slope_claim() {
  return {.says = "k^2",
          .arm = "oracle",
          .law = LawKind::data_exponent,
          .from = 100,
          .against_arm = "",
          .value = 2,
          .margin = 0.2};
}

Claim crossing_claim() {
  return {.says = "1401",
          .arm = "flexible",
          .law = LawKind::crossing,
          .from = 1100,
          .to = unbounded,
          .against_arm = "oracle",
          .against_n = 15,
          .value = 1401,
          .margin = 40};
}

Finding only(const Results& results) {
  return evaluate_claims(results.study, results.cube).at(0);
}

TEST(Findings, SupportASlope) {
  const Finding finding = only(results(100, {slope_claim()}));
  EXPECT_EQ(finding.judgement.verdict, Verdict::supported) << finding.judgement.reason;
  EXPECT_NEAR(finding.law.value.estimate, 1.94, 0.05);
}

TEST(Findings, RejectAWrongSlope) {
  Claim claim = slope_claim();
  claim.value = 4;
  EXPECT_EQ(only(results(100, {claim})).judgement.verdict, Verdict::rejected);
}

TEST(Findings, SupportTheCrossingOfTheFigure) {
  const Finding finding = only(results(100, {crossing_claim()}));
  EXPECT_EQ(finding.judgement.verdict, Verdict::supported) << finding.judgement.reason;
  EXPECT_NEAR(finding.law.value.estimate, 1401, 10);
}

TEST(Findings, BillTheComputingOfACrossing) {
  Claim claim = crossing_claim();
  claim.law = LawKind::compute_multiple;
  const double expected = 1401 * 1e6 / (15 * 100);
  EXPECT_NEAR(only(results(100, {claim})).law.value.estimate / expected, 1, 0.02);
}

TEST(Findings, MeasureAPlateauAndAComputeExponent) {
  Claim level{.says = "",
              .arm = "oracle",
              .law = LawKind::plateau,
              .from = 15,
              .to = 15,
              .against_arm = "",
              .value = 0.25,
              .margin = 0.05};
  EXPECT_EQ(only(results(100, {level})).judgement.verdict, Verdict::supported);
  Claim compute = slope_claim();
  compute.law = LawKind::compute_exponent;
  EXPECT_NEAR(only(results(100, {compute})).law.value.estimate, 1.94, 0.05);  // flops grow as n
}

TEST(Findings, HaveAMarginOfTheKindOfTheirLaw) {
  Claim level{.says = "", .arm = "oracle", .law = LawKind::plateau, .from = 15, .to = 15, .against_arm = ""};
  level.value = 0.45;  // it is 0.25: nearer than 0.3
  const Finding wrong = only(results(100, {level}));
  EXPECT_EQ(wrong.judgement.verdict, Verdict::rejected) << wrong.judgement.reason;
  EXPECT_NEAR(*wrong.claim.margin, 0.045, 1e-12);
  Claim crossing = crossing_claim();
  crossing.margin.reset();
  EXPECT_NEAR(*only(results(100, {crossing})).claim.margin, 140.1, 1e-9);
  Claim slope = slope_claim();
  slope.margin.reset();
  EXPECT_EQ(*only(results(100, {slope})).claim.margin, 0.3);
}

TEST(Findings, OfOneReplicateAreNotIdentified) {
  for (const Claim& claim : {slope_claim(), crossing_claim()}) {
    const Finding finding = only(results(1, {claim}));
    EXPECT_EQ(finding.judgement.verdict, Verdict::not_identified);
    EXPECT_NE(finding.judgement.reason.find("replicates"), std::string::npos) << finding.judgement.reason;
  }
}

TEST(Findings, OfTooFewSizesAreNotIdentified) {
  Claim claim = slope_claim();
  claim.from = 2000;
  const Finding finding = only(results(100, {claim}));
  EXPECT_EQ(finding.judgement.verdict, Verdict::not_identified);
  EXPECT_NE(finding.judgement.reason.find("2 sizes"), std::string::npos) << finding.judgement.reason;
}

TEST(Findings, NameAMissingSize) {
  Claim claim = crossing_claim();
  claim.against_n = 17;
  EXPECT_NE(only(results(100, {claim})).judgement.reason.find("no size 17"), std::string::npos);
}

TEST(Findings, StandInEveryCell) {
  Results two = results(10, {slope_claim()});
  two.study.cells = {Cell{}, {.id = 0, .settings = {{"world.noise", "2"}}, .world = {}, .arms = {}}};
  const std::vector<Finding> findings = evaluate_claims(two.study, two.cube);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[1].settings[0].second, "2");
}

TEST(Findings, StandInTheCellsOfTheirClaim) {
  Claim claim = slope_claim();
  claim.cells = {{"world.noise", {"2"}}};
  Results two = results(10, {claim});
  two.study.cells = {Cell{}, {.id = 0, .settings = {{"world.noise", "2"}}, .world = {}, .arms = {}}};
  const std::vector<Finding> findings = evaluate_claims(two.study, two.cube);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].settings[0].second, "2");
}

TEST(Findings, CompareWithTheSameLawOfTheory) {
  Claim claim = slope_claim();
  claim.formula = "theory";
  claim.margin = 0.15;
  Results with_theory = results(100, {claim});
  EXPECT_NE(only(with_theory).judgement.reason.find("theory has no such number"), std::string::npos);
  EXPECT_EQ(only(with_theory).judgement.verdict, Verdict::not_identified);
  for (Index k = 0; k < 8; ++k)
    for (Index r = 0; r < 100; ++r) {
      const double n = static_cast<double>(with_theory.cube.axes().sizes[static_cast<std::size_t>(k)]);
      with_theory.cube.set({0, 0, k, r}, Measure::theory, 10 / (n - 11) / 10);
    }
  const Finding finding = only(with_theory);
  EXPECT_NEAR(finding.claim.value, 1.94, 0.01);
  EXPECT_EQ(finding.judgement.verdict, Verdict::supported) << finding.judgement.reason;
}

/// Errors 1/n, or 1/n over a floor, of the first arm.
Results over_floor(double floor, Claim claim) {
  Results made = results(20, {std::move(claim)});
  for (Index k = 0; k < 8; ++k)
    for (Index r = 0; r < 20; ++r) {
      const double n = static_cast<double>(made.cube.axes().sizes[static_cast<std::size_t>(k)]);
      const double spread = 1 + 0.05 * std::sin(1.7 * static_cast<double>(r) + 0.9 * static_cast<double>(k));
      made.cube.set({0, 0, k, r}, Measure::normalised_error, (floor + 1 / n) * spread);
    }
  return made;
}

TEST(Findings, ReadTheExponentOffTheFormAndFloorThatTheClaimNames) {
  Claim claim = slope_claim();
  claim.form = LawForm::power;
  claim.floor = 0;
  EXPECT_GT(only(over_floor(0.01, claim)).law.value.low, 4);
  claim.form = LawForm::floor;
  claim.floor.reset();
  EXPECT_NEAR(only(over_floor(0.01, claim)).law.value.estimate, 2, 0.1);
  EXPECT_NEAR(only(over_floor(0.01, claim)).law.fit.law.floor, 0.01, 1e-3);
  claim.form = LawForm::power;
  claim.floor = 0.01;
  EXPECT_NEAR(only(over_floor(0.01, claim)).law.value.estimate, 2, 0.1);
}

TEST(Findings, ChooseTheFormWhereTheClaimNamesNone) {
  const Finding finding = only(over_floor(0.01, slope_claim()));
  EXPECT_EQ(finding.law.fit.law.form, LawForm::floor);
  EXPECT_NEAR(finding.law.value.estimate, 2, 0.1);
}

TEST(Findings, AreNotIdentifiedWhereALawThatIsNotExcludedSaysOtherwise) {
  Claim claim = slope_claim();
  claim.to = 500;
  claim.value = 4;
  claim.margin = 0.5;
  Results three_sizes = over_floor(0.002, claim);
  const Finding finding = only(three_sizes);
  EXPECT_EQ(finding.judgement.verdict, Verdict::not_identified) << finding.judgement.reason;
  const auto json = nlohmann::json::parse(findings_json(three_sizes.study, {finding}));
  EXPECT_EQ(json["findings"][0]["fit"]["readings"].size(), 3u);
  EXPECT_NE(finding.judgement.reason.find("which these data do not exclude"), std::string::npos)
      << finding.judgement.reason;
}

TEST(Findings, ReadAFrontierOffSeveralArms) {
  Claim claim = slope_claim();
  claim.law = LawKind::frontier_exponent;
  const double alone = only(results(20, {claim})).law.value.estimate;
  EXPECT_NEAR(alone, 1.94, 0.05);  // flops grow as n
  claim.with = {"flexible"};       // dearer and worse at every size
  EXPECT_NEAR(only(results(20, {claim})).law.value.estimate, alone, 1e-12);
  claim.arm = "flexible";
  claim.with = {};
  claim.from = 1100;
  EXPECT_LT(only(results(20, {claim})).law.value.estimate, 1.5);
}

/// Four sizes p of one model whose error is p^-.6 + (n/4)^-.4: the least at p n = C falls as C^-.24.
Results sized_models(const Claim& claim) {
  Study study;
  study.name = "sizes";
  study.cells = {Cell{}};
  study.claims = {claim};
  Cube cube({.cells = 1,
             .arms = {"p4", "p8", "p16", "p32"},
             .sizes = {64, 128, 256, 512, 1024, 2048},
             .replicates = 20});
  for (Index arm = 0; arm < 4; ++arm)
    for (Index k = 0; k < 6; ++k)
      for (Index r = 0; r < 20; ++r) {
        const double p = std::exp2(2 + arm), n = std::exp2(6 + k);
        const Slot slot{0, arm, k, r};
        const double error = std::pow(p, -0.6) + std::pow(n / 4, -0.4);
        cube.set(slot, Measure::normalised_error,
                 error * (1 + 0.01 * std::sin(1.7 * static_cast<double>(r))));
        cube.set(slot, Measure::theory, error);
        cube.set(slot, Measure::parameters, p);
      }
  return {study, cube};
}

TEST(Findings, ReadTheFrontierOfTheSizesOfAModel) {
  Claim claim{.says = "k^8.3", .arm = "p4", .law = LawKind::collapse_exponent, .against_arm = ""};
  claim.with = {"p8", "p16", "p32"};
  claim.value = 2 / 0.24;
  const Finding finding = only(sized_models(claim));
  EXPECT_EQ(finding.judgement.verdict, Verdict::supported) << finding.judgement.reason;
  claim.law = LawKind::isoflop_exponent;
  claim.formula = "theory";  // parabolas through errors without noise
  const Finding parabolas = only(sized_models(claim));
  EXPECT_GT(std::abs(parabolas.claim.value - 2 / 0.24), 0.1);
  EXPECT_NEAR(parabolas.law.value.estimate, parabolas.claim.value, 0.05);
  claim.with = {"p8"};
  EXPECT_EQ(only(sized_models(claim)).judgement.verdict, Verdict::not_identified);
}

TEST(Findings, AreWrittenAsJson) {
  Claim failing = slope_claim();
  failing.from = 2000;
  const Results tiny = results(100, {crossing_claim(), failing});
  const auto json = nlohmann::json::parse(findings_json(tiny.study, evaluate_claims(tiny.study, tiny.cube)));
  EXPECT_EQ(json["schema_version"], 1);
  EXPECT_EQ(json["study"], "tiny");
  const auto& crossing = json["findings"][0];
  for (const char* key :
       {"says", "arm", "law", "expect", "margin", "estimate", "low", "high", "verdict", "reason"})
    EXPECT_TRUE(crossing.contains(key)) << key;
  EXPECT_EQ(crossing["law"], "crossing");
  EXPECT_EQ(crossing["against"]["n"], 15);
  EXPECT_EQ(crossing["verdict"], "supported");
  EXPECT_TRUE(crossing["to"].is_null());
  EXPECT_TRUE(json["findings"][1]["estimate"].is_null());
  EXPECT_EQ(json["findings"][1]["verdict"], "not_identified");
}

}  // namespace
}  // namespace quartic::findings_test
