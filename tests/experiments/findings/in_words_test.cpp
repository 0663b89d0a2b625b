#include "experiments/findings/in_words.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::in_words_test {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string words(LawKind law, const Interval& value, Claim claim = {.says = "", .arm = "flexible"}) {
  claim.law = law;
  Finding finding;
  finding.claim = std::move(claim);
  finding.law.value = value;
  return in_words(finding, "patients");
}

TEST(InWords, TellsWhatHalfTheErrorTakes) {
  EXPECT_EQ(words(LawKind::data_exponent, {2.02, 1.96, 2.08}),
            "To halve the root of its error, flexible needs about 4.1 times the data (3.9 to 4.2 times).");
  EXPECT_EQ(words(LawKind::compute_exponent, {4, 3.9, 4.1}),
            "To halve the root of its error, flexible needs about 16 times the computing (15 to 17 times).");
  EXPECT_EQ(words(LawKind::data_exponent, {2, 2, 2}),
            "To halve the root of its error, flexible needs about 4 times the data.");
}

TEST(InWords, TellsLargeNumbersByTheirPowerOfTen) {
  EXPECT_EQ(words(LawKind::data_exponent, {122, 80, 1500}),
            "To halve the root of its error, flexible needs about 10^37 times the data (10^24 to 10^452 "
            "times).");
  EXPECT_EQ(words(LawKind::compute_exponent, {13, 10, 16}),
            "To halve the root of its error, flexible needs about 8,200 times the computing (1,000 to 66,000 "
            "times).");
}

TEST(InWords, TellsOfIntervalsWithoutAnEnd) {
  EXPECT_EQ(
      words(LawKind::data_exponent, {3, 2, unbounded}),
      "To halve the root of its error, flexible needs about 8 times the data (4 times or more: no upper "
      "end is known).");
  EXPECT_EQ(words(LawKind::data_exponent, {unbounded, 6, unbounded}),
            "To halve the root of its error, flexible would need at least 64 times the data, and perhaps no "
            "amount is enough.");
  EXPECT_EQ(words(LawKind::compute_exponent, {unbounded, unbounded, unbounded}),
            "More computing did not lower the error of flexible: no amount would halve its root.");
}

TEST(InWords, TakesNoRootWherePerformanceIsTheInverse) {
  const Claim claim{.says = "", .arm = "flexible", .performance = Performance::inverse};
  EXPECT_EQ(words(LawKind::data_exponent, {1, 1, 1}, claim),
            "To halve its error, flexible needs about 2 times the data.");
  EXPECT_EQ(words(LawKind::compute_exponent, {unbounded, unbounded, unbounded}, claim),
            "More computing did not lower the error of flexible: no amount would halve it.");
}

TEST(InWords, TellsRatiosOfExponentsAndOfCosts) {
  Claim claim{.says = "", .arm = "pruned", .against_arm = "dense"};
  EXPECT_EQ(words(LawKind::ratio, {1.02, 0.98, 1.06}, claim),
            "The exponent of computing of pruned is about 1 times that of dense (0.98 to 1.1 times).");
  claim.of = RatioOf::cost;
  claim.at_error = 0.05;
  claim.over = Expense::total;
  EXPECT_EQ(
      words(LawKind::ratio, {1.3, 1.2, 1.4}, claim),
      "To reach an error of 0.05, pruned takes about 1.3 times the computing of its whole life of dense (1.2 to "
      "1.4 times).");
}

TEST(InWords, IsSilentWhereThereIsNoEstimate) {
  for (const ClaimLaw& law : claim_laws) EXPECT_EQ(words(law.kind, {none, none, none}), "") << law.name;
}

TEST(InWords, SaysWhatTheRootIsTakenOf) {
  Finding finding;
  finding.claim = {.says = "", .arm = "flexible", .law = LawKind::data_exponent};
  finding.law.value = {2, 1.9, 2.1};
  finding.law.fit.law.floor = 0.05;
  EXPECT_NE(
      in_words(finding, "patients").find("the root of its error above the floor of 0.05, flexible needs"),
      std::string::npos);
  finding.claim.law = LawKind::two_causes_exponent;
  finding.claim.with = {"large"};
  EXPECT_NE(
      in_words(finding, "patients").find("its error above its floor, the best of flexible, large needs"),
      std::string::npos);
}

TEST(InWords, TellsPlateausBesideTheErrorOfNoLearningAtAll) {
  EXPECT_EQ(words(LawKind::plateau, {0.1, 0.091, 0.11}),
            "At these sizes the error of flexible is about 10 % of what always giving the same answer would "
            "cost (9.1 to 11 %).");
  EXPECT_EQ(words(LawKind::plateau, {1049, 900, 1300}),
            "At these sizes the error of flexible is about 1,000 times what always giving the same answer "
            "would cost (900 to 1,300 times).");
  EXPECT_EQ(words(LawKind::plateau, {0.01, -0.01, 0.03}),
            "At these sizes the error of flexible is about 1 % of what always giving the same answer would "
            "cost (up to 3 %).");
}

TEST(InWords, TellsCrossingsInObservationsAndTheirPriceInComputing) {
  const Claim curves{.says = "", .arm = "lasso", .against_arm = "expert"};
  Claim level = curves;
  level.against_n = 15;
  EXPECT_EQ(words(LawKind::crossing, {698, 554, 879}, curves),
            "lasso and expert do equally well with about 700 patients (550 to 880).");
  EXPECT_EQ(words(LawKind::crossing, {1401, 1300, 1500}, level),
            "lasso needs about 1,400 patients (1,300 to 1,500) to do as well as expert with 15 patients.");
  EXPECT_EQ(words(LawKind::crossing, {unbounded, 1300, unbounded}, level),
            "No number of patients lets lasso do as well as expert with 15 patients.");
  EXPECT_EQ(words(LawKind::compute_multiple, {13284, 221, 7.98e5}, curves),
            "To do as well as expert, lasso takes about 13,000 times the computing (220 to 800,000 times).");
}

TEST(InWords, TellsErrorsAsMultiplesOfAnothers) {
  const Claim curves{.says = "", .arm = "hybrid", .against_arm = "lasso"};
  EXPECT_EQ(words(LawKind::error_multiple, {0.51, 0.45, 0.58}, curves),
            "At these sizes the error of hybrid is about 0.51 times that of lasso (0.45 to 0.58 times).");
}

}  // namespace
}  // namespace quartic::in_words_test
