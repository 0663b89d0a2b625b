#include "sim/worlds/additive.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/parts/coefficients.hpp"
#include "tests/support/pool_world.hpp"

namespace quartic::additive_test {
namespace {

using support::answers;
using support::fact;
using support::first_columns;

const double pi = std::acos(-1);

double cosine(Index k, double z) {
  return std::sqrt(2) * std::cos(pi * static_cast<double>(k) * std::erfc(-z / std::sqrt(2)) / 2);
}

TEST(Additive, AnswersAreSumsOfCosineSeries) {
  const Additive world = {.candidates = 3,
                          .relevant = 2,
                          .smoothness = 1,
                          .terms = 5,
                          .coefficients = "decay(1)",
                          .signal = 0,
                          .support = "first"};
  const Truth truth = world.draw(Stream(1));
  const Matrix z = first_columns(truth, 30);
  for (Index i = 0; i < 30; ++i) {
    double sum = 0;
    for (Index j = 0; j < 2; ++j) {
      const auto signs =
          draw_coefficients("signs", 5, Stream(1).child("functions").child(static_cast<std::uint64_t>(j)));
      for (Index k = 1; k <= 5; ++k)
        sum += signs[static_cast<std::size_t>(k - 1)] * std::pow(k, -1.5) * cosine(k, z(i, j)) /
               static_cast<double>(j + 1);
    }
    EXPECT_NEAR(answers(truth, 30)[i], sum, 1e-14);
  }
}

TEST(Additive, AnswersDoNotDependOnTheRowsBesideThem) {
  const Truth truth = Additive{.terms = 7}.draw(Stream(1));
  const Vector all = truth.mean({0, 600}, Stream(2));
  for (const Range rows : {Range{0, 1}, Range{3, 255}, Range{255, 3}, Range{101, 499}})
    EXPECT_EQ(truth.mean(rows, Stream(2)), all.segment(rows.first, rows.count)) << rows.first;
}

TEST(Additive, SignalIsTheSumOfTheSquaresOfAllCoefficients) {
  const Truth truth = Additive{.relevant = 3, .smoothness = 0.5, .terms = 4, .signal = 0}.draw(Stream(1));
  EXPECT_NEAR(fact(truth, "signal"), 3 * (1 + 1. / 4 + 1. / 9 + 1. / 16), 1e-14);
}

// E z cos(pi Phi(z)) = -pi E phi(z) sin(pi Phi(z)), a sum over a fine grid.
TEST(Additive, WhatLinearRulesExplainIsTheIntegralOverTheColumn) {
  const Truth truth = Additive{.candidates = 1, .relevant = 1, .terms = 1, .signal = 0}.draw(Stream(1));
  double slope = 0;
  for (double z = -9; z < 9; z += 1e-3)
    slope += 1e-3 * z * cosine(1, z) * std::exp(-z * z / 2) / std::sqrt(2 * pi);
  EXPECT_NEAR(fact(truth, "nonlinear"), 1 - slope * slope, 1e-12);
  EXPECT_GT(slope * slope, 0.8);
}

TEST(Additive, MoreTermsKeepTheFirst) {
  const auto draw = [](Index terms) {
    return answers(Additive{.smoothness = 20, .terms = terms, .signal = 0}.draw(Stream(2)), 20);
  };
  EXPECT_LT((draw(3) - draw(40)).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Additive, LargerPoolsKeepEverything) {
  support::expect_larger_pools_to_keep_everything(Additive{});
}

TEST(Additive, SignalAndNoiseAreSettable) {
  support::expect_signal_and_noise_to_be_settable(Additive{.coefficients = "gaussian"});
}

TEST(Additive, LargerFunctionsComeFirst) {
  EXPECT_EQ(
      (Additive{.relevant = 4, .coefficients = "decay(1)", .support = "first"}.draw(Stream(1)).relevant()),
      (std::vector<Index>{0, 1, 2, 3}));
}

TEST(Additive, KeepsItsGoldenValues) {
  const Truth plain = Additive{}.draw(Stream(1));
  EXPECT_EQ(plain.relevant(), (std::vector<Index>{41, 29, 21, 17, 43, 49, 24, 31, 38, 39}));
  EXPECT_EQ(plain.y({0, 2}, Stream(2)), (Vector(2) << 0x1.7380b146c0f1p+0, 0x1.33147b0bc4e32p+1).finished());
  EXPECT_EQ(plain.x({0, 1}, {48, 2}, Stream(2)),
            (Matrix(1, 2) << 0x1.75168c7d9e248p+0, 0x1.876c1fb5f6de1p-2).finished());
  const Truth rough = Additive{.relevant = 3,
                               .smoothness = 0.7,
                               .terms = 101,
                               .coefficients = "gaussian",
                               .signal = 0,
                               .signal_to_noise = 2}
                          .draw(Stream(1));
  EXPECT_EQ(rough.relevant(), (std::vector<Index>{29, 41, 21}));
  EXPECT_EQ(rough.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.4464d4c28e4c2p+1, 0x1.08cec7f86dc6bp-1).finished());
}

TEST(Additive, RefusesOptionsThatNoTableCanHave) {
  support::expect_refusals<Additive>(
      {{{.smoothness = 0},
        "smoothness = 0 (terms k^-(smoothness + 1/2) are kept for 0.1 to 20 derivatives). Give a number from 0.1 to "
        "20."},
       {{.smoothness = nan},
        "smoothness = nan (terms k^-(smoothness + 1/2) are kept for 0.1 to 20 derivatives). Give a number from 0.1 to "
        "20."},
       {{.terms = 0}, "terms = 0 (a series has from 1 to 1000 terms). Give a whole number from 1 to 1000."},
       {{.relevant = 51},
        "relevant = 51 (there are only 50 candidates). Lower relevant or raise candidates."},
       {{.signal_to_noise = nan},
        "signal_to_noise = nan (a ratio of variances cannot be negative or infinite). Give a number of 0 or "
        "more."}});
}

}  // namespace
}  // namespace quartic::additive_test
