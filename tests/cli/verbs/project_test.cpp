/// quartic project, driven as a user drives it.
#include <gtest/gtest.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/cli/run_quartic.hpp"
#include "tests/support/rounded.hpp"

namespace quartic::project_test {
namespace {

using nlohmann::json;
using support::rounded;
using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

json projections(const Scratch& folder, const std::string& words) {
  const Outcome outcome = run_quartic(folder, "project --json " + words);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return json::parse(outcome.out);
}

TEST(Project, PrintsThePublishedProjections) {
  const Scratch folder;
  const json power = projections(folder, "--target 11.5% --target 5% --target 0.01")["projections"];
  ASSERT_EQ(power.size(), 3U);
  EXPECT_EQ(rounded(power[0]["estimate"]["log10_gflop"], 2), 14.12);
  EXPECT_EQ(rounded(power[1]["estimate"]["log10_pounds_co2"], 2), 10.95);
  EXPECT_EQ(rounded(power[2]["estimate"]["log10_dollars"], 2), 20.68);
  const json exponential = projections(folder, "--target 1% --law exponential")["projections"];
  EXPECT_EQ(rounded(exponential[0]["estimate"]["log10_gflop"], 2), 120.13);
}

TEST(Project, ShowsTheIntervalAndFlagsExtrapolations) {
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "project --target 11.5% --target 5%");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part : {"(1/error)^13.6", "(1/error)^6.2", "19.06", "10.95", "11.15", "lower end of 95 %",
                           "reverse regression", "Error 5 %: The estimate lies"})
    EXPECT_TRUE(holds(outcome.out, part)) << part << " in\n" << outcome.out;
  EXPECT_FALSE(holds(outcome.out, "Error 11.5 %:"));
}

TEST(Project, SaysInWordsWhatAnErrorTakes) {
  const Scratch folder;
  std::string out = run_quartic(folder, "project --target 11.5% --target 5% --target 1%").out;
  std::replace(out.begin(), out.end(), '\n', ' ');
  EXPECT_TRUE(holds(out, "In words, 5 % takes ")) << out;
  EXPECT_TRUE(holds(out, "41 million tonnes of CO2 (what New York City emits in 9.8 months)")) << out;
  EXPECT_TRUE(holds(out, "US$ 140 billion, by the interval from US$ ")) << out;
  EXPECT_TRUE(holds(out, "In words, 1 % takes 10^")) << out;
  EXPECT_EQ(out.find("In words, 11.5 % takes"), out.rfind("In words, 11.5 % takes"));
}

TEST(Project, TakesATableOfTheUser) {
  const Scratch folder;
  testing::write_text(folder / "mine.csv",
                      "system;top1;work\na;30 %;1\nb;20 %;30\nc;10 %;1000\nd;12 %;900\n");
  const json mine = projections(folder, "mine.csv --error top1 --compute work --unit 1e15 --target 9%");
  EXPECT_EQ(mine["rows"], 4);
  EXPECT_LT(mine["projections"][0]["decades_beyond"], 1);
  const Outcome wrong = run_quartic(folder, "project mine.csv --error top --compute work");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_TRUE(holds(wrong.err, "Did you mean \"top1\"?")) << wrong.err;
}

TEST(Project, GuessesTheUnitByTheNameOfTheColumnAndSaysSo) {
  const Scratch folder;
  testing::write_text(folder / "imagenet.csv", run_quartic(folder, "show imagenet").out);
  const json named = projections(folder, "imagenet.csv --error top1_error --compute gflop --target 5%");
  EXPECT_EQ(rounded(named["projections"][0]["estimate"]["log10_gflop"], 2), 19.06);
  EXPECT_EQ(named["unit"], 1e9);
  const json found = projections(folder, "imagenet.csv --target 5%");
  EXPECT_EQ(found["projections"], named["projections"]);
  const Outcome text = run_quartic(folder, "project imagenet.csv --target 5%");
  EXPECT_TRUE(holds(text.out, "computing gflop in units of 1e+09 operations (by its name;")) << text.out;
  EXPECT_EQ(projections(folder, "imagenet.csv --unit 1 --target 5%")["unit"], 1);
}

TEST(Project, TakesPerCentAndAccuracies) {
  const Scratch folder;
  std::string signs = "error,flops\n", none = signs, accuracies = "accuracy,flops\n";
  for (const auto& [error, flops] :
       {std::pair{"40", "1e18"}, {"33", "6e18"}, {"27", "5e19"}, {"22", "4e20"}}) {
    signs += std::string(error) + " %," + flops + "\n";
    none += std::string(error) + "," + flops + "\n";
    accuracies += std::to_string(100 - std::stoi(error)) + "," + flops + "\n";
  }
  testing::write_text(folder / "signs.csv", signs);
  testing::write_text(folder / "none.csv", none);
  testing::write_text(folder / "accuracies.csv", accuracies);
  const auto reached = [&](const std::string& words) {
    return rounded(projections(folder, words + " --target 5%")["projections"][0]["estimate"]["log10_gflop"],
                   6);
  };
  const double right = reached("signs.csv");
  EXPECT_EQ(reached("none.csv --percent"), right);
  EXPECT_EQ(reached("accuracies.csv --accuracy --percent"), right);
}

TEST(Project, TakesConversionsOfTheUser) {
  const Scratch folder;
  const std::string table = run_quartic(folder, "show conversions").out;
  testing::write_text(folder / "own.csv", table + "mine,2026,1,1000000000,1,1,1,1,,1,\n");
  const json own = projections(folder, "--conversions own.csv --hardware mine --target 5%");
  const json known = projections(folder, "--target 5%");
  EXPECT_EQ(own["hardware"], "mine");
  EXPECT_NEAR(own["rates"]["dollars_per_gflop"], 1 / 3.6e12, 1e-24);
  EXPECT_EQ(own["projections"][0]["estimate"]["log10_gflop"],
            known["projections"][0]["estimate"]["log10_gflop"]);
  EXPECT_TRUE(projections(folder, "--hardware A100")["projections"][0]["high"]["log10_dollars"].is_null());
}

TEST(Project, RefusesWhatItCannotUse) {
  const Scratch folder;
  testing::write_text(folder / "short.csv", "error,compute\n0.3,1e10\n0.2,1e12\n");
  testing::write_text(folder / "negative.csv", "error,compute\n0.3,1e10\n0.2,1e12\n-0.1,1e13\n0.1,1e14\n");
  testing::write_text(folder / "percent.csv", "error,compute\n40,1e10\n30,1e12\n25,1e13\n18,1e14\n");
  testing::write_text(folder / "none.csv", "error,seconds\n0.3,1e10\n0.2,1e12\n");
  testing::write_text(folder / "rising.csv", "error,compute\n0.1,1e10\n0.2,1e12\n0.3,1e13\n");
  for (const auto& [words, part] :
       std::vector<std::pair<std::string, std::string>>{{"--target 0", "--target was given \"0\""},
                                                        {"--target few", "positive number"},
                                                        {"--law cubic", "The choices are power, exponential"},
                                                        {"--hardware H10", "Did you mean \"H100\"?"},
                                                        {"--error top1", "Name a FILE.csv"},
                                                        {"short.csv", "a line with an interval takes three"},
                                                        {"negative.csv", "negative.csv:4: error is -0.1"},
                                                        {"rising.csv", "do not fall with compute"},
                                                        {"rising.csv", "add --accuracy"},
                                                        {"--target 5", "Write 5% for per cent"},
                                                        {"percent.csv --target 5%", "Give --percent"},
                                                        {"none.csv", "Name it with --compute"},
                                                        {"missing.csv", "there is no file missing.csv"}}) {
    const Outcome outcome = run_quartic(folder, "project " + words);
    EXPECT_EQ(outcome.status, 2) << words;
    EXPECT_TRUE(holds(outcome.err, part)) << words << ": " << outcome.err;
  }
}

}  // namespace
}  // namespace quartic::project_test
