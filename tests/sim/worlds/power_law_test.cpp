#include "sim/worlds/power_law.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "sim/worlds/smooth.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::power_law_test {
namespace {

using support::thrown_message;

double fact(const Truth& truth, const char* name) {
  return truth.facts().at(name);
}

// By the risk of multiples of e_j: s_j, and the part of the answer that the column holds, s_j beta_j^2.
std::pair<double, double> variances(const Truth& truth, Index j) {
  const Vector unit = Vector::Unit(truth.candidates(), j);
  const double none = *truth.excess_risk({0 * unit});
  const double with = *truth.excess_risk({unit}), against = *truth.excess_risk({-unit});
  const double variance = (with + against) / 2 - none, covariance = (against - with) / 4;
  return {variance, covariance * covariance / variance};
}

TEST(PowerLawWorld, ColumnsAndTheirPartsOfTheAnswerFallByTheTwoExponents) {
  const Truth truth = PowerLawWorld{.candidates = 70, .spectrum = 1.2, .target = 1.7}.draw(Stream(1));
  for (const Index j : {0, 1, 2, 63, 64, 69}) {
    const auto [variance, part] = variances(truth, j);
    const auto rank = static_cast<double>(j + 1);
    EXPECT_NEAR(variance / std::pow(rank, -1.2), 1, 1e-10);
    EXPECT_NEAR(part / std::pow(rank, -1.7), 1, 1e-9);
  }
}

TEST(PowerLawWorld, FactsAreTheSumsOfThePowers) {
  const Truth truth =
      PowerLawWorld{.candidates = 100, .spectrum = 0.5, .target = 2, .noise = 2}.draw(Stream(1));
  double trace = 0, shown = 0;
  for (int j = 100; j >= 1; --j) {
    trace += std::pow(j, -0.5);
    shown += 1. / (j * j);
  }
  const double all = std::pow(std::acos(-1), 2) / 6;
  EXPECT_NEAR(fact(truth, "signal"), all, 1e-14);
  EXPECT_NEAR(fact(truth, "tail"), all - shown, 1e-14);
  EXPECT_NEAR(fact(truth, "trace"), trace, 1e-13);
  EXPECT_NEAR(fact(truth, "signal_to_noise"), all / 4, 1e-14);
  EXPECT_EQ(fact(truth, "spectrum"), 0.5);
  EXPECT_EQ(fact(truth, "target"), 2);
}

TEST(PowerLawWorld, TracesAboveTheFirstPowerAreSumsToo) {
  double trace = 0;
  for (int j = 100; j >= 1; --j) trace += std::pow(j, -1.3);
  EXPECT_NEAR(fact(PowerLawWorld{.candidates = 100, .spectrum = 1.3}.draw(Stream(1)), "trace"), trace, 1e-13);
}

TEST(PowerLawWorld, EqualExponentsAreASmoothWorld) {
  const Truth truth = PowerLawWorld{.candidates = 90, .spectrum = 2, .target = 2}.draw(Stream(3));
  const Truth smooth = Smooth{.candidates = 90, .roughness = 2}.draw(Stream(3));
  EXPECT_EQ(truth.x({0, 9}, {0, 90}, Stream(4)), smooth.x({0, 9}, {0, 90}, Stream(4)));
  EXPECT_EQ(truth.mean({0, 9}, Stream(4)), smooth.mean({0, 9}, Stream(4)));
}

// A model of size N is the table of N columns.
TEST(PowerLawWorld, LargerModelsKeepLabelsRowsAndColumns) {
  const Range rows = {5, 30};
  const Truth wide = PowerLawWorld{.candidates = 300}.draw(Stream(3));
  for (const Index candidates : {1, 64, 65, 200}) {
    const Truth narrow = PowerLawWorld{.candidates = candidates}.draw(Stream(3));
    EXPECT_EQ(narrow.y(rows, Stream(4)), wide.y(rows, Stream(4)));
    EXPECT_EQ(narrow.x(rows, {0, candidates}, Stream(4)), wide.x(rows, {0, candidates}, Stream(4)));
  }
}

TEST(PowerLawWorld, FingerprintHoldsEveryOption) {
  EXPECT_EQ(PowerLawWorld{}.fingerprint(), R"({"candidates":1000,"noise":0.5,"spectrum":1.5,"target":1.75})");
}

TEST(PowerLawWorld, KeepsItsGoldenValues) {
  const Truth plain = PowerLawWorld{.candidates = 10}.draw(Stream(1));
  EXPECT_EQ(plain.y({0, 2}, Stream(2)), (Vector(2) << 0x1.742087ad57738p-2, 0x1.11fe02bf565b4p+1).finished());
  const Truth slow = PowerLawWorld{.candidates = 100, .spectrum = 0.6, .target = 1.2}.draw(Stream(1));
  EXPECT_EQ(slow.y({0, 2}, Stream(2)), (Vector(2) << 0x1.3e9b3aebb5fe4p-3, 0x1.74f4ffa1bbb63p+2).finished());
  EXPECT_EQ(slow.x({0, 1}, {98, 2}, Stream(2)),
            (Matrix(1, 2) << 0x1.1e462345aa5dp-3, 0x1.8d372ae7237d7p-2).finished());
}

TEST(PowerLawWorld, RefusesOptionsThatNoTableCanHave) {
  const std::vector<std::pair<PowerLawWorld, const char*>> refused = {
      {{.candidates = 0},
       "candidates = 0 (a truth shows from 1 to 10000000 columns). Give a whole number from 1 to 10000000."},
      {{.spectrum = -1},
       "spectrum = -1 (variances j^-spectrum are to fall, with an exponent from 0 to 20). Give a number from 0 to 20."},
      {{.target = 1},
       "target = 1 (the variance of the answer, the sum of j^-target over all columns, is finite above 1; "
       "kept from "
       "1.02 to 20). Give a number from 1.02 to 20."},
      {{.noise = std::numeric_limits<double>::infinity()},
       "noise = inf (a standard deviation cannot be negative or infinite). Give a number of 0 or more."}};
  for (const auto& [world, message] : refused) {
    EXPECT_EQ(thrown_message([&, &w = world] { w.draw(Stream(1)); }), message);
    EXPECT_EQ(thrown_message([&, &w = world] { require_valid(w); }), message);
  }
}

}  // namespace
}  // namespace quartic::power_law_test
