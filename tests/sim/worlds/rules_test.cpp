#include "sim/worlds/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/thrown_message.hpp"

namespace quartic::rules_test {
namespace {

constexpr Index many = 20'000;

Truth drawn(const Rules& world) {
  return world.draw(Stream(3));
}

/// The share of ones, five standard errors.
void expect_share(const Vector& ones, double expected) {
  const double n = static_cast<double>(ones.size());
  EXPECT_NEAR(ones.mean(), expected, 5 * std::sqrt(expected * (1 - expected) / n));
}

/// What the rules of this truth say, by its relevant columns alone; every condition asks for presence.
Vector by_hand(const Truth& truth, const Rules& world, Range rows) {
  const Matrix x = truth.columns(rows, truth.relevant(), Stream(5));
  Vector yes(rows.count);
  for (Index i = 0; i < rows.count; ++i) {
    Index applying = 0;
    for (Index rule = 0; rule < world.rules; ++rule)
      applying += (x.row(i).segment(rule * world.conditions, world.conditions).array() > 0).all();
    yes[i] = applying >= world.needed;
  }
  return yes;
}

TEST(Rules, FindingsAreThereAsOftenAsSaidAndStandardised) {
  const Truth truth = drawn({.candidates = 30, .frequency = 0.2});
  const Matrix x = truth.x({0, many}, {0, 30}, Stream(5));
  const double high = x.maxCoeff(), low = x.minCoeff();
  EXPECT_NEAR(high, 2, 1e-12);
  EXPECT_NEAR(low, -0.5, 1e-12);
  EXPECT_TRUE(((x.array() == high) || (x.array() == low)).all());
  for (const Index column : {0, 13, 29})
    expect_share((x.col(column).array() > 0).cast<double>().matrix(), 0.2);
}

TEST(Rules, WhoeverKnowsTheRulesKnowsTheAnswerWithoutAnyCase) {
  for (const Rules& world :
       {Rules{.exceptions = 0}, Rules{.rules = 6, .conditions = 2, .needed = 2, .exceptions = 0}}) {
    const Truth truth = drawn(world);
    EXPECT_EQ(by_hand(truth, world, {0, 500}), truth.y({0, 500}, Stream(5)));
    EXPECT_EQ(by_hand(truth, world, {0, 500}), truth.mean({0, 500}, Stream(5)));
  }
}

TEST(Rules, ShareOfYesIsThatOfTheClosedForm) {
  EXPECT_NEAR(drawn({}).facts().at("rule_share"), 1 - std::pow(7.0 / 8, 4), 1e-14);
  EXPECT_NEAR(drawn({.rules = 3, .conditions = 1, .needed = 2, .frequency = 0.3}).facts().at("rule_share"),
              3 * 0.09 * 0.7 + 0.027, 1e-14);
  EXPECT_NEAR(drawn({.rules = 1, .conditions = 2, .absent = 0.5, .frequency = 0.2, .exceptions = 0})
                  .facts()
                  .at("rule_share"),
              0.16, 1e-14);
}

TEST(Rules, PrevalenceAndBayesErrorAreThoseOfSimulation) {
  for (const Rules& world :
       {Rules{.candidates = 12}, Rules{.candidates = 40, .rules = 5, .conditions = 2, .needed = 2},
        Rules{.candidates = 30,
        .rules = 3,
        .conditions = 2,
        .absent = 0.4,
        .frequency = 0.3,
        .exceptions = 0.2}}) {
    const Truth truth = drawn(world);
    const Vector y = truth.y({0, many}, Stream(5)), chance = truth.mean({0, many}, Stream(5));
    expect_share((chance.array() > 0.5).cast<double>().matrix(), truth.facts().at("rule_share"));
    expect_share(y, truth.facts().at("prevalence"));
    expect_share(((chance.array() > 0.5) != (y.array() > 0.5)).cast<double>().matrix(), world.exceptions);
    const double e = world.exceptions, q = truth.facts().at("rule_share");
    EXPECT_NEAR(truth.facts().at("signal"), (1 - 2 * e) * (1 - 2 * e) * q * (1 - q), 1e-15);
  }
}

TEST(Rules, LabelNoiseTurnsTrainingLabelsAndNothingElse) {
  const Truth clean = drawn({}), noisy = drawn({.label_noise = 0.1});
  EXPECT_EQ(clean.facts(), noisy.facts());
  EXPECT_EQ(clean.mean({0, 100}, Stream(5)), noisy.mean({0, 100}, Stream(5)));
  expect_share((clean.y({0, many}, Stream(5)) - noisy.y({0, many}, Stream(5))).cwiseAbs(), 0.1);
}

TEST(Rules, RelevantAreTheFindingsOfRulesAndStayWhereTheyAreFirst) {
  EXPECT_EQ(drawn({.support = "first"}).relevant(),
            (std::vector<Index>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  const Truth small = drawn({.candidates = 20, .support = "first"}), large = drawn({.support = "first"});
  EXPECT_EQ(small.y({0, 200}, Stream(5)), large.y({0, 200}, Stream(5)));
  EXPECT_EQ(small.x({0, 9}, {0, 20}, Stream(5)), large.x({0, 9}, {0, 20}, Stream(5)));
}

TEST(Rules, RefuseWhatCannotBe) {
  const auto refused = [](const Rules& world) {
    return support::thrown_message([&] { world.draw(Stream(1)); });
  };
  EXPECT_EQ(refused({.candidates = 11}),
            "rules = 4 of 3 conditions each take 12 findings (there are only 11 candidates). Lower rules or "
            "conditions, or raise candidates.");
  EXPECT_EQ(refused({.needed = 5}), "needed = 5 (there are only 4 rules). Lower needed or raise rules.");
  EXPECT_NE(refused({.rules = 1, .conditions = 30}).find("the rules say yes with the chance 9.3"),
            std::string::npos);
  for (const Rules& world :
       {Rules{.needed = 0}, Rules{.frequency = 0}, Rules{.frequency = 1}, Rules{.exceptions = 0.5},
        Rules{.label_noise = 0.5}, Rules{.absent = 1.5}, Rules{.rules = 0}})
    EXPECT_NE(refused(world), "");
}

}  // namespace
}  // namespace quartic::rules_test
