#include "experiments/tables/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/random/stream.hpp"

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
