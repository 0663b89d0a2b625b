#include "experiments/findings/causes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/findings/findings.hpp"

namespace quartic::causes_test {
namespace {

/// Errors 1/n (or n^-0.8 where under-converged) times a factor of each system, and computing n^2: exponents
/// of 4 and 5.
struct Field {
  Study study;
  Cube cube;
};

Field some_field(Index replicates) {
  Study study;
  study.sizes = {100, 200, 400, 800};
  study.replicates = replicates;
  study.cells = {Cell{}};
  study.causes = Causes{.arm = "converged",
                        .under_converged = "hurried",
                        .systems = 4,
                        .floor = 0.01,
                        .computing_noise = 1,
                        .best_of = "max(1, round(400/n))",
                        .tuning = "n/100",
                        .few = {200, 400}};
  Cube cube({.cells = 1, .arms = {"converged", "hurried"}, .sizes = study.sizes, .replicates = replicates});
  for (Index arm : {0, 1})
    for (Index k = 0; k < 4; ++k)
      for (Index r = 0; r < replicates; ++r) {
        const double n = static_cast<double>(study.sizes[static_cast<std::size_t>(k)]);
        const double luck = 1 + 0.3 * std::sin(static_cast<double>(3 * r + 1));
        cube.set({0, arm, k, r}, Measure::normalised_error, luck * std::pow(n, arm == 0 ? -1 : -0.8));
        cube.set({0, arm, k, r}, Measure::fit_flops, n * n);
        cube.set({0, arm, k, r}, Measure::tuning_flops, 0);
      }
  return {study, cube};
}

CausesFinding found(const Field& field) {
  return evaluate_causes(field.study, field.cube);
}

TEST(Causes, WithoutAnyTheExponentIsTheTrueOne) {
  const CausesFinding finding = found(some_field(40));
  EXPECT_NEAR(finding.exponents[0].estimate, 4, 1e-12);
  EXPECT_EQ(finding.base.verdict, Verdict::supported);
}

TEST(Causes, EachAloneDoesWhatItsDefinitionSays) {
  const CausesFinding finding = found(some_field(40));
  const auto alone = [&](std::size_t cause) { return finding.exponents[std::size_t{1} << cause].estimate; };
  EXPECT_GT(alone(0), 4.5);
  EXPECT_GT(alone(1), 4.2);
  EXPECT_GT(alone(2), 4.2);
  EXPECT_NEAR(alone(3), 5, 1e-12);
  EXPECT_NEAR(alone(4), 6, 1e-12);  // n^3 operations
  EXPECT_NEAR(alone(5), 4, 1e-12);
}

TEST(Causes, TheFloorBendsTheCurveByLeastSquares) {
  Field field = some_field(8);
  for (Index k = 0; k < 4; ++k)  // all systems alike
    for (Index r = 0; r < 8; ++r)
      field.cube.set({0, 0, k, r}, Measure::normalised_error,
                     1 / static_cast<double>(field.study.sizes[static_cast<std::size_t>(k)]));
  double xy = 0, xx = 0;
  for (double n : {100., 200., 400., 800.}) {
    const double x = 2 * std::log(n / std::sqrt(80000.));  // centred: the geometric mean of the sizes
    xx += x * x;
    xy += x * -std::log(1 / n + 0.01);
  }
  EXPECT_NEAR(found(field).exponents[1].estimate, 2 * xx / xy, 1e-10);
}

TEST(Causes, SharesAddUpToTheTotal) {
  const CausesFinding finding = found(some_field(40));
  double sum = 0;
  for (const Interval& share : finding.shares) {
    sum += share.estimate;
    EXPECT_LE(share.low, share.estimate);
    EXPECT_GE(share.high, share.estimate);
  }
  EXPECT_NEAR(sum, finding.total.estimate, 1e-10);
  EXPECT_NEAR(sum, finding.exponents[63].estimate - finding.exponents[0].estimate, 1e-10);
  for (const Interval& exponent : finding.exponents)
    EXPECT_LE(exponent.estimate, finding.exponents[finding.largest].estimate);
}

/// Where each field's first and third systems of each size diverged, far off and early.
TEST(Causes, LeaveOutFitsThatDiverged) {
  Field field = some_field(8);
  Field without = some_field(8);
  for (Index arm : {0, 1})
    for (Index k = 0; k < 4; ++k)
      for (Index r = 0; r < 8; r += 2) {
        const double factor = static_cast<double>(1 + k * k);
        field.cube.set({0, arm, k, r}, Measure::normalised_error, 1e6 * factor);
        field.cube.set({0, arm, k, r}, Measure::fit_flops, factor);
        field.cube.set({0, arm, k, r}, Measure::status, static_cast<double>(FitStatus::diverged));
        without.cube.set({0, arm, k, r}, Measure::normalised_error, nan);
        without.cube.set({0, arm, k, r}, Measure::fit_flops, nan);
      }
  const CausesFinding finding = found(field), expected = found(without);
  EXPECT_EQ(finding.base.verdict, Verdict::supported);
  EXPECT_NEAR(finding.exponents[0].estimate, 4, 1e-12);
  for (std::size_t m = 0; m < finding.exponents.size(); ++m)
    EXPECT_EQ(finding.exponents[m].estimate, expected.exponents[m].estimate) << combination_name(m);
}

TEST(Causes, PublishNothingOfSizesWhereAllFitsDiverged) {
  Field field = some_field(8);
  for (Index r = 0; r < 8; ++r) {
    field.cube.set({0, 0, 3, r}, Measure::normalised_error, 1e6);
    field.cube.set({0, 0, 3, r}, Measure::status, static_cast<double>(FitStatus::diverged));
  }
  EXPECT_NEAR(found(field).exponents[0].estimate, 4, 1e-12);
}

TEST(Causes, OneFieldHasNoInterval) {
  const CausesFinding finding = found(some_field(4));
  EXPECT_TRUE(std::isnan(finding.exponents[0].low));
  EXPECT_EQ(finding.base.verdict, Verdict::not_identified);
}

TEST(Causes, StandInTheFindingsAsJson) {
  const Field field = some_field(8);
  const CausesFinding finding = found(field);
  const auto json = nlohmann::json::parse(findings_json(field.study, {}, {.causes = &finding}))["causes"];
  EXPECT_EQ(json["base"]["estimate"], finding.exponents[0].estimate);
  EXPECT_EQ(json["base"]["expect"], 4);
  EXPECT_EQ(json["shares"].size(), 6u);
  EXPECT_EQ(json["shares"][4]["cause"], "tuning");
  EXPECT_EQ(json["combinations"].size(), 64u);
  EXPECT_EQ(json["combinations"][17]["causes"], "floor + tuning");
  EXPECT_EQ(json["total"]["low"], finding.total.low);
}

}  // namespace
}  // namespace quartic::causes_test
