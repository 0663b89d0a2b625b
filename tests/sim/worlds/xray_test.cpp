#include "sim/worlds/xray.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/findings/finding.hpp"
#include "tests/support/pool_world.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::xray_test {
namespace {

using support::fact;

Xray small() {
  return {.candidates = 60, .relevant = 8, .signal = 4, .rules = 0.3};
}

TEST(Xray, LargerPoolsKeepEverything) {
  support::expect_larger_pools_to_keep_everything(small());
}

TEST(Xray, ColumnsAreFindingsOfTheirKind) {
  const Matrix x = small().draw(Stream(1)).x({0, 300}, {0, 60}, Stream(2));
  for (Index j = 0; j < 60; ++j)
    for (Index i = 0; i < 300; ++i) {
      const double natural = natural_finding(kind_of(j), x(i, j));
      EXPECT_TRUE(kind_of(j) != FindingKind::size || natural > 0);
      EXPECT_TRUE(kind_of(j) != FindingKind::present || natural == 0 || natural == 1);
      EXPECT_TRUE(kind_of(j) != FindingKind::count || (natural >= 0 && natural <= 6));
    }
}

TEST(Xray, MeetsThePrevalenceAskedFor) {
  Xray world = small();
  for (const double prevalence : {0.01, 0.2, 0.5, 0.9}) {
    world.prevalence = prevalence;
    const Truth truth = world.draw(Stream(3));
    EXPECT_NEAR(fact(truth, "prevalence"), prevalence, 1e-10);
    EXPECT_EQ(fact(truth, "constant_error"),
              std::min(fact(truth, "prevalence"), 1 - fact(truth, "prevalence")));
    EXPECT_LT(fact(truth, "bayes_error"), fact(truth, "constant_error"));
  }
}

TEST(Xray, StatesHowMuchLinearRulesCannotSee) {
  EXPECT_NEAR(fact(small().draw(Stream(1)), "nonlinear"), 1.2, 1e-15);
  EXPECT_EQ(fact(Xray{.relevant = 5}.draw(Stream(1)), "nonlinear"), 0);
}

TEST(Xray, LabelNoiseTurnsTrainingLabelsAlone) {
  Xray world = small();
  const Truth clean = world.draw(Stream(1));
  world.label_noise = 0.2;
  const Truth noisy = world.draw(Stream(1));
  const Range rows = {0, 4000};
  EXPECT_EQ(clean.mean(rows, Stream(2)), noisy.mean(rows, Stream(2)));
  EXPECT_NEAR((clean.y(rows, Stream(2)) - noisy.y(rows, Stream(2))).cwiseAbs().mean(), 0.2,
              5 * std::sqrt(0.2 * 0.8 / 4000));
}

TEST(Xray, MostImportantFindingsComeFirst) {
  const Truth truth =
      Xray{.candidates = 40, .relevant = 6, .coefficients = "decay(1)", .support = "first"}.draw(Stream(1));
  EXPECT_EQ(truth.relevant(), (std::vector<Index>{0, 1, 2, 3, 4, 5}));
}

TEST(Xray, KeepsItsGoldenValues) {
  const Truth truth = Xray{.candidates = 200, .relevant = 20, .rules = 0.2}.draw(Stream(1));
  EXPECT_EQ(fact(truth, "intercept"), -0x1.d2b515cfc40ccp+1);
  EXPECT_EQ(fact(truth, "bayes_error"), 0x1.631a16c454f54p-4);
  EXPECT_EQ(truth.x({3, 1}, {0, 5}, Stream(2)).row(0).transpose(),
            (Vector(5) << -0x1.cc38147ccc992p-2, 0x1.ba4a7a8ad5924p-1, -0x1.f29755a970885p-3,
             -0x1.4f2ec413cb52ap-1, 0x1.00293b86310bap+0)
                .finished());
  EXPECT_EQ(truth.mean({0, 3}, Stream(2)),
            (Vector(3) << 0x1.da547dd664137p-6, 0x1.029ff7b10a8dfp-13, 0x1.e0615ae5cec7ap-6).finished());
}

TEST(Xray, SmallGainsAndLargeSignalsAreKnown) {
  const Truth faint =
      Xray{.candidates = 5, .relevant = 1, .signal = 0.01, .support = "first", .prevalence = 0.49}.draw(
          Stream(1));
  EXPECT_NEAR(fact(faint, "constant_error") - fact(faint, "bayes_error"), 0.0083, 1e-4);
  const Truth loud = Xray{.candidates = 200, .relevant = 20, .signal = 1e6}.draw(Stream(1));
  EXPECT_NEAR(fact(loud, "bayes_error"), 4e-4, 2e-4);  // 2 log 2 times the density of the score at the kink
}

TEST(Xray, RefusesWhatNobodyCanLearn) {
  support::expect_refusals<Xray>(
      {{{.candidates = 0},
        "candidates = 0 (a truth has from 1 to 1000000000 columns). Give a whole number from 1 to 1000000000."},
       {{.relevant = 2000},
        "relevant = 2000 (there are only 1000 candidates). Lower relevant or raise candidates."},
       {{.correlation = 1},
        "correlation = 1 (findings of a place that are all the same would be one finding). Give a number from 0 to "
        "0.99."},
       {{.rules = 1},
        "rules = 1 (findings matter alone, too: their effects set the sizes of rules). Give a number of at least 0 "
        "and below 1."},
       {{.prevalence = 0},
        "prevalence = 0 (with hardly a case of one class there is nothing to tell apart). Give a number from 1e-04 "
        "to 0.9999."},
       {{.relevant = 1, .rules = 0.1},
        "rules = 0.1 and relevant = 1 (a rule takes two findings). Raise relevant, or set rules = 0."}});
  EXPECT_NE(support::thrown_message([] { Xray{.signal = 0}.draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] { Xray{.coefficients = "many"}.draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] { Xray{.label_noise = 0.5}.draw(Stream(1)); }), "");
  EXPECT_NE(support::thrown_message([] {
              Xray{.relevant = 5, .signal = 0.01, .prevalence = 1e-3}.draw(Stream(1));
            }).find("Raise signal, or bring prevalence nearer to 0.5."),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::xray_test
