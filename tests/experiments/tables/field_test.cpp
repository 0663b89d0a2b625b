// Tables as developers have them, each with the exponent that made it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/random/stream.hpp"
#include "experiments/tables/fit.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::field_test {
namespace {

using support::thrown_message;

TableFits fit(const std::string& text, const FitQuestion& question = {}) {
  return fit_table(parse_csv(text, "t.csv"), question);
}

TableFit only_fit(const std::string& text, const FitQuestion& question = {}) {
  const TableFits fits = fit(text, question);
  EXPECT_EQ(fits.fits.size(), 1u);
  return fits.fits.at(0);
}

double exponent(const std::string& text, const FitQuestion& question = {}) {
  return only_fit(text, question).value.estimate;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// One line a size 100, 200, ..., made of its number and its error 3 n^-1/2.
template <class MakeLine>
std::string rows(int sizes, const MakeLine& make_line) {
  std::string text;
  for (int k = 0; k < sizes; ++k) text += make_line(100 << k, 3 / std::sqrt(100 << k)) + "\n";
  return text;
}

/// The same with replicates of some scatter.
template <class MakeLine>
std::string replicated_rows(int sizes, const MakeLine& make_line, int replicates = 5) {
  Stream stream(3);
  return rows(sizes, [&](int n, double error) {
    std::string lines;
    for (int seed = 0; seed < replicates; ++seed)
      lines += (seed == 0 ? "" : "\n") + make_line(n, error * std::exp(0.03 * stream.normal()), seed);
    return lines;
  });
}

TEST(FieldTables, HaveThousandsWithCommasBesideDecimalPoints) {
  for (const char separator : {'\t', ';'}) {
    const std::string text = fmt::format(
        "n{0}error\n50,000{0}0.178885\n100,000{0}0.126491\n200,000{0}0.089443\n400,000{0}0.063246\n"
        "800,000{0}0.044721\n1,600,000{0}0.031623\n3,200,000{0}0.022361\n",
        separator);
    EXPECT_NEAR(exponent(text), 2, 0.01) << separator;
  }
}

TEST(FieldTables, HaveGermanThousandsBesideDecimalCommas) {
  EXPECT_NEAR(exponent("n;error\n100;0,200000\n200;0,141421\n400;0,100000\n800;0,070711\n1.600;0,050000\n"
                       "3.200;0,035355\n"),
              2, 0.01);
}

TEST(FieldTables, HaveWarningsInTheUnitOfTheEstimate) {
  const auto line = [](int n, double error, int seed) {
    return fmt::format("{},{},{}", n, n == 100 ? 1.3 * error : error, seed);
  };
  const std::string text = "n,error,seed\n" + replicated_rows(7, line, 40);
  const auto ask = [&](Performance performance) {
    return only_fit(text, {.laws = LawForm::power, .performance = performance});
  };
  const auto numbers = [](const TableFit& fit) {
    std::vector<double> exponents;
    for (const LawWarning& warning : fit.warnings)
      if (const std::size_t is = warning.text.find("exponent is "); is != std::string::npos)
        exponents.push_back(std::stod(warning.text.substr(is + 12)));
    return exponents;
  };
  const TableFit once = ask(Performance::inverse), twice = ask(Performance::inverse_root);
  EXPECT_NEAR(twice.value.estimate, 2 * once.value.estimate, 1e-9);
  const std::vector<double> one = numbers(once), two = numbers(twice);
  ASSERT_EQ(one.size(), two.size());
  ASSERT_FALSE(one.empty()) << "no warning names an exponent";
  EXPECT_NEAR(one.back(), 2, 0.1) << "without the size 100";
  for (std::size_t k = 0; k < one.size(); ++k) EXPECT_NEAR(two[k], 2 * one[k], 0.02);
}

TEST(FieldTables, BreakAndGoOnWithAnotherExponent) {
  std::string text = "n,error\n";
  for (int k = 0; k < 12; ++k) {
    const double n = 100 << k;
    text += fmt::format("{},{:.10g}\n", 100 << k, std::pow(n, -0.2) * std::pow(1 + n / 6400, -0.4));
  }
  const TableFit fit = only_fit(text, {.laws = LawForm::broken});
  EXPECT_NEAR(fit.value.estimate, 5, 0.01);
  EXPECT_NEAR(fit.beyond.estimate, 1 / 0.6, 0.01);
  EXPECT_NEAR(fit.fit.law.break_size, 6400, 20);
}

TEST(FieldTables, BreakAfterAPlateau) {
  std::string text = "n,error\n";
  for (int k = 0; k < 10; ++k)
    text += fmt::format("{},{:.10g}\n", 50 << k, 0.8 / std::sqrt(1 + (50 << k) / 1000.0));
  const TableFit fit = only_fit(text, {.laws = LawForm::broken});
  EXPECT_NEAR(fit.beyond.estimate, 2, 0.01);
  EXPECT_NEAR(fit.fit.law.break_size, 1000, 10);
}

TEST(FieldTables, HaveAColumnThatNamesEachRow) {
  const std::string text =
      "model,error,flops\nAlder,0.4075,1e18\nBirch,0.3532,6e18\nCedar,0.3226,1.5e19\n"
      "Elm,0.2794,5e19\nFir,0.2274,4e20\nIvy,0.1735,3e21\n";
  const TableFits fits = fit(text);
  ASSERT_EQ(fits.fits.size(), 1u);
  EXPECT_NEAR(fits.fits[0].value.estimate, 9.5, 1);
  EXPECT_EQ(fits.fits[0].rows, 6);
  ASSERT_EQ(fits.notes.size(), 1u);
  EXPECT_TRUE(holds(fits.notes[0], "The column model names rows")) << fits.notes[0];
  EXPECT_EQ(fit(text, {.group = "model"}).fits.size(), 6u) << "asked for";
  EXPECT_EQ(fit(text, {.group = ""}).notes.size(), 0u) << "left out";
}

TEST(FieldTables, HaveASeedThatIsAlwaysTheSame) {
  const std::string text =
      "n,error,seed\n" + rows(7, [](int n, double error) { return fmt::format("{},{},42", n, error); });
  const TableFit fit = only_fit(text);
  EXPECT_NEAR(fit.value.estimate, 2, 0.01);
  EXPECT_FALSE(std::isnan(fit.value.low));
  EXPECT_TRUE(holds(fit.note, "The column seed is 42 in every row")) << fit.note;
}

TEST(FieldTables, HaveASeedOfItsOwnForEveryRow) {
  int seed = 1000;
  const std::string one_a_size = "n,error,seed\n" + rows(7, [&](int n, double error) {
                                   return fmt::format("{},{},{}", n, error, ++seed);
                                 });
  EXPECT_NEAR(exponent(one_a_size), 2, 0.01);
  EXPECT_EQ(only_fit(one_a_size).replicates, 0);
  const std::string several = "n,error,seed\n" + replicated_rows(7, [&](int n, double error, int) {
                                return fmt::format("{},{},{}", n, error, ++seed);
                              });
  const TableFit fit = only_fit(several);
  EXPECT_NEAR(fit.value.estimate, 2, 0.1);
  EXPECT_EQ(fit.replicates, 5);
  EXPECT_TRUE(holds(fit.note, "Every row has a seed of its own")) << fit.note;
}

TEST(FieldTables, RunTheLargestSizeOnce) {
  const std::string text =
      "n,error,seed\n" +
      replicated_rows(7,
                      [](int n, double error, int seed) { return fmt::format("{},{},{}", n, error, seed); }) +
      "12800,0.0267,0\n";
  const TableFit fit = only_fit(text);
  EXPECT_NEAR(fit.value.estimate, 2, 0.1);
  EXPECT_FALSE(std::isnan(fit.value.low));
  EXPECT_EQ(fit.rows, 35);
  EXPECT_TRUE(holds(fit.note, "The size 12800 was run once")) << fit.note;
}

TEST(FieldTables, HaveAccuraciesWhichAreNotSquared) {
  const auto line = [](int n, double error, int seed) { return fmt::format("{},{},{}", n, 1 - error, seed); };
  const std::string text = "n,accuracy,seed\n" + replicated_rows(7, line);
  const TableFits fits = fit(text, {.accuracy = true});
  EXPECT_EQ(fits.performance, Performance::inverse);
  EXPECT_NEAR(fits.fits[0].value.estimate, 2, 0.1);
  EXPECT_NEAR(exponent(text, {.replicate = "", .accuracy = true}), 2, 0.1) << "rows for themselves";
}

TEST(FieldTables, CountPerCentWithoutASign) {
  std::string text = "system,error,flops\n";
  for (int k = 0; k < 8; ++k)
    text += fmt::format("s{},{},{}\n", k, 40 * std::pow(0.85, k), std::pow(10, 18 + 0.5 * k));
  const std::string problem = thrown_message([&] { (void)fit(text, {.floor = 0.05}); });
  EXPECT_TRUE(holds(problem, "Give --percent")) << problem;
  const double meant = exponent(text, {.floor = 5.0});
  EXPECT_NEAR(exponent(text, {.percent = true, .floor = 0.05}), meant, 1e-6);
  EXPECT_NEAR(exponent(text, {.percent = true}), exponent(text), 1e-6) << "a unit does not matter";
}

TEST(FieldTables, HaveAFloorAboveTheMeanOfASize) {
  const std::string text = "n,error,seed\n" + replicated_rows(7, [](int n, double error, int seed) {
                             return fmt::format("{},{},{}", n, error, seed);
                           });
  const TableFit fit = only_fit(text, {.laws = StandingLaws{}, .floor = 0.1});
  EXPECT_TRUE(std::isnan(fit.value.low));
  EXPECT_TRUE(holds(fit.note, "The average error at 1600")) << fit.note;
  EXPECT_TRUE(holds(fit.note, "does not lie above the floor 0.1")) << fit.note;
}

TEST(FieldTables, HaveThreeRows) {
  const TableFit fit = only_fit("n,error\n100,0.52\n1000,0.17\n10000,0.049\n");
  EXPECT_NEAR(fit.value.estimate, 1.95, 0.005);
  EXPECT_TRUE(std::isnan(fit.value.low) && std::isnan(fit.value.high));
  EXPECT_TRUE(holds(fit.note, "there is no interval")) << fit.note;
  EXPECT_TRUE(std::isnan(exponent("n,error\n100,0.52\n1000,0.17\n"))) << "two rows lie on any line";
}

TEST(FieldTables, HaveOneGroupWithAZero) {
  std::string text = "method,n,error\n";
  for (const char* method : {"a", "b"})
    text += rows(6, [&](int n, double error) {
      return fmt::format("{},{},{}", method, n, *method == 'b' && n == 3200 ? 0 : error);
    });
  const TableFits fits = fit(text, {.group = "method"});
  ASSERT_EQ(fits.fits.size(), 2u);
  EXPECT_NEAR(fits.fits[0].value.estimate, 2, 0.01);
  EXPECT_TRUE(std::isnan(fits.fits[1].value.estimate));
  EXPECT_TRUE(holds(fits.fits[1].note, "t.csv:13: the error 0 is not above 0")) << fits.fits[1].note;
  const std::string alone = thrown_message([&] { (void)fit("n,error\n100,0.3\n200,0\n400,0.1\n"); });
  EXPECT_TRUE(holds(alone, "t.csv:3: the error 0")) << alone;
}

TEST(FieldTables, HaveOneGroupWithAWrongNumber) {
  std::string text = "method,n,error\n";
  for (const char* method : {"a", "b"})
    text += rows(6, [&](int n, double error) {
      return fmt::format("{},{},{}", method, n, *method == 'a' && n == 100 ? -1 : error);
    });
  const std::string word = text + "c,100,diverged\n";
  const TableFits fits = fit(word, {.group = "method"});
  ASSERT_EQ(fits.fits.size(), 3u);
  EXPECT_TRUE(holds(fits.fits[0].note, "t.csv:2: the error -1 is below 0")) << fits.fits[0].note;
  EXPECT_NEAR(fits.fits[1].value.estimate, 2, 0.01);
  EXPECT_TRUE(holds(fits.fits[2].note, "t.csv:14: column error has \"diverged\"")) << fits.fits[2].note;
}

TEST(FieldTables, MissWordsThatExcelAndPandasWrite) {
  const TableFits fits =
      fit("n,error\n100,0.3\n200,0.2121\n400,0.15\n800,0.1061\n1600,0.075\n3200,#N/A\n6400,<NA>\n");
  EXPECT_NEAR(fits.fits[0].value.estimate, 2, 0.01);
  EXPECT_EQ(fits.left_out, 2);
}

TEST(FieldTables, BeginWithACommentOrHaveRowNamesOrTwinNotes) {
  const auto line = [](int n, double error) { return fmt::format("{},{}", n, error); };
  EXPECT_NEAR(exponent("# written by my script\nn,error\n" + rows(6, line)), 2, 0.01);
  int row = 0;
  EXPECT_NEAR(exponent("\"n\",\"error\"\n" +
                       rows(6, [&](int n, double e) { return fmt::format("\"{}\",{},{}", ++row, n, e); })),
              2, 0.01);
  EXPECT_NEAR(exponent("n,error,note,note\n" +
                       rows(6, [](int n, double e) { return fmt::format("{},{},x,y", n, e); })),
              2, 0.01);
}

TEST(FieldTables, HaveOneColumnASize) {
  std::string text = "100,200,400,800,1600\n";
  Stream stream(9);
  for (int row = 0; row < 6; ++row)
    for (int k = 0; k < 5; ++k)
      text += fmt::format("{}{}", 1 - 3 / std::sqrt(100 << k) * std::exp(0.03 * stream.normal()),
                          k < 4 ? "," : "\n");
  const TableFit fit = only_fit(text, {.accuracy = true, .wide = true});
  EXPECT_NEAR(fit.value.estimate, 2, 0.1);
  EXPECT_EQ(fit.replicates, 6);
  const std::string problem = thrown_message([&] { (void)fit_table(parse_csv(text, "t.csv"), {}); });
  EXPECT_TRUE(holds(problem, "Add --wide")) << problem;
}

TEST(FieldTables, HaveLossesOfTrainingAndOfValidation) {
  const std::string text = "n,loss,val_loss\n" + rows(6, [](int n, double e) {
                             return fmt::format("{},{},{}", n, 0.1 * e * e, e);
                           });
  EXPECT_NEAR(exponent(text), 2, 0.01);
  EXPECT_EQ(fit(text).question.error, "val_loss");
  EXPECT_NEAR(exponent(text, {.error = "loss"}), 1, 0.01);
}

TEST(FieldTables, HaveReplicatesAtBudgetsOfComputingAndNoSizes) {
  const std::string text = "flops,error,seed\n" + replicated_rows(6, [](int n, double error, int seed) {
                             return fmt::format("{},{},{}", 7.0 * n * n, error, seed);
                           });
  const TableFit fit = only_fit(text);
  EXPECT_EQ(fit.quantity, Quantity::compute_exponent);
  EXPECT_NEAR(fit.value.estimate, 4, 0.2);
  EXPECT_EQ(fit.replicates, 5);
}

TEST(FieldTables, CountTheComputingThatIsNamed) {
  const std::string header = "cell,arm,n,replicate,status,normalised_error,fit_flops,tuning_flops\n";
  const auto line = [](int n, double error, int seed) {
    return fmt::format("0,a,{},{},converged,{},{},{}", n, seed, error * error, n, n * n);
  };
  const std::string text = header + replicated_rows(6, line);
  const TableFits all = fit(text), named = fit(text, {.compute = "fit_flops"});
  EXPECT_EQ(all.performance, Performance::inverse_root) << "errors of quartic are squared";
  EXPECT_EQ(*all.question.compute, "fit_flops + tuning_flops");
  EXPECT_EQ(*named.question.compute, "fit_flops");
  EXPECT_GT(all.fits[1].value.estimate, 3.5);
  EXPECT_NEAR(named.fits[1].value.estimate, 2, 0.1);
}

}  // namespace
}  // namespace quartic::field_test
