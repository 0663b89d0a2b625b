// Tables of models of several sizes, read by the law in two causes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/random/stream.hpp"
#include "experiments/tables/fit.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::model_sizes_test {
namespace {

using support::thrown_message;

/// Besiroglu et al. 2024, by log-Huber loss, of 240 points read off a figure of Hoffmann et al. 2022.
constexpr TwoCauseLaw published{1.817, 482, 0.348, 2085, 0.366};

/// Lines of a table of budgets, each spent on models of eight sizes, with 240 rows in all and an error of 1
/// %.
std::string budgets(const std::string& header,
                    const std::function<std::string(Index budget, double N, double D, double loss)>& line) {
  Stream stream(2);
  std::string text = header + "\n";
  for (Index budget = 0; budget < 10; ++budget)
    for (Index size = 0; size < 24; ++size) {
      const double C = 6e18 * std::pow(1e3, static_cast<double>(budget) / 9),
                   N = 0.1 * std::sqrt(C / 6) * std::pow(50, static_cast<double>(size) / 23 - 0.5) * 2,
                   D = C / (6 * N);
      text += line(budget, N, D, published.at(N, D) * std::exp(0.005 * stream.normal())) + "\n";
    }
  return text;
}

std::string plain_line(Index budget, double N, double D, double loss) {
  return fmt::format("{},{},{},{}", budget, N, D, loss);
}

TableFit only_fit(const std::string& text, const FitQuestion& question = {.two_causes = true}) {
  const TableFits fits = fit_table(parse_csv(text, "t.csv"), question);
  EXPECT_EQ(fits.fits.size(), 1u);
  return fits.fits.at(0);
}

Interval number(const TableFit& fit, const std::string& key) {
  for (const auto* numbers : {&fit.two_causes->law, &fit.two_causes->frontier})
    for (const LawNumber& one : *numbers)
      if (one.key == key) return one.value;
  return {};
}

void expect_holds(const Interval& interval, double truth, double width) {
  EXPECT_LT(interval.low, truth);
  EXPECT_GT(interval.high, truth);
  EXPECT_LT(interval.high - interval.low, width);
}

TEST(ModelSizes, TellTheLawAndItsFrontierByHubersLossAndBySquares) {
  const std::string text = budgets("budget,N,D,loss", plain_line);
  for (const FittedBy by : {FittedBy::least_squares, FittedBy::huber}) {
    const TableFit fit = only_fit(text, {.two_causes = true, .by = by});
    expect_holds(number(fit, "a"), 0.348, 0.1);
    expect_holds(number(fit, "b"), 0.366, 0.1);
    expect_holds(number(fit, "E"), 1.817, 0.2);
    expect_holds(number(fit, "parameters"), 0.366 / 0.714, 0.1);
    expect_holds(number(fit, "data"), 0.348 / 0.714, 0.1);
    expect_holds(fit.value, 1 / 0.348 + 1 / 0.366, 1.5);
  }
}

TEST(ModelSizes, AreFoundUnderTheirUsualNames) {
  const std::string N_and_D = budgets("budget,N,D,loss", plain_line);
  const double exponent = only_fit(N_and_D).value.estimate;
  EXPECT_EQ(only_fit(budgets("budget,Model Size,Training Tokens,loss", plain_line)).value.estimate, exponent);
  EXPECT_EQ(only_fit(budgets("budget,params,n,loss", plain_line)).value.estimate, exponent);
  EXPECT_EQ(only_fit(budgets("budget,size,n,loss", plain_line), {.parameters = "size"}).value.estimate,
            exponent);
  EXPECT_NE(thrown_message([] { (void)only_fit("n,error\n1,.1\n2,.2\n"); }).find("--parameters"),
            std::string::npos);
}

/// A table of sizes and computing alone: data are C/(6 N).
TEST(ModelSizes, KnowTheDataFromTheComputing) {
  const auto line = [](Index budget, double N, double D, double loss) {
    return fmt::format("{},{},{},{}", budget, N, 6 * N * D / 1e9, loss);
  };
  const TableFits fits =
      fit_table(parse_csv(budgets("budget,parameters,gflop,loss", line), "t.csv"), {.two_causes = true});
  const TableFit& fit = fits.fits.at(0);
  EXPECT_EQ(fits.question.data, "gflop/(6 parameters)");
  EXPECT_NEAR(fit.value.estimate, only_fit(budgets("budget,N,D,loss", plain_line)).value.estimate, 1e-6);
  EXPECT_NEAR(fit.two_causes->cost.unit, 6e-9, 1e-13);
}

/// Computing grows faster than parameters: the frontier bends towards data.
TEST(ModelSizes, SpendWhatTheColumnOfComputingSays) {
  const auto line = [](Index, double N, double D, double loss) {
    return fmt::format("{},{},{},{}", N, D, 6 * std::pow(N, 1.2) * D, loss);
  };
  const TableFit fit = only_fit(budgets("N,D,flops,loss", line), {.compute = "flops", .two_causes = true});
  const double a = number(fit, "a").estimate, b = number(fit, "b").estimate;
  EXPECT_NEAR(fit.two_causes->cost.first, 1.2, 1e-6);
  EXPECT_NEAR(number(fit, "parameters").estimate, b / (a + 1.2 * b), 1e-5);
  EXPECT_NEAR(fit.value.estimate, 1.2 / a + 1 / b, 1e-4);
}

TEST(ModelSizes, LeaveOutWholeBudgets) {
  const std::string text = budgets("budget,N,D,loss", plain_line);
  const TableFit rows = only_fit(text), clusters = only_fit(text, {.two_causes = true, .cluster = "budget"});
  EXPECT_EQ(clusters.clusters, 10);
  EXPECT_EQ(clusters.value.estimate, rows.value.estimate);
  EXPECT_NE(clusters.value.low, rows.value.low);
  expect_holds(number(clusters, "a"), 0.348, 0.2);
}

// All models saw 20 tokens a parameter, but for 1 %, or for 10 %.
TEST(ModelSizes, CannotBeToldFromDataThatRiseWithThem) {
  const auto table = [](double scatter) {
    Stream stream(3);
    std::string text = "N,D,loss\n";
    for (Index row = 0; row < 60; ++row) {
      const double N = std::pow(10, 7 + 3 * stream.uniform()),
                   D = 20 * N * std::exp(scatter * stream.normal());
      text += fmt::format("{},{},{}\n", N, D, published.at(N, D) * std::exp(0.001 * stream.normal()));
    }
    return only_fit(text);
  };
  const TableFit together = table(0.01);
  EXPECT_TRUE(std::isnan(together.value.low));
  EXPECT_TRUE(std::isnan(number(together, "a").high));
  EXPECT_NE(together.note.find("rise together"), std::string::npos);
  EXPECT_FALSE(std::isnan(table(0.1).value.low));
}

TEST(ModelSizes, StandInJsonWithEveryNumber) {
  const CsvTable table = parse_csv(budgets("budget,N,D,loss", plain_line), "t.csv");
  const auto json = nlohmann::json::parse(fits_json(table, fit_table(table, {.two_causes = true})));
  const auto& law = json["fits"][0]["two_causes"];
  for (const char* key : {"E", "A", "a", "B", "b"}) EXPECT_TRUE(law[key]["low"].is_number()) << key;
  for (const char* key : {"s", "K", "parameters", "G", "data", "H"})
    EXPECT_TRUE(law["frontier"][key]["high"].is_number()) << key;
  EXPECT_EQ(law["computing"]["unit"], 1);
  EXPECT_EQ(json["by"], "least-squares");
}

TEST(ModelSizes, AreNoMatterOfMedianSlopes) {
  EXPECT_NE(thrown_message([] {
              (void)only_fit("N,D,loss\n1,2,.3\n2,2,.2\n", {.two_causes = true, .by = FittedBy::theil_sen});
            }).find("Take huber"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::model_sizes_test
