#include "laws/curves/law.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace quartic::law_test {
namespace {

/// One law of every form, with the numbers asked for.
std::vector<Law> laws(double exponent) {
  return {{.form = LawForm::power, .scale = 3, .exponent = exponent},
          {.form = LawForm::floor, .scale = 3, .exponent = exponent, .floor = 0.05},
          {.form = LawForm::offset, .scale = 3, .exponent = exponent, .offset = 80},
          {.form = LawForm::floor_offset, .scale = 3, .exponent = exponent, .floor = 0.05, .offset = 80},
          {.form = LawForm::logarithm, .scale = 3, .exponent = exponent},
          {.form = LawForm::broken,
           .scale = 3,
           .exponent = exponent,
           .break_size = 1000,
           .exponent_beyond = 2 * exponent + 0.3},
          {.form = LawForm::floor_broken,
           .scale = 3,
           .exponent = exponent,
           .floor = 0.01,
           .break_size = 1000,
           .exponent_beyond = 2 * exponent + 0.3}};
}

/// `count` sizes from 100 to 100,000, evenly on a log axis.
LawPoints points_of(const Law& law, Index count = 16) {
  LawPoints points{Vector(count), Vector(count), Vector::Ones(count)};
  for (Index i = 0; i < count; ++i) {
    points.sizes[i] = 100 * std::pow(1000, static_cast<double>(i) / static_cast<double>(count - 1));
    points.values[i] = law.at(points.sizes[i]);
  }
  return points;
}

/// The objective of fit_law at a law.
double squares(const Law& law, const LawPoints& points) {
  double sum = 0;
  for (Index i = 0; i < points.sizes.size(); ++i)
    sum += points.weights[i] * std::pow(std::log(points.values[i] / law.at(points.sizes[i])), 2);
  return sum;
}

void expect_same(const Law& found, const Law& truth) {
  EXPECT_NEAR(found.scale, truth.scale, 1e-5 * truth.scale) << to_string(truth.form);
  EXPECT_NEAR(found.exponent, truth.exponent, 1e-6 * truth.exponent) << to_string(truth.form);
  EXPECT_NEAR(found.floor, truth.floor, 1e-6 * truth.floor) << to_string(truth.form);
  EXPECT_NEAR(found.offset, truth.offset, 1e-6 * truth.offset) << to_string(truth.form);
  if (!std::isinf(truth.break_size)) {
    EXPECT_NEAR(found.break_size, truth.break_size, 1e-4 * truth.break_size);
    EXPECT_NEAR(found.exponent_beyond, truth.exponent_beyond, 1e-6 * truth.exponent_beyond);
  }
}

TEST(Law, IsFoundAgainFromItsOwnValues) {
  for (const double exponent : {0.1, 0.25, 0.5, 1.0})
    for (const Law& law : laws(exponent)) {
      const LawFit fit = fit_law(law.form, points_of(law));
      expect_same(fit.law, law);
      EXPECT_NEAR(fit.r_squared, 1, 1e-9);
      EXPECT_FALSE(fit.at_edge) << to_string(law.form);
    }
}

TEST(Law, IsInverted) {
  for (const Law& law : laws(0.5))
    for (const double x : {150.0, 2000.0, 60000.0})
      EXPECT_NEAR(law.size_at(law.at(x)), x, 1e-8 * x) << to_string(law.form);
  EXPECT_TRUE(std::isnan(laws(0.5)[1].size_at(0.04)));
}

TEST(Law, IsLeftByNoSmallStepWhereItFitsNoisyPoints) {
  for (const Law& truth : laws(0.5)) {
    LawPoints points = points_of(truth);
    for (Index i = 0; i < points.sizes.size(); ++i) {
      points.values[i] *= std::exp(0.03 * std::sin(12.9898 * static_cast<double>(i * i + 7 * i)));
      points.weights[i] = 1 + static_cast<double>(i % 3);
    }
    const LawFit fit = fit_law(truth.form, points);
    EXPECT_NEAR(fit.squares, squares(fit.law, points), 1e-9 * fit.squares) << to_string(truth.form);
    EXPECT_LE(fit.squares, squares(truth, points)) << to_string(truth.form);
    for (const double step : {-1e-3, 1e-3}) {
      Law moved = fit.law;
      moved.exponent += step;
      EXPECT_GT(squares(moved, points), fit.squares);
      moved = fit.law, moved.scale *= 1 + step;
      EXPECT_GT(squares(moved, points), fit.squares);
      if (truth.floor > 0) moved = fit.law, moved.floor *= 1 + step;
      EXPECT_GE(squares(moved, points), fit.squares);
      if (truth.offset > 0) moved = fit.law, moved.offset += step;
      EXPECT_GE(squares(moved, points), fit.squares);
    }
  }
}

TEST(Law, DoesNotDependOnUnits) {
  for (const Law& law : laws(0.5)) {
    if (law.form == LawForm::logarithm) continue;  // its logarithm knows the unit of x
    LawPoints points = points_of(law);
    points.sizes *= 1e9;
    points.values *= 1e-4;
    const LawFit fit = fit_law(law.form, points);
    EXPECT_NEAR(fit.law.exponent, law.exponent, 1e-6) << to_string(law.form);
    EXPECT_NEAR(fit.law.floor, 1e-4 * law.floor, 1e-9) << to_string(law.form);
    EXPECT_NEAR(fit.law.offset, 1e9 * law.offset, 1e4) << to_string(law.form);
  }
}

TEST(Law, HoldsItsFloorWhenTold) {
  const Law truth = laws(0.5)[1];
  const LawFit held = fit_law(LawForm::power, points_of(truth), {.floor = 0.05});
  EXPECT_NEAR(held.law.exponent, 0.5, 1e-9);
  EXPECT_EQ(held.law.floor, 0.05);
  EXPECT_LT(fit_law(LawForm::floor, points_of(truth), {.floor = 0.0}).law.exponent, 0.4);
}

TEST(Law, SaysThatAFloorIsNotIdentifiedWhereThereIsNone) {
  const LawFit fit = fit_law(LawForm::floor, points_of(laws(0.5)[0]));
  EXPECT_TRUE(fit.at_edge);
  EXPECT_EQ(fit.law.floor, 0);
  EXPECT_NEAR(fit.law.exponent, 0.5, 1e-5);
}

TEST(Law, LetsAFloorLieBelowZeroWhereItIsSigned) {
  for (const LawForm form : {LawForm::floor, LawForm::floor_offset}) {
    Law below{.form = form, .scale = 3, .exponent = 0.5, .floor = -0.001};
    if (form == LawForm::floor_offset) below.offset = 80;
    const LawPoints points = points_of(below);
    const LawFit signed_fit = fit_law(form, points, {.signed_floor = true}), plain = fit_law(form, points);
    EXPECT_NEAR(signed_fit.law.exponent, 0.5, 1e-5) << to_string(form);
    EXPECT_NEAR(signed_fit.law.floor, -0.001, 1e-7) << to_string(form);
    EXPECT_EQ(plain.law.floor, 0) << to_string(form);
    EXPECT_GT(plain.squares, signed_fit.squares) << to_string(form);
  }
  for (const Law& law : laws(0.5)) {
    if (law.floor == 0) continue;
    const LawPoints points = points_of(law);
    EXPECT_NEAR(fit_law(law.form, points, {.signed_floor = true}).law.exponent,
                fit_law(law.form, points).law.exponent, 1e-6)
        << "the same where the floor is above 0: " << to_string(law.form);
  }
}

TEST(Law, ReadsTheExactCurveOfLeastSquaresWhereAStraightLineMisses) {
  const double columns = 100;
  LawPoints points{Vector(9), Vector(9), Vector::Ones(9)};
  for (Index i = 0; i < 9; ++i) {
    points.sizes[i] = 1.2 * columns * std::pow(2, static_cast<double>(i) / 2);
    points.values[i] = columns / (points.sizes[i] - columns - 1);
  }
  EXPECT_NEAR(2 / fit_law(LawForm::offset, points).law.exponent, 2, 0.02);
  EXPECT_LT(2 / fit_law(LawForm::power, points).law.exponent, 1.6);
}

TEST(Law, IsNotFittedToTooLittle) {
  LawPoints points = points_of(laws(0.5)[0], 4);
  EXPECT_TRUE(std::isnan(fit_law(LawForm::floor_broken, points).law.exponent));
  points.weights[0] = 0;
  EXPECT_TRUE(std::isnan(fit_law(LawForm::floor_offset, points).law.exponent));
  EXPECT_FALSE(std::isnan(fit_law(LawForm::floor, points).law.exponent));
  points.values[2] = 0;
  EXPECT_TRUE(std::isnan(fit_law(LawForm::power, points).law.exponent));
}

TEST(Law, IsKnownByItsName) {
  for (const auto& [form, word] : law_forms) EXPECT_EQ(parse_word(law_forms, to_string(form)), form) << word;
  EXPECT_FALSE(parse_word(law_forms, "cubic"));
}

}  // namespace
}  // namespace quartic::law_test
