#include "experiments/tables/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/random/stream.hpp"
#include "core/require.hpp"

namespace quartic {
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
  for (const char* key : {"group", "quantity", "law", "estimate", "low", "high", "reverse", "floor",
                          "verdict", "reason", "warnings"})
    EXPECT_TRUE(json["fits"][0].contains(key)) << key;
}

}  // namespace
}  // namespace quartic
