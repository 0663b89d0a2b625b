#include "laws/curves/readings.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/types.hpp"

namespace quartic::readings_test {
namespace {

/// Slopes 1 +- .1 by the power law, 1.1 +- .3 over a floor, .9 +- .2 with an offset; half as wide at 90 %.
Interval slope(LawForm form, double confidence) {
  const double share = confidence < 0.94 ? 0.5 : 1;
  switch (form) {
    case LawForm::power:
      return {1, 1 - 0.1 * share, 1 + 0.1 * share};
    case LawForm::floor:
      return {1.1, 1.1 - 0.3 * share, 1.1 + 0.3 * share};
    default:
      return {0.9, 0.9 - 0.2 * share, 0.9 + 0.2 * share};
  }
}

std::vector<Reading> read(std::map<LawForm, double> p, double confidence = 0.95) {
  return read_forms({.p = [&](LawForm form) { return p.at(form); },
                     .squares = [](LawForm form) { return form == LawForm::floor ? 2. : 1.; },
                     .slope = slope},
                    {.confidence = confidence});
}

TEST(Readings, TakeThePowerLawWhereItStands) {
  const auto readings = read({{LawForm::power, 0.5}, {LawForm::floor, 0.5}, {LawForm::offset, 0.001}});
  ASSERT_EQ(readings.size(), 3u);
  EXPECT_EQ(readings[0].form, LawForm::power);
  EXPECT_FALSE(readings[1].excluded);
  EXPECT_TRUE(readings[2].excluded);
  EXPECT_NEAR(readings[0].value.low, 2 / 1.1, 1e-12);
  EXPECT_NEAR(readings[1].value.low, 2 / 1.4, 1e-12);
  EXPECT_NEAR(readings[1].value.high, 2 / 0.9, 1e-12) << "no floor is below 0: not above the power law's";
  EXPECT_EQ(whichever_law(readings).low, readings[1].value.low);
  EXPECT_EQ(whichever_law(readings).high, readings[0].value.high);
}

TEST(Readings, BoundAnOffsetBesideThePowerLawOnOneSide) {
  const auto readings = read({{LawForm::power, 0.5}, {LawForm::floor, 0.001}, {LawForm::offset, 0.5}});
  EXPECT_EQ(readings[2].form, LawForm::offset);
  EXPECT_NEAR(readings[2].value.low, 2 / 1.0, 1e-12) << "at 90 %";
  EXPECT_NEAR(readings[2].value.high, 2 / 0.8, 1e-12);
}

TEST(Readings, TakeTheBestOfTheOthersWhereThePowerLawFalls) {
  const auto readings = read({{LawForm::power, 0.001}, {LawForm::floor, 0.5}, {LawForm::offset, 0.5}});
  EXPECT_EQ(readings[0].form, LawForm::offset);
  EXPECT_NEAR(whichever_law(readings).high, 2 / 0.7, 1e-12) << "at full confidence";
  const auto floored = read({{LawForm::power, 0.001}, {LawForm::floor, 0.5}, {LawForm::offset, 0.001}});
  EXPECT_EQ(floored[0].form, LawForm::floor);
  EXPECT_EQ(whichever_law(floored), floored[0].value);
}

TEST(Readings, FallBackOnTheWidestForm) {
  const auto readings = read({{LawForm::power, 0.}, {LawForm::floor, 0.}, {LawForm::offset, 0.}});
  ASSERT_EQ(readings.size(), 4u);
  EXPECT_EQ(readings[0].form, LawForm::floor_offset);
  EXPECT_EQ(standing(readings).size(), 1u);
  EXPECT_EQ(standing(readings)[0].name, "the floor_offset law");
}

TEST(Readings, AreQuotedAsOneWhereTheyHardlyDiffer) {
  std::vector<Reading> readings = {{LawForm::power, {2, 1, 3}}, {LawForm::floor, {2, 0.95, 3.04}}};
  EXPECT_EQ(headline(readings), readings[0].value);
  readings[1].value.low = 0.5;
  EXPECT_EQ(headline(readings), (Interval{2, 0.5, 3.04}));
  readings[1].excluded = true;
  EXPECT_EQ(headline(readings), readings[0].value);
  readings = {{LawForm::power, {2, 1, infinity}}, {LawForm::floor, {2, 0.5, infinity}}};
  EXPECT_EQ(headline(readings).low, 0.5);
}

TEST(Readings, AreOneWhereTheErrorDoesNotFall) {
  const auto readings = read_forms({.p = [](LawForm) { return 1.; },
                                    .squares = [](LawForm) { return 1.; },
                                    .slope =
                                        [](LawForm, double) {
                                          return Interval{-1, -2, 0};
                                        }},
                                   {});
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(readings[0].value, (Interval{infinity, infinity, infinity}));
}

}  // namespace
}  // namespace quartic::readings_test
