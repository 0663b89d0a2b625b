#include "experiments/tables/fit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "core/random/stream.hpp"
#include "core/require.hpp"

namespace quartic::fit_test {
namespace {

/// error = 3 flops^-1/4 with log-normal noise in both.
CsvTable noisy(Index rows, double noise) {
  Stream stream(6);
  std::string text = "error,flops\n";
  for (Index k = 0; k < rows; ++k) {
    const double flops = std::pow(10, 4 * stream.uniform() + 8);
    text += std::to_string(3 * std::pow(flops, -0.25) * std::exp(0.1 * stream.normal())) + "," +
            std::to_string(flops * std::exp(noise * stream.normal())) + "\n";
  }
  return parse_csv(text, "noisy.csv");
}

TEST(TableFit, BracketsTheTruthByTheTwoLines) {
  const TableFits fits = fit_table(noisy(4000, 1), {});
  ASSERT_EQ(fits.fits.size(), 1u);
  const TableFit& fit = fits.fits[0];
  EXPECT_EQ(fit.quantity, Quantity::compute_exponent);
  EXPECT_GT(fit.value.low, 4);  // noise in the computing flattens the forward line
  EXPECT_LT(fit.reverse.low, 4);
  EXPECT_EQ(fits.performance, Performance::inverse);
}

TEST(TableFit, HoldsClaimsOnComputingAgainstBothLines) {
  const FitQuestion question{.expectation = Expectation{Expectation::Kind::about, 4, 0.2}};
  EXPECT_EQ(fit_table(noisy(4000, 1), question).fits[0].judgement->verdict, Verdict::not_identified);
  EXPECT_EQ(fit_table(noisy(4000, 0), question).fits[0].judgement->verdict, Verdict::supported);
}

/// error = .05 + N^-.5 + 2 n^-.4 with log-normal noise.
CsvTable models_of_many_sizes() {
  Stream stream(8);
  std::string text = "params,n,error\n";
  for (double parameters = 10; parameters < 1e5; parameters *= 4)
    for (double n = 100; n < 1e6; n *= 4)
      text += std::to_string(parameters) + "," + std::to_string(n) + "," +
              std::to_string((0.05 + std::pow(parameters, -0.5) + 2 * std::pow(n, -0.4)) *
                             std::exp(0.005 * stream.normal())) +
              "\n";
  return parse_csv(text, "models.csv");
}

TEST(TableFit, ReadsTheLawInTwoCausesOffModelsOfManySizes) {
  const FitQuestion question{.parameters = "params",
                             .expectation = Expectation{Expectation::Kind::about, 4.5, 0.5}};
  const TableFits fits = fit_table(models_of_many_sizes(), question);
  ASSERT_EQ(fits.fits.size(), 1u);
  const TableFit& fit = fits.fits[0];
  EXPECT_EQ(law_name(fit), "two_causes");
  EXPECT_LT(fit.value.low, 4.5);
  EXPECT_GT(fit.value.high, 4.5);
  EXPECT_NEAR(fit.fit.law.floor, 0.05, 0.01);
  EXPECT_GT(fit.fit.r_squared, 0.99);
  EXPECT_EQ(fit.judgement->verdict, Verdict::supported);
}

TEST(TableFit, HasNoExponentWhereSizesOfModelsDoNotCount) {
  std::string text = "params,n,error\n";
  for (int row = 0; row < 40; ++row)
    text += std::to_string(1 << row % 8) + "," + std::to_string(100 << row / 8) + "," +
            std::to_string(std::pow(100 << row / 8, -0.5)) + "\n";
  const TableFit fit = fit_table(parse_csv(text, "t.csv"), {.parameters = "params"}).fits[0];
  EXPECT_TRUE(std::isnan(fit.value.low));
  EXPECT_TRUE(fit.note.starts_with("A term of the law in two causes vanishes")) << fit.note;
}

TEST(TableFit, SaysWhichRowsTheLawInTwoCausesLacks) {
  std::string few = "params,n,error\n", once = "params,n,seed,error\n";
  for (int row = 0; row < 30; ++row) {
    const int parameters = 10 << 2 * (row % 5), n = 100 << row / 5;
    const std::string sizes = std::to_string(parameters) + "," + std::to_string(n) + ",",
                      error = std::to_string(std::pow(parameters, -0.5) + 2 * std::pow(n, -0.4)) + "\n";
    if (row < 4) few += sizes + error;
    once += sizes + "1," + error;
  }
  const auto note = [](const std::string& text) {
    return fit_table(parse_csv(text, "t.csv"), {.parameters = "params"}).fits[0].note;
  };
  EXPECT_TRUE(note(few).starts_with("Too few rows")) << note(few);
  EXPECT_TRUE(note(once).starts_with("One replicate has no interval")) << note(once);
}

TEST(TableFit, PutsModelsOfAllSizesIntoOneLawAndReadsNoComputing) {
  std::string text = "model,params,n,flops,error\n";
  for (int size = 0; size < 5; ++size)
    for (int n = 0; n < 6; ++n)
      text += std::string(1, static_cast<char>('a' + size)) + "," + std::to_string(10 << 2 * size) + "," +
              std::to_string(100 << n) + ",," +
              std::to_string(0.05 + std::pow(10 << 2 * size, -0.5) + 2 * std::pow(100 << n, -0.4)) + "\n";
  const CsvTable table = parse_csv(text, "t.csv");
  const TableFits fits = fit_table(table, {.parameters = "params"});
  ASSERT_EQ(fits.fits.size(), 1u);
  EXPECT_EQ(fits.fits[0].rows, 30);
  EXPECT_NEAR(fits.fits[0].value.estimate, 2 + 2.5, 0.1);
  EXPECT_THROW(fit_table(table, {.compute = "flops", .parameters = "params"}), InvalidInput);
  EXPECT_THROW(fit_table(table, {.parameters = "n"}), InvalidInput);
}

TEST(TableFit, WarnsOfOneRowThatMovesTheExponent) {
  const TableFits fits = fit_table(
      parse_csv("n,error\n100,0.05\n120,0.049\n140,0.052\n160,0.05\n180,0.051\n200,0.05\n100000,0.001\n",
                "t.csv"),
      {});
  bool leverage = false;
  for (const LawWarning& warning : fits.fits[0].warnings)
    leverage = leverage || warning.kind == WarningKind::leverage;
  EXPECT_TRUE(leverage);
}

TEST(TableFit, NamesTheColumnsItUsed) {
  const TableFits fits = fit_table(noisy(10, 0), {});
  EXPECT_EQ(fits.question.error, "error");
  EXPECT_EQ(fits.question.compute, "flops");
  EXPECT_EQ(fits.question.data, "");
  const auto json = nlohmann::json::parse(fits_json(noisy(10, 0), fits));
  for (const char* key : {"group", "quantity", "law", "estimate", "low", "high", "line_low", "reverse",
                          "floor", "verdict", "reason", "warnings"})
    EXPECT_TRUE(json["fits"][0].contains(key)) << key;
}

const std::string published =
    "0.5936,2.215e+17\n0.3459,2.293e+20\n0.4216,4.665e+18\n0.4760,8.684e+18\n0.3492,5.678e+20\n"
    "0.3409,2.442e+20\n0.4130,3.926e+19\n0.3464,3.505e+21\n0.3888,1.229e+19\n0.3507,1.101e+21\n"
    "0.4139,3.361e+20\n0.4710,5.673e+18\n";
const std::string published_in_order_of_error =
    "0.5936,2.215e+17\n0.4760,8.684e+18\n0.4710,5.673e+18\n0.4216,4.665e+18\n0.4130,3.926e+19\n"
    "0.3888,1.229e+19\n0.3492,5.678e+20\n0.3459,2.293e+20\n0.3409,2.442e+20\n0.3507,1.101e+21\n"
    "0.4139,3.361e+20\n0.3464,3.505e+21\n";

TEST(TableFit, DoesNotDependOnTheOrderOfRows) {
  const auto fit = [](const std::string& rows) {
    return fit_table(parse_csv("error,flops\n" + rows, "t.csv"), {}).fits[0];
  };
  const TableFit one = fit(published), other = fit(published_in_order_of_error);
  EXPECT_EQ(one.value.estimate, other.value.estimate);
  EXPECT_EQ(one.value, other.value);
  EXPECT_EQ(one.reverse, other.reverse);
  EXPECT_EQ(one.line, other.line);
  EXPECT_NEAR(one.line.low, 13.5, 0.1);
  EXPECT_NEAR(one.line.high, 29.6, 0.1);
}

/// Six rows of 1.8 + 1.4 (C/1e18)^-.15: they do not tell a floor from a power law.
TEST(TableFit, LeavesOpenWhatSixRowsOverAFloorDoNotTell) {
  const FitQuestion question{.laws = StandingLaws{},
                             .expectation = Expectation{Expectation::Kind::about, 6.67, 1}};
  const TableFit fit = fit_table(parse_csv("loss,flops\n3.21603,1e+18\n2.74163,1e+19\n2.48234,1e+20\n"
                                           "2.29842,1e+21\n2.18363,1e+22\n2.04904,1e+23\n",
                                           "t.csv"),
                                 question)
                           .fits[0];
  EXPECT_EQ(fit.judgement->verdict, Verdict::not_identified) << fit.judgement->reason;
  EXPECT_EQ(fit.readings.size(), 3u);
  EXPECT_LT(fit.value.low, 6.67);
  EXPECT_GT(fit.value.high, 6.67);
}

/// .05 + 3/n with a spread of .2, five seeds.
std::string over_a_floor() {
  const std::pair<int, std::array<double, 5>> sizes[] = {
      {50, {0.13951, 0.14408, 0.10926, 0.09253, 0.08666}},
      {100, {0.07891, 0.06392, 0.05883, 0.08160, 0.08054}},
      {200, {0.07107, 0.05307, 0.06378, 0.06289, 0.04714}},
      {400, {0.06276, 0.06010, 0.09089, 0.05870, 0.05475}},
      {800, {0.06742, 0.05482, 0.06319, 0.04897, 0.05504}},
      {1600, {0.06241, 0.05845, 0.05217, 0.04095, 0.05558}},
      {3200, {0.05070, 0.05767, 0.05214, 0.06207, 0.04942}},
      {6400, {0.05151, 0.05653, 0.03980, 0.04565, 0.04476}}};
  std::string text = "n,error,seed\n";
  for (const auto& [n, errors] : sizes)
    for (std::size_t seed = 0; seed < 5; ++seed)
      text += std::to_string(n) + "," + std::to_string(errors[seed]) + "," + std::to_string(seed) + "\n";
  return text;
}

TEST(TableFit, DoesNotRejectWhatIsTrueOverAFloorByAPowerLaw) {
  const TableFits fits = fit_table(parse_csv(over_a_floor(), "t.csv"),
                                   {.performance = Performance::inverse_root,
                                    .expectation = Expectation{Expectation::Kind::about, 2, 0.3}});
  const TableFit& fit = fits.fits[0];
  EXPECT_NE(fit.judgement->verdict, Verdict::rejected) << fit.judgement->reason;
  EXPECT_LT(fit.value.low, 2);
  EXPECT_GT(fit.value.high, 2);
}

/// A record of two arms; every fit of b fails at every size, those of a at this one.
std::string records(int lost) {
  std::string text = "cell,arm,n,replicate,status,normalised_error,fit_flops,tuning_flops\n";
  Stream stream(4);
  for (const char* arm : {"a", "b"})
    for (const int n : {100, 200, 400, 800, 1600})
      for (int replicate = 0; replicate < 4; ++replicate)
        text += std::string("0,") + arm + "," + std::to_string(n) + "," + std::to_string(replicate) + "," +
                (*arm == 'b' || n == lost ? "diverged" : "converged") + "," +
                std::to_string(9. / n * std::exp(0.1 * stream.normal())) + "," + std::to_string(7 * n) +
                ",0\n";
  return text;
}

TEST(TableFit, NamesGroupsAndSizesThatLostAllTheirFits) {
  const TableFits fits = fit_table(parse_csv(records(1600), "t.csv"), {.group = "arm"});
  ASSERT_EQ(fits.fits.size(), 3u);
  EXPECT_NE(fits.fits[0].note.find("At n = 1600 none of 4 fits converged"), std::string::npos)
      << fits.fits[0].note;
  EXPECT_NEAR(fits.fits[0].value.estimate, 2, 0.2);
  EXPECT_EQ(fits.fits[2].group, "b");
  EXPECT_FALSE(has_exponent(fits.fits[2]));
  EXPECT_NE(fits.fits[2].note.find("None of 20 fits converged"), std::string::npos) << fits.fits[2].note;
  const TableFits below = fit_table(parse_csv(records(1600), "t.csv"), {.group = "arm", .to = 800});
  EXPECT_EQ(below.fits[0].note, "") << "a size that nobody asks for is not lost";
}

// A group that says nothing of its computing is read over its sizes; one that leaves single rows out is not.
TEST(TableFit, ReadsTheSizesOfAGroupWithoutComputing) {
  for (const bool replicated : {false, true}) {
    Stream stream(3);
    std::string text = replicated ? "method,n,replicate,error,flops\n" : "method,n,error,flops\n";
    for (const char* method : {"ours", "theirs"})
      for (const int n : {100, 200, 400, 800, 1600})
        for (int replicate = 0; replicate < (replicated ? 4 : 1); ++replicate)
          text += std::string(method) + "," + std::to_string(n) + "," +
                  (replicated ? std::to_string(replicate) + "," : "") +
                  std::to_string(9. / n * std::exp(0.01 * stream.normal())) + "," +
                  (method[0] == 'o' && n != 400 ? std::to_string(7 * n) : "") + "\n";
    const TableFits fits = fit_table(parse_csv(text, "t.csv"), {.group = "method"});
    ASSERT_EQ(fits.fits.size(), 3u) << replicated;
    EXPECT_EQ(fits.fits[0].rows, replicated ? 16 : 4);
    EXPECT_EQ(fits.fits[1].quantity, Quantity::compute_exponent);
    EXPECT_EQ(fits.fits[2].group, "theirs");
    EXPECT_EQ(fits.fits[2].quantity, Quantity::data_exponent);
    EXPECT_EQ(fits.fits[2].rows, replicated ? 20 : 5);
    EXPECT_NEAR(fits.fits[2].value.estimate, 1, 0.1);
    EXPECT_NE(fits.fits[2].note.find("nothing is read of computing"), std::string::npos) << fits.fits[2].note;
    EXPECT_EQ(fits.left_out, replicated ? 4 : 1);
  }
}

// Rows that no fit would use do not say that a group has computing.
TEST(TableFit, ReadsTheSizesWhereOnlyUselessRowsHaveComputing) {
  const std::string usual = "method,n,error,flops\nb,100,.09,\nb,200,.046,\nb,400,.022,\nb,800,.011,\n";
  for (const char* useless : {"b,5000,.9,7\n", "b,50,,700\n"}) {
    FitQuestion question{.group = "method", .to = 1600};
    question.expectation = Expectation{.value = 1};
    const TableFits fits = fit_table(parse_csv(usual + useless, "t.csv"), question);
    ASSERT_EQ(fits.fits.size(), 1u) << useless;
    EXPECT_NEAR(fits.fits[0].value.estimate, 1, 0.1) << useless;
    ASSERT_TRUE(fits.fits[0].judgement) << useless;
  }
}

TEST(TableFit, KeepsWhatItSaidBeforeReplicatesAreSettled) {
  std::string text = "method,n,replicate,error,flops\n";
  for (const int n : {100, 200, 400, 800, 1600})
    text += "a," + std::to_string(n) + ",0," + std::to_string(9. / n) + ",7\nb," + std::to_string(n) + ",0," +
            std::to_string(8. / n) + ",\n";
  const TableFits fits = fit_table(parse_csv(text, "t.csv"), {.group = "method"});
  const std::string& note = fits.fits.back().note;
  EXPECT_NE(note.find("nothing is read of computing"), std::string::npos) << note;
  EXPECT_NE(note.find("numbers no replicates"), std::string::npos) << note;
}

TEST(TableFit, NamesGroupsOnOneLine) {
  std::string text = "n,error,method\n";
  for (const int n : {100, 200, 400, 800, 1600})
    text += std::to_string(n) + "," + std::to_string(9. / n) + ",\"two\nlines\"\n";
  EXPECT_EQ(fit_table(parse_csv(text, "t.csv"), {.group = "method"}).fits[0].group, "two lines");
}

TEST(TableFit, RefusesSizesBelowZeroWhateverTheRange) {
  for (const char* size : {"-5", "0"}) {
    const CsvTable table =
        parse_csv(std::string("n,error\n") + size + ",.9\n100,.3\n200,.2\n400,.15\n800,.1\n", "t.csv");
    EXPECT_THROW((void)fit_table(table, {}), InvalidInput) << size;
    EXPECT_EQ(fit_table(table, {.from = 10}).fits[0].rows, 4) << "left out by a range that was asked for";
  }
}

TEST(TableFit, SaysEverythingInTheMeasureOfPerformanceAskedFor) {
  std::string text = "n,error,seed\n";
  for (int k = 0; k < 8; ++k)
    for (int seed = 0; seed < 5; ++seed)
      text += std::to_string(50 << k) + "," +
              std::to_string((0.05 + 3. / (50 << k)) * (1 + 0.02 * ((seed + k) % 3 - 1))) + "," +
              std::to_string(seed) + "\n";
  const CsvTable table = parse_csv(text, "t.csv");
  const auto fit = [&](Performance performance) {
    return fit_table(table, {.laws = LawForm::power, .performance = performance}).fits[0];
  };
  const TableFit one = fit(Performance::inverse), root = fit(Performance::inverse_root);
  EXPECT_NEAR(one.value.high, root.value.high / 2, 1e-12);
  ASSERT_EQ(one.warnings.size(), root.warnings.size());
  ASSERT_FALSE(one.warnings.empty());
  EXPECT_EQ(one.warnings[0].kind, WarningKind::window_dependence);
  const auto number = [](const TableFit& made) {
    const std::string& warning = made.warnings[0].text;
    return std::stod(warning.substr(warning.rfind(' ')));
  };
  EXPECT_NEAR(number(one), number(root) / 2, 0.006);
}

}  // namespace
}  // namespace quartic::fit_test
