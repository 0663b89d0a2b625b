/// Studies of tables, run as a user runs them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "experiments/platform/folder_lock.hpp"
#include "tests/cli/run_quartic.hpp"
#include "tests/support/rounded.hpp"

namespace quartic::table_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;
namespace fs = std::filesystem;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string own_study = R"([table]
name = "mine.csv"
error = "err"
compute = "flops"
[[claim]]
says = "It is five"
regression = "forward"
expect = 5
margin = 0.6
)";
const std::string own_table =
    "err,flops\n40 %,1e10\n33 %,3e10\n24 %,1e11\n21 %,3e11\n16 %,1e12\n12 %,3e12\n10 %,1e13\n";

TEST(RunOfATable, ReportsExponentsFloorsProjectionsAndVerdict) {
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "run recorded --effort classroom");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part :
       {"forward             13.6", "reverse             6.16", "11 %", "1,096 times the computing",
        "q = 9.31", "25.7 %", "19.06", "27.85", "not identified", "supported", "Verdict",
        "NASNet-A and SENet", "Everything is in runs/recorded."})
    EXPECT_TRUE(holds(outcome.out, part)) << part << " in\n" << outcome.out;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 101U) << line;
  for (const char* file : {"points.csv", "findings.json", "study.toml", "manifest.json"})
    EXPECT_TRUE(fs::exists(folder / "runs/recorded" / file)) << file;
}

TEST(RunOfATable, PrintsTheFindingsItKeeps) {
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "run recorded --effort classroom --json --out made");
  EXPECT_EQ(outcome.out, testing::read_text(folder / "made/findings.json"));
  const json findings = json::parse(outcome.out);
  EXPECT_EQ(support::rounded(findings["exponents"][0]["estimate"], 1), 13.6);
  const Outcome again = run_quartic(folder, "run recorded --effort classroom --json --out again");
  EXPECT_EQ(again.out, outcome.out);
}

TEST(RunOfATable, TakesATableOfTheUser) {
  const Scratch folder;
  testing::write_text(folder / "mine.csv", own_table);
  testing::write_text(folder / "mine.toml", own_study);
  const json findings = json::parse(run_quartic(folder, "run mine.toml --json --out made").out);
  EXPECT_EQ(findings["rows"], 7);
  EXPECT_EQ(findings["findings"][0]["verdict"], "supported");
  EXPECT_TRUE(findings["comparisons"].empty());
  const json piped = json::parse(run_quartic(folder, "run - --json --out piped", own_study).out);
  EXPECT_EQ(piped["exponents"], findings["exponents"]);
}

TEST(RunOfATable, IsListedShownAndRefusedByPlan) {
  const Scratch folder;
  EXPECT_TRUE(holds(run_quartic(folder, "list experiments").out, "recorded\n"));
  EXPECT_TRUE(holds(run_quartic(folder, "list").out, "  recorded"));
  EXPECT_TRUE(holds(run_quartic(folder, "show recorded").out, "[table]"));
  EXPECT_TRUE(run_quartic(folder, "show imagenet").out.starts_with("name,year,"));
  const Outcome plan = run_quartic(folder, "plan recorded");
  EXPECT_EQ(plan.status, 2);
  EXPECT_TRUE(holds(plan.err, "nothing is simulated")) << plan.err;
}

TEST(RunOfATable, WritesNothingWhereAnotherRunIsWriting) {
  const Scratch folder;
  EXPECT_EQ(run_quartic(folder, "run recorded --effort classroom --quiet --out made").status, 0);
  const std::string before = testing::read_text(folder / "made/manifest.json");
  const FolderLock other(folder / "made");
  const Outcome second = run_quartic(folder, "run recorded --effort classroom --quiet --out made");
  EXPECT_EQ(second.status, 2);
  EXPECT_TRUE(holds(second.err, "another run is writing there")) << second.err;
  EXPECT_EQ(testing::read_text(folder / "made/manifest.json"), before);
}

TEST(RunOfATable, RefusesWhatItCannotUse) {
  const Scratch folder;
  const auto refusal = [&](const std::string& words) {
    const Outcome outcome = run_quartic(folder, "run recorded " + words);
    EXPECT_EQ(outcome.status, 2) << words;
    return outcome.err;
  };
  EXPECT_TRUE(holds(refusal("--set table.name=nothing.csv"), "there is no file nothing.csv"));
  EXPECT_TRUE(holds(refusal("--set table.name=imagnet"), "there is no table \"imagnet\""));
  EXPECT_TRUE(holds(refusal("--set table.error=top1_eror"), "Did you mean \"top1_error\"?"));
  EXPECT_TRUE(holds(refusal("--set floors=[0.2]"), "not below the least error"));
  EXPECT_TRUE(holds(refusal("--set replicates=3"), "unknown key \"replicates\""));
  EXPECT_FALSE(fs::exists(folder / "runs"));
}

TEST(PictureOfATable, IsDrawnByRunAndByPlot) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "run recorded --effort classroom --plot --out made");
  EXPECT_TRUE(holds(outcome.out, "made/recorded.png")) << outcome.err;
  EXPECT_GT(fs::file_size(folder / "made/recorded.png"), 20000U);
  const std::string drawing = testing::read_text(folder / "made/recorded.svg");
  for (const char* part : {"AlexNet", "NASNet-A, SENet", "forward line", "reverse line", "5 %"})
    EXPECT_TRUE(holds(drawing, part)) << part;
  fs::remove(folder / "made/recorded.png");
  EXPECT_EQ(run_quartic(folder, "plot made").out, "made/recorded.png\nmade/recorded.svg\n");
  EXPECT_TRUE(fs::exists(folder / "made/recorded.png"));
}

}  // namespace
}  // namespace quartic::table_test
