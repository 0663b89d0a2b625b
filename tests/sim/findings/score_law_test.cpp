#include "sim/findings/score_law.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>

#include "sim/findings/marginals.hpp"
#include "sim/parts/class_law.hpp"
#include "tests/support/slow_score.hpp"

namespace quartic::score_law_test {
namespace {

using namespace quartic::detail;

constexpr double pi = 3.141592653589793;

constexpr Index size = 0, density = 1, margin = 2, present = 3, count = 4;

FindingScore score_of(double correlation, std::vector<Effect> effects, double joint = 0) {
  return make_score({correlation, std::move(effects), 4, joint});
}

double sigmoid_of(double t) {
  return 1 / (1 + std::exp(-t));
}

// Midpoints of cells of equal probability are too coarse; nodes 0.02 apart.
double slow_mean(auto f) {
  double sum = 0;
  for (int i = -400; i <= 400; ++i) {
    const double z = i * 0.02;
    sum += std::exp(-z * z / 2) / std::sqrt(2 * pi) * 0.02 * f(z);
  }
  return sum;
}

// Midpoints of either side of where a density becomes conspicuous.
double slow_mean_between(auto f) {
  const double jump = conspicuous_from(FindingKind::density);
  double sum = 0;
  for (int i = -400; i < 400; ++i) {
    const double z = jump + (i + 0.5) * 0.02;
    sum += std::exp(-z * z / 2) / std::sqrt(2 * pi) * 0.02 * f(z);
  }
  return sum;
}

TEST(ScoreLaw, OneDensityIsAGaussianScore) {
  for (const double prevalence : {0.5, 0.2, 0.01}) {
    const FindingClasses classes = classes_of(score_of(0.3, {{1, 1}}), 4, prevalence);
    const ClassLaw law = law_of_prevalence(Link::logistic, 4, prevalence);
    EXPECT_NEAR(classes.intercept, law.intercept, 1e-9);
    EXPECT_NEAR(classes.prevalence, prevalence, 1e-12);
    EXPECT_NEAR(classes.bayes_error, law.bayes_error(), 1e-10);
  }
}

TEST(ScoreLaw, DensitiesOfAPlaceAreAGaussianScore) {
  for (const double c : {0., 0.3, 0.9, 0.99})
    EXPECT_NEAR(classes_of(score_of(c, {{1, 1}, {2, 0.7}, {11, -1}, {12, 0.3}}), 4, 0.5).bayes_error,
                0.222010, 1e-6)
        << c;
}

TEST(ScoreLaw, OneSignHasTwoScores) {
  const FindingClasses classes = classes_of(score_of(0.3, {{3, 1}}), 4, 0.2);
  const double low = sigmoid_of(classes.intercept - 2 * 0.3 / std::sqrt(0.21)),
               high = sigmoid_of(classes.intercept + 2 * 0.7 / std::sqrt(0.21));
  EXPECT_NEAR(0.7 * low + 0.3 * high, 0.2, 1e-10);
  EXPECT_NEAR(0.7 * std::min(low, 1 - low) + 0.3 * std::min(high, 1 - high), classes.bayes_error, 1e-10);
}

TEST(ScoreLaw, OneSizeIsALogNormalScore) {
  const FindingClasses classes = classes_of(score_of(0.3, {{0, 1}}), 4, 0.2);
  const auto chance = [&](double z) {
    return sigmoid_of(classes.intercept + 2 * standardised(FindingKind::size, z));
  };
  EXPECT_NEAR(slow_mean(chance), 0.2, 1e-8);
  EXPECT_NEAR(slow_mean([&](double z) { return std::min(chance(z), 1 - chance(z)); }), classes.bayes_error,
              1e-5);
}

// A density and a sign of one place, by the plain double sum.
TEST(ScoreLaw, FindingsOfAPlaceGoTogether) {
  const FindingScore score = score_of(0.6, {{1, 1}, {3, 1}});
  const FindingClasses classes = classes_of(score, 4, 0.3);
  const Steps sign = steps_of(FindingKind::present);
  const auto mean = [&](auto f) {
    return slow_mean([&](double factor) {
      return slow_mean([&](double e) {
        const double dense = std::sqrt(0.6) * factor + std::sqrt(0.4) * e;
        double sum = 0;
        for (std::size_t k = 0; k < 2; ++k)
          sum += chance_of_step(sign, k, factor, 0.6) *
                 f(sigmoid_of(classes.intercept + score(std::vector{dense, sign.values[k]})));
        return sum;
      });
    });
  };
  EXPECT_NEAR(mean([](double p) { return p; }), 0.3, 1e-10);
  EXPECT_NEAR(mean([](double p) { return std::min(p, 1 - p); }), classes.bayes_error, 1e-5);
}

// u = b z + b' z' + d h(z) h(z'), by the plain double sum between the steps of h.
TEST(ScoreLaw, PairsOfDensitiesAreProductsOfTheirConspicuousness) {
  const FindingScore score = score_of(0.3, {{1, 1}, {6, 0.5}}, 0.5);
  const FindingClasses classes = classes_of(score, 4, 0.3);
  const auto mean = [&](auto f) {
    return slow_mean_between([&](double a) {
      return slow_mean_between([&](double b) {
        return f(sigmoid_of(classes.intercept + score(std::vector{a, b})));
      });
    });
  };
  EXPECT_NEAR(mean([](double p) { return p; }), 0.3, 1e-5);
  EXPECT_NEAR(mean([](double p) { return std::min(p, 1 - p); }), classes.bayes_error, 1e-4);
  EXPECT_LT(classes.accuracy, 1e-9);
}

// Split and joined again, places are what they were.
TEST(ScoreLaw, PairsWithoutWeightChangeNothing) {
  FindingScore score = score_of(0.6, {{0, 1}, {1, 0.5}, {3, -1}, {6, 0.7}, {9, 1}, {12, 1}});
  const Wave plain = characteristic_function(score, 0.1, 60);
  for (const Effect& one : {score.effects[0], score.effects[1], score.effects[2]}) {
    score.joints = {{one, score.effects[4], 0}};
    const Wave split = characteristic_function(score, 0.1, 60);
    for (std::size_t m = 0; m < 60; ++m) {
      EXPECT_NEAR(split.real[m], plain.real[m], 1e-9) << one.column << " " << m;
      EXPECT_NEAR(split.imaginary[m], plain.imaginary[m], 1e-9) << one.column << " " << m;
    }
  }
}

TEST(ScoreLaw, CharacteristicFunctionsAreThoseOfTheSum) {
  const double step = 0.5;
  const Wave phi = characteristic_function(score_of(0.3, {{3, 1}, {8, -1}}), step, 8);
  const double b = std::sqrt(2.), low = -0.3 / std::sqrt(0.21), high = 0.7 / std::sqrt(0.21);
  for (std::size_t m = 0; m < 8; ++m) {
    const double t = step * static_cast<double>(m);
    const auto one = [&](double sign) {
      return 0.7 * std::polar(1., sign * t * b * low) + 0.3 * std::polar(1., sign * t * b * high);
    };
    const std::complex<double> exact = one(1) * one(-1);
    EXPECT_NEAR(phi.real[m], exact.real(), 1e-12);
    EXPECT_NEAR(phi.imaginary[m], exact.imag(), 1e-12);
  }
}

struct World {
  const char* name;
  double correlation;
  std::vector<Effect> effects;
  double joint;
};

const std::vector<World>& worlds() {
  static const std::vector<World> worlds = {
      {"one present", 0.3, {{present, 1}}, 0},
      {"one count", 0.3, {{count, -1}}, 0},
      {"one size", 0.3, {{size, 1}}, 0},
      {"one density", 0.3, {{density, 1}}, 0},
      {"two present", 0.3, {{present, 1}, {5 + present, -0.6}}, 0},
      {"present and count of a place", 0.6, {{present, 1}, {count, 0.7}}, 0},
      {"present and count with a joint", 0.3, {{present, 1}, {5 + count, 0.7}}, 0.5},
      {"two pairs",
       0.6,
       {{present, 1}, {count, 0.5}, {5 + count, 0.7}, {10 + present, 1}, {15 + present, 1}},
       0.3},
      {"a present and a faint density", 0.3, {{present, 1}, {5 + density, 0.01}}, 0},
      {"ten mixed",
       0.3,
       {{size, 1},
        {5 + density, 0.3},
        {10 + density, -0.5},
        {15 + margin, 0.2},
        {20 + margin, 0.4},
        {25 + margin, 0.1},
        {30 + density, -0.3},
        {35 + margin, 0.2},
        {40 + present, -0.7},
        {45 + count, 0.8}},
       0}};
  return worlds;
}

TEST(ScoreLaw, IntegralsAreThoseOfEveryFindingInTurn) {
  for (const World& world : worlds())
    for (const double signal : {0.01, 16., 3000., 1e6}) {
      const FindingScore score = make_score({world.correlation, world.effects, signal, world.joint});
      const FindingClasses classes = classes_of(score, signal, 0.2);
      const support::SlowScore slow(score, classes.intercept);
      EXPECT_NEAR(slow.prevalence(), 0.2, 2e-9) << world.name << " " << signal;
      EXPECT_NEAR(classes.bayes_error, slow.least_error(), 2e-9) << world.name << " " << signal;
      EXPECT_LT(classes.accuracy, 1e-9) << world.name << " " << signal;
    }
}

// More values than sums are taken over.
TEST(ScoreLaw, ManyStepsAreFollowedAsFarAsTheKinkNeeds) {
  std::vector<Effect> effects;
  for (Index k = 0; k < 13; ++k)
    effects.push_back({5 * k + present, 1 / (1. + 0.37 * static_cast<double>(k))});
  const FindingScore score = score_of(0.3, effects);
  const FindingClasses classes = classes_of(score, 4, 0.2);
  const support::SlowScore slow(score, classes.intercept);
  EXPECT_NEAR(slow.prevalence(), 0.2, 1e-9);
  EXPECT_LT(classes.accuracy, 1e-9);
  EXPECT_NEAR(classes.bayes_error, slow.least_error(), 1e-9);
}

// Sizes that decide with what they share a place or a rule with are the hardest: the accuracy is told.
TEST(ScoreLaw, SaysHowFarOffAnErrorMayBe) {
  for (const World& world : {World{"same place", 0.9, {{size, 1}, {present, 0.5}}, 0},
                             World{"a rule", 0.3, {{size, 1}, {5 + present, 0.5}}, 0.5}}) {
    const FindingClasses classes =
        classes_of(make_score({world.correlation, world.effects, 16, world.joint}), 16, 0.2);
    EXPECT_GT(classes.accuracy, 1e-9) << world.name;
    EXPECT_LT(classes.accuracy, 1e-4) << world.name;
  }
}

// As many densities of as many places make a normal score, whatever else is in it a little.
TEST(ScoreLaw, ManyFindingsApproachTheGaussianScore) {
  std::vector<Effect> effects;
  for (Index k = 0; k < 1000; ++k) effects.push_back({5 * k + k % 5, k % 2 == 0 ? 1. : -1.});
  EXPECT_NEAR(classes_of(score_of(0.3, effects), 4, 0.5).bayes_error, 0.222010, 1e-4);
}

}  // namespace
}  // namespace quartic::score_law_test
