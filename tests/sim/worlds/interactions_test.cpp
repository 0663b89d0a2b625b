#include "sim/worlds/interactions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/pool_world.hpp"

namespace quartic::interactions_test {
namespace {

using support::answers;
using support::fact;
using support::first_columns;

// Four relevant columns, three to a term: terms of one another's columns.
Interactions four_columns(const char* operation, Index terms) {
  return {.candidates = 6,
          .relevant = 4,
          .order = 3,
          .terms = terms,
          .operation = operation,
          .coefficients = "decay(1)",
          .signal = 0,
          .support = "first"};
}

TEST(Interactions, TermsAreProductsOfNeighbours) {
  const Truth truth = four_columns("product", 4).draw(Stream(1));
  const Matrix z = first_columns(truth, 20);
  for (Index i = 0; i < 20; ++i)
    EXPECT_NEAR(answers(truth, 20)[i],
                z(i, 0) * z(i, 1) * z(i, 2) + z(i, 1) * z(i, 2) * z(i, 3) / 2 +
                    z(i, 2) * z(i, 3) * z(i, 0) / 3 + z(i, 3) * z(i, 0) * z(i, 1) / 4,
                1e-14);
  EXPECT_NEAR(fact(truth, "signal"), 1 + 1. / 4 + 1. / 9 + 1. / 16, 1e-15);
  EXPECT_EQ(fact(truth, "nonlinear"), fact(truth, "signal"));
}

TEST(Interactions, AndsAreOneWhereAllArePositiveLessTheirChance) {
  const Truth truth = four_columns("and", 2).draw(Stream(1));
  const Matrix z = first_columns(truth, 200);
  int seen = 0;
  for (Index i = 0; i < 200; ++i) {
    const bool first = z(i, 0) > 0 && z(i, 1) > 0 && z(i, 2) > 0;
    const bool second = z(i, 2) > 0 && z(i, 3) > 0 && z(i, 0) > 0;
    EXPECT_NEAR(answers(truth, 200)[i], (first ? 1 : 0) - 0.125 + ((second ? 1 : 0) - 0.125) / 2, 1e-15);
    seen += first && second ? 1 : 0;
  }
  EXPECT_GT(seen, 0);
}

// The two share two of their three columns: 2 chances in 16 less 1/64, and 1/16 of both.
TEST(Interactions, AndsThatShareColumnsCovary) {
  const Truth truth = four_columns("and", 2).draw(Stream(1));
  EXPECT_NEAR(fact(truth, "signal"), (1 + 1. / 4) * 7 / 64 + 2 * 0.5 * (1. / 16 - 1. / 64), 1e-15);
}

TEST(Interactions, LinearRulesSeeAndsThroughEachOfTheirColumns) {
  const Truth truth =
      Interactions{
          .candidates = 2, .relevant = 2, .terms = 1, .operation = "and", .signal = 0, .support = "first"}
          .draw(Stream(1));
  const double slope = 0.5 / std::sqrt(2 * std::acos(-1));
  EXPECT_NEAR(fact(truth, "nonlinear"), 3. / 16 - 2 * slope * slope, 1e-15);
  EXPECT_NEAR(*truth.excess_risk({Vector::Constant(2, slope), 0.5}), 3. / 16 - 2 * slope * slope + 0.25,
              1e-15);
}

TEST(Interactions, ColumnsOfLargerTermsComeFirst) {
  const Interactions world = {
      .candidates = 9, .relevant = 6, .terms = 3, .coefficients = "decay(1)", .support = "first"};
  EXPECT_EQ(world.draw(Stream(1)).relevant(), (std::vector<Index>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(four_columns("product", 2).draw(Stream(1)).relevant(), (std::vector<Index>{0, 2, 1, 3}));
}

TEST(Interactions, LargerPoolsKeepEverything) {
  support::expect_larger_pools_to_keep_everything(Interactions{});
}

TEST(Interactions, SignalAndNoiseAreSettable) {
  for (const char* operation : {"product", "and"})
    support::expect_signal_and_noise_to_be_settable(Interactions{.terms = 7, .operation = operation});
}

TEST(Interactions, KeepsItsGoldenValues) {
  const Truth products = Interactions{}.draw(Stream(1));
  EXPECT_EQ(products.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.392e72cd132d1p+1, 0x1.7b48f7ea41bb8p+0).finished());
  const Truth ands =
      Interactions{
          .relevant = 5, .order = 3, .terms = 4, .operation = "and", .coefficients = "gaussian", .signal = 0}
          .draw(Stream(1));
  EXPECT_EQ(ands.relevant(), (std::vector<Index>{17, 41, 21, 29, 43}));
  EXPECT_EQ(ands.y({0, 2}, Stream(2)), (Vector(2) << -0x1.a72edbdcb6521p-1, 0x1.65aef1ffe183p-3).finished());
}

TEST(Interactions, RefusesOptionsThatNoTableCanHave) {
  support::expect_refusals<Interactions>(
      {{{.order = 1},
        "order = 1 (a term takes from 2 to 20 columns; for one each there is sparse_linear). Give a whole "
        "number from 2 to 20."},
       {{.order = 11}, "order = 11 (there are only 10 relevant columns). Lower order or raise relevant."},
       {{.terms = 4},
        "terms = 4 (terms of 2 of 10 relevant columns that hold each column, and all differ, number 5 to "
        "10). Choose "
        "a number in that range."},
       {{.terms = 11},
        "terms = 11 (terms of 2 of 10 relevant columns that hold each column, and all differ, number 5 to "
        "10). "
        "Choose a number in that range."},
       {{.order = 10},
        "terms = 5 (terms of 10 of 10 relevant columns that hold each column, and all differ, number 1 to "
        "1). Choose "
        "a number in that range."},
       {{.operation = "or"}, "operation = \"or\" (it understands product, and). Write one of these."},
       {{.support = "last"},
        "support = \"last\" (it understands random, first, spaced). Write one of these."},
       {{.noise = -1},
        "noise = -1 (a standard deviation cannot be negative or infinite). Give a number of 0 or more."}});
}

}  // namespace
}  // namespace quartic::interactions_test
