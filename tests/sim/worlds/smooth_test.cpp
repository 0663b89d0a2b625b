#include "sim/worlds/smooth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "sim/parts/coefficients.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::smooth_test {
namespace {

using support::thrown_message;

double fact(const Truth& truth, const char* name) {
  return truth.facts().at(name);
}

// The signs of the coefficients, read off the exact risk.
Vector signs_of(const Truth& truth) {
  const Index d = truth.candidates();
  Vector signs(d);
  for (Index j = 0; j < d; ++j)
    signs[j] = *truth.excess_risk({-Vector::Unit(d, j)}) > *truth.excess_risk({Vector::Unit(d, j)}) ? 1 : -1;
  return signs;
}

TEST(Smooth, VariancesFallByThePowerThatTheRoughnessSays) {
  const Truth truth = Smooth{.candidates = 30, .roughness = 2.5}.draw(Stream(1));
  const double none = *truth.excess_risk({Vector::Zero(30)});
  for (Index j = 0; j < 30; ++j) {
    const double with = *truth.excess_risk({Vector::Unit(30, j)});
    const double against = *truth.excess_risk({-Vector::Unit(30, j)});
    EXPECT_NEAR((with + against) / 2 - none, std::pow(static_cast<double>(j + 1), -1.8), 1e-12);
  }
}

TEST(Smooth, FactsAreTheSumsOfAllVariances) {
  const Truth truth = Smooth{.candidates = 100, .roughness = 2, .noise = 3}.draw(Stream(1));
  const double all = std::pow(std::acos(-1), 2) / 6;  // sum of j^-2
  double shown = 0;
  for (int j = 100; j >= 1; --j) shown += 1. / (j * j);
  EXPECT_NEAR(fact(truth, "signal"), all, 1e-14);
  EXPECT_NEAR(fact(truth, "trace"), shown, 1e-14);
  EXPECT_NEAR(fact(truth, "tail"), all - shown, 1e-14);
  EXPECT_NEAR(fact(truth, "signal_to_noise"), all / 9, 1e-14);
  EXPECT_EQ(fact(truth, "roughness"), 2);
}

TEST(Smooth, TheBestRuleStillMissesTheTail) {
  const Truth truth = Smooth{.candidates = 70, .roughness = 1.5}.draw(Stream(2));
  EXPECT_NEAR(*truth.excess_risk({signs_of(truth), 0.5}), fact(truth, "tail") + 0.25, 1e-14);
  EXPECT_NEAR(*truth.excess_risk({Vector::Zero(70)}), fact(truth, "signal"), 1e-14);
}

TEST(Smooth, WiderTablesKeepLabelsRowsAndColumns) {
  const Range rows = {5, 30};
  const Truth wide = Smooth{.candidates = 300}.draw(Stream(3));
  for (const Index candidates : {1, 63, 64, 65, 128, 200}) {
    const Truth narrow = Smooth{.candidates = candidates}.draw(Stream(3));
    EXPECT_EQ(narrow.y(rows, Stream(4)), wide.y(rows, Stream(4)));
    EXPECT_EQ(narrow.mean(rows, Stream(4)), wide.mean(rows, Stream(4)));
    EXPECT_EQ(narrow.x(rows, {0, candidates}, Stream(4)), wide.x(rows, {0, candidates}, Stream(4)));
  }
}

// Of a steep spectrum 2^16 columns are all but everything.
TEST(Smooth, AnswersAreSignedSumsOfColumns) {
  const Smooth world{.candidates = 1 << 16, .roughness = 0.4};
  const Truth truth = world.draw(Stream(5));
  const auto signs = draw_coefficients("signs", world.candidates, Stream(5).child("coefficients"));
  const Vector beta = Eigen::Map<const Vector>(signs.data(), world.candidates);
  const Vector sums = truth.x({0, 20}, {0, world.candidates}, Stream(6)) * beta;
  EXPECT_LT((sums - truth.mean({0, 20}, Stream(6))).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Smooth, LabelsAreMeanPlusRowNoise) {
  const Truth truth = Smooth{.noise = 0.5}.draw(Stream(7));
  const Vector difference = truth.y({3, 20}, Stream(8)) - truth.mean({3, 20}, Stream(8));
  for (Index i = 0; i < 20; ++i)
    EXPECT_NEAR(difference[i],
                0.5 * Stream(8).child(static_cast<std::uint64_t>(3 + i)).child("noise").normal(), 1e-14);
}

TEST(Smooth, NoiseFreeWorldsAreFine) {
  const Truth truth = Smooth{.noise = 0}.draw(Stream(1));
  EXPECT_EQ(truth.y({0, 9}, Stream(2)), truth.mean({0, 9}, Stream(2)));
  EXPECT_EQ(fact(truth, "signal_to_noise"), std::numeric_limits<double>::infinity());
}

TEST(Smooth, RefusesRulesOfAnotherLength) {
  const Truth truth = Smooth{.candidates = 10}.draw(Stream(1));
  EXPECT_EQ(
      thrown_message([&] { truth.excess_risk({Vector::Zero(9)}); }),
      "the rule has 9 coefficients and the truth 10 candidates (each needs one). Give 0 for columns that the "
      "rule does not use.");
}

TEST(Smooth, KeepsItsGoldenValues) {
  const Truth truth = Smooth{.candidates = 100, .roughness = 3}.draw(Stream(1));
  EXPECT_EQ(truth.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.f177a8767d648p-3, 0x1.5be3cf62088e2p+1).finished());
  EXPECT_EQ(truth.x({0, 1}, {98, 2}, Stream(2)),
            (Matrix(1, 2) << 0x1.8eeda58db8572p-7, 0x1.0fa40971b6126p-5).finished());
}

TEST(Smooth, RefusesOptionsThatNoTableCanHave) {
  const std::vector<std::pair<Smooth, const char*>> refused = {
      {{.candidates = 0},
       "candidates = 0 (a truth shows from 1 to 10000000 columns). Give a whole number from 1 to 10000000."},
      {{.roughness = 0.05},
       "roughness = 0.05 (variances j^-(1 + 2/roughness) are kept for dimension over smoothness from 0.1 to "
       "100). "
       "Give a number from 0.1 to 100."},
      {{.roughness = nan},
       "roughness = nan (variances j^-(1 + 2/roughness) are kept for dimension over smoothness from 0.1 to "
       "100). "
       "Give a number from 0.1 to 100."},
      {{.noise = -1},
       "noise = -1 (a standard deviation cannot be negative or infinite). Give a number of 0 or more."}};
  for (const auto& [world, message] : refused) {
    EXPECT_EQ(thrown_message([&, &w = world] { w.draw(Stream(1)); }), message);
    EXPECT_EQ(thrown_message([&, &w = world] { require_valid(w); }), message);
  }
}

}  // namespace
}  // namespace quartic::smooth_test
