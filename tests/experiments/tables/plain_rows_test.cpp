// Lines that wrong rows do not draw away, and intervals over clusters of rows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "experiments/tables/fit.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::plain_rows_test {
namespace {

using support::thrown_message;

TableFit only_fit(const std::string& text, const FitQuestion& question) {
  const TableFits fits = fit_table(parse_csv(text, "t.csv"), question);
  EXPECT_EQ(fits.fits.size(), 1u);
  return fits.fits.at(0);
}

/// error = 3 n^-1/2 with a scatter of 3 %; two rows in the middle and at the end are thirty times too large.
std::string with_two_wrong_rows() {
  Stream stream(5);
  std::string text = "n,error\n";
  for (int k = 0; k < 20; ++k) {
    const double n = 100 * std::pow(1.5, k);
    text += fmt::format("{},{}\n", n,
                        3 / std::sqrt(n) * std::exp(0.03 * stream.normal()) * (k == 12 || k == 19 ? 30 : 1));
  }
  return text;
}

TEST(PlainRows, AreNotDrawnAwayByWrongRowsUnderRobustLines) {
  for (const FittedBy by : {FittedBy::theil_sen, FittedBy::huber}) {
    const TableFit fit = only_fit(with_two_wrong_rows(), {.by = by});
    EXPECT_NEAR(fit.value.estimate, 2, 0.1);
    EXPECT_LT(fit.value.low, 2);
    EXPECT_GT(fit.value.high, 2);
    EXPECT_LT(fit.value.high - fit.value.low, 0.5);
    EXPECT_NEAR(fit.fit.law.exponent, 0.5, 0.03);
    EXPECT_NEAR(fit.fit.law.scale, 3, 0.6);
  }
  EXPECT_GT(only_fit(with_two_wrong_rows(), {}).value.estimate, 2.5);
}

TEST(PlainRows, HaveTheReverseLineOfEveryKind) {
  Stream stream(6);
  std::string text = "flops,error\n";
  for (int k = 0; k < 60; ++k)
    text += fmt::format("{},{}\n", std::pow(10, 15 + 0.1 * k + 0.5 * stream.normal()),
                        std::pow(10, -0.025 * k + 0.02 * stream.normal()));
  for (const FittedBy by : {FittedBy::least_squares, FittedBy::theil_sen, FittedBy::huber}) {
    const TableFit fit = only_fit(text, {.by = by});
    EXPECT_GT(fit.value.estimate, fit.reverse.estimate) << "noise in the computing flattens the forward line";
    EXPECT_LT(fit.reverse.low, 4);
    EXPECT_GT(fit.value.high, 4);
  }
}

/// 12 rows along 1.7 + 10 n^-1/2 or along 10 n^-1/2, with 1 % of scatter of the part that falls.
std::string rows_over(double floor, Stream stream) {
  std::string text = "n,error\n";
  for (int k = 0; k < 12; ++k) {
    const double n = 100 * std::pow(2, k);
    text += fmt::format("{},{}\n", n, floor + 10 / std::sqrt(n) * std::exp(0.01 * stream.normal()));
  }
  return text;
}

TEST(PlainRows, AreReadByALineUnlessTheyExcludeIt) {
  const Expectation expectation{.value = 2, .margin = 0.5};
  int excluded = 0;  // of lines, which is a binomial number of 20 at 5 %: above 4 once in 400
  for (int seed = 1; seed <= 20; ++seed) {
    const TableFit over = only_fit(rows_over(1.7, Stream(seed)), {.expectation = expectation});
    EXPECT_GT(over.fit.law.floor, 1.5) << seed;
    EXPECT_TRUE(std::isnan(over.reverse.estimate)) << "no line";
    EXPECT_NE(over.judgement->verdict, Verdict::rejected) << over.judgement->reason;
    const TableFit line = only_fit(rows_over(0, Stream(seed)), {.expectation = expectation});
    if (line.fit.law.form != LawForm::power) {
      ++excluded;
      continue;
    }
    EXPECT_EQ(line.readings.front().form, LawForm::power);
    EXPECT_EQ(line.readings.size(), 3u) << "and every other law is told";
    EXPECT_EQ(line.judgement->verdict, Verdict::supported) << line.judgement->reason;
  }
  EXPECT_LE(excluded, 4);
}

/// Six rows do not exclude the power law, through which a true claim would be rejected.
TEST(PlainRows, AreJudgedByEveryLawThatStands) {
  const std::string text =
      "n,error\n100,.0796\n200,.0652\n400,.0574\n800,.0541\n1600,.0518\n3200,.0509\n";  // .05 + 3/n
  const TableFit fit = only_fit(text, {.expectation = Expectation{.value = 1, .margin = 0.3}});
  EXPECT_NE(fit.judgement->verdict, Verdict::rejected) << fit.judgement->reason;
}

/// Rows of the law .05 + 3/n from 50 to 6,400, and a spread of a tenth.
std::string eight_rows_over_a_floor(Stream stream) {
  std::string text = "n,error\n";
  for (int k = 0; k < 8; ++k)
    text += fmt::format("{},{}\n", 50 << k, (0.05 + 3. / (50 << k)) * std::exp(0.1 * stream.normal()));
  return text;
}

TEST(PlainRows, AreQuotedByEveryLawThatStands) {
  int quoted = 0, by_line = 0;
  for (int seed = 1; seed <= 40; ++seed) {
    const TableFit fit = only_fit(eight_rows_over_a_floor(Stream(seed)), {});
    const auto holds = [](const Interval& value) { return value.low <= 1 && value.high >= 1; };
    quoted += holds(fit.value);
    by_line += holds(fit.line) || std::isnan(fit.line.low);
    for (const Reading& reading : fit.readings)
      if (!reading.excluded && fit.value != fit.readings.front().value) {
        EXPECT_LE(fit.value.low, reading.value.low) << seed;
        EXPECT_GE(fit.value.high, reading.value.high) << seed;
      }
  }
  EXPECT_GE(quoted, 38);
  EXPECT_LT(by_line, 30) << "the line alone is told beside it, and misses";
}

TEST(PlainRows, HaveNoLawThroughAPeakOrATrough) {
  const FitQuestion question = {.expectation = Expectation{.value = 1.6, .margin = 1}};
  const TableFit peak = only_fit(
      "n,error\n100,.354\n152,.372\n231,.600\n351,.642\n534,.212\n811,.128\n"
      "1233,.0889\n1874,.0652\n2848,.0492\n4329,.0378\n6579,.0294\n10000,.0231\n",
      question);
  EXPECT_EQ(peak.note.find("The error rises from n = 100 to n = 351 and falls beyond: no law holds"), 0U)
      << peak.note;
  EXPECT_FALSE(has_exponent(peak));
  EXPECT_EQ(peak.judgement->verdict, Verdict::not_identified);
  const std::string trough =
      "n,error\n100,.382\n167,.281\n278,.200\n464,.141\n774,.104\n1292,.102\n"
      "2154,.135\n3594,.211\n5995,.287\n10000,.372\n";
  EXPECT_EQ(only_fit(trough, {}).note.find("The error rises from n = 1292 to n = 10000, having fallen"), 0U);
  EXPECT_TRUE(has_exponent(only_fit(trough, {.laws = LawForm::power}))) << "a law that is asked for";
}

TEST(PlainRows, MayBeAPlateau) {
  const TableFit fit = only_fit(
      "n,error\n100,.289\n167,.291\n278,.301\n464,.300\n774,.315\n1292,.312\n"
      "2154,.294\n3594,.295\n5995,.279\n10000,.278\n",
      {});
  EXPECT_TRUE(std::isinf(fit.line.high));
  EXPECT_NE(fit.note.find("may not fall at all"), std::string::npos) << fit.note;
}

TEST(PlainRows, OfOneSizeHaveNoReverseLine) {
  const TableFit fit = only_fit("n,error\n100,.29\n100,.35\n100,.30\n100,.28\n100,.31\n", {});
  EXPECT_FALSE(has_exponent(fit));
  EXPECT_TRUE(std::isnan(fit.reverse.estimate));
}

/// Rows of some laboratories: error 3 n^-1/2, .3 between them and .1 within.
std::string laboratories(Index count, Index rows, Stream stream) {
  std::string text = "laboratory,n,error\n";
  for (Index laboratory = 0; laboratory < count; ++laboratory) {
    const double apart = 0.3 * stream.normal(), place = stream.uniform();
    for (Index row = 0; row < rows; ++row) {
      const double n = 100 * std::pow(100, 0.7 * place + 0.3 * stream.uniform());
      text += fmt::format("{},{},{}\n", laboratory, n,
                          3 / std::sqrt(n) * std::exp(apart + 0.1 * stream.normal()));
    }
  }
  return text;
}

TEST(PlainRows, AreTrustedLessWhereTheyComeInClusters) {
  const std::string text = laboratories(6, 5, Stream(3));
  const FitQuestion by_power = {.laws = LawForm::power};
  FitQuestion clustered = by_power;
  clustered.cluster = "laboratory";
  const TableFit alone = only_fit(text, by_power), together = only_fit(text, clustered);
  EXPECT_EQ(together.value.estimate, alone.value.estimate);
  EXPECT_GT(together.value.high - together.value.low, 1.5 * (alone.value.high - alone.value.low));
  EXPECT_EQ(together.clusters, 6);
  EXPECT_EQ(alone.clusters, 0);
}

/// Any fit of plain rows: lines of every kind, and laws that are not straight.
TEST(PlainRows, LeaveOutWholeClustersUnderEveryLaw) {
  const std::string text = laboratories(8, 6, Stream(4));
  const auto wider = [&](FitQuestion question) {
    const TableFit alone = only_fit(text, question);
    question.cluster = "laboratory";
    const TableFit together = only_fit(text, question);
    EXPECT_EQ(together.clusters, 8);
    return (together.value.high - together.value.low) / (alone.value.high - alone.value.low);
  };
  EXPECT_GT(wider({.by = FittedBy::theil_sen}), 1.2);
  EXPECT_GT(wider({.by = FittedBy::huber}), 1.2);
  EXPECT_GT(wider({.laws = LawForm::offset}), 1.2);
  EXPECT_FALSE(std::isnan(
      only_fit(text, {.cluster = "laboratory", .laws = StandingLaws{}}).readings.at(0).value.estimate));
}

TEST(PlainRows, DoNotTakeClustersForGroupsOrReplicates) {
  std::string text = "model,seed,n,error\n";
  Stream stream(7);
  for (int model = 0; model < 4; ++model)
    for (int k = 0; k < 5; ++k)
      text += fmt::format("m{},{},{},{}\n", model, k % 2, 100 << k,
                          3 / std::sqrt(100 << k) * std::exp(0.1 * stream.normal()));
  const TableFit fit = only_fit(text, {.cluster = "model"});
  EXPECT_EQ(fit.rows, 20);
  EXPECT_EQ(fit.replicates, 0);
  EXPECT_EQ(fit.clusters, 4);
}

TEST(PlainRows, RefuseClustersThatTellNothing) {
  const std::string text =
      "lab,n,seed,error\na,100,1,0.4\na,200,1,0.3\na,400,2,0.2\na,800,2,0.1\na,900,1,0.1\n";
  const auto message = [&](const FitQuestion& question) {
    return thrown_message([&] { (void)fit_table(parse_csv(text, "t.csv"), question); });
  };
  EXPECT_NE(message({.cluster = "lab"}).find("is a in every row used"), std::string::npos);
  EXPECT_NE(message({.replicate = "seed", .cluster = "lab"}).find("Leave --cluster out"), std::string::npos);
  EXPECT_NE(message({.group = "lab", .cluster = "lab"}).find("the column of groups"), std::string::npos);
}

TEST(PlainRows, RefuseRobustLinesThatAreNone) {
  const auto message = [&](const FitQuestion& question) {
    return thrown_message([&] {
      (void)fit_table(parse_csv("n,seed,error\n1,1,.4\n1,2,.41\n2,1,.3\n2,2,.31\n4,1,.2\n4,2,.21\n", "t.csv"),
                      question);
    });
  };
  EXPECT_NE(message({.by = FittedBy::huber}).find("--replicate \"\""), std::string::npos);
  EXPECT_NE(
      message({.replicate = "", .by = FittedBy::huber, .laws = LawForm::floor}).find("no straight line"),
      std::string::npos);
  EXPECT_NE(message({.replicate = "", .average = Average::geometric_mean}).find("--average"),
            std::string::npos);
}

TEST(PlainRows, TellTheBreakAndTheExponentBeyondWithIntervals) {
  Stream stream(9);
  std::string text = "n,error\n";
  for (int k = 0; k < 40; ++k) {
    const double n = 10 * std::pow(10, k / 8.0);
    text += fmt::format("{},{}\n", n,
                        std::pow(n, -0.2) * std::pow(1 + n / 2000, -0.5) * std::exp(0.02 * stream.normal()));
  }
  const TableFit fit = only_fit(text, {.laws = LawForm::broken});
  EXPECT_LT(fit.break_size.low, 2000);
  EXPECT_GT(fit.break_size.high, 2000);
  EXPECT_LT(fit.beyond.low, 1 / 0.7);
  EXPECT_GT(fit.beyond.high, 1 / 0.7);
  EXPECT_LT(fit.beyond.high - fit.beyond.low, 0.5);
  EXPECT_LT(fit.value.low, 5);
  EXPECT_GT(fit.value.high, 5);
}

TEST(PlainRows, TellTheBreakOverReplicatesToo) {
  Stream stream(10);
  std::string text = "n,seed,error\n";
  for (int k = 0; k < 16; ++k)
    for (int seed = 0; seed < 10; ++seed) {
      const double n = 10 * std::pow(10, k / 3.0);
      text +=
          fmt::format("{},{},{}\n", n, seed,
                      std::pow(n, -0.2) * std::pow(1 + n / 2000, -0.5) * std::exp(0.05 * stream.normal()));
    }
  const TableFit fit = only_fit(text, {.laws = LawForm::broken});
  EXPECT_LT(fit.break_size.low, 2000);
  EXPECT_GT(fit.break_size.high, 2000);
  EXPECT_LT(fit.beyond.low, 1 / 0.7);
  EXPECT_GT(fit.beyond.high, 1 / 0.7);
}

/// Errors that are skewed: the geometric mean of exp(z) is 1, the mean exp(s^2/2).
TEST(PlainRows, AreAveragedByGeometricMeansWhereAsked) {
  Stream stream(11);
  std::string text = "n,seed,error\n";
  for (int k = 0; k < 8; ++k)
    for (int seed = 0; seed < 400; ++seed)
      text += fmt::format("{},{},{}\n", 100 << k, seed, 30. / (100 << k) * std::exp(1 * stream.normal()));
  const auto scale = [&](Average average) {
    const TableFit fit = only_fit(text, {.average = average, .laws = LawForm::power});
    EXPECT_NEAR(fit.value.estimate, 1, 0.05);
    return fit.fit.law.at(1131) / (30. / 1131);
  };
  EXPECT_NEAR(scale(Average::geometric_mean), 1, 0.1);
  EXPECT_NEAR(scale(Average::mean), std::exp(0.5), 0.2);
}

}  // namespace
}  // namespace quartic::plain_rows_test
