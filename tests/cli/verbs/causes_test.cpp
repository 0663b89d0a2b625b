/// A study that weighs causes: its report, its findings, its picture.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/cli/run_quartic.hpp"

namespace quartic::causes_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;
namespace fs = std::filesystem;

const std::string causes_study = R"toml(title = "Causes"
replicates = 8
sizes = [50, 100, 200]
[world]
kind = "sparse_linear"
candidates = 10
relevant = 2
[[arm]]
name = "converged"
model = "linear_sgd"
step = "1/(4*candidates)"
passes = "n/10"
[[arm]]
name = "hurried"
model = "linear_sgd"
step = "1/(4*candidates)"
average = "last"
[causes]
arm = "converged"
under_converged = "hurried"
systems = 2
floor = 0.001
computing_noise = 0.2
best_of = "max(1, round(100/n))"
tuning = "(n/50)^0.5"
few = [100, 200]
)toml";

TEST(CausesOfAStudy, StandInTheReportAndTheFindings) {
  const Scratch folder;
  testing::write_text(folder / "causes.toml", causes_study);
  const Outcome outcome = run_quartic(folder, "run causes.toml --out made");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part :
       {"Without any cause computing grows as k^", "published best", "all six together", "64 combinations"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  const json causes = json::parse(testing::read_text(folder / "made/findings.json"))["causes"];
  EXPECT_EQ(causes["combinations"].size(), 64u);
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 101U) << line;
}

TEST(CausesOfAStudy, AreDrawnAsAWaterfall) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  testing::write_text(folder / "causes.toml", causes_study);
  const Outcome outcome = run_quartic(folder, "run causes.toml --plot --out made");
  EXPECT_NE(outcome.out.find("made/causes.png"), std::string::npos) << outcome.err;
  EXPECT_GT(fs::file_size(folder / "made/causes.png"), 10000U);
  const std::string drawing = testing::read_text(folder / "made/causes.svg");
  for (const char* part : {"none of them", "published best", "all of them"})
    EXPECT_NE(drawing.find(part), std::string::npos) << part;
}

TEST(CausesOfAStudy, AreRefusedWhereTheyAreIncomplete) {
  const Scratch folder;
  const auto refusal = [&](const std::string& words) {
    testing::write_text(folder / "causes.toml", causes_study);
    const Outcome outcome = run_quartic(folder, "run causes.toml --out made " + words);
    EXPECT_EQ(outcome.status, 2) << words;
    return outcome.err;
  };
  EXPECT_NE(refusal("--set causes.arm=convergd").find("Did you mean \"converged\"?"), std::string::npos);
  EXPECT_NE(refusal("--set causes.few=[100]").find("two or more sizes"), std::string::npos);
  EXPECT_NE(refusal("--set causes.systems=8").find("fewer than two fields"), std::string::npos);
  EXPECT_NE(refusal("--set causes.best_of=n-60").find("not positive at n = 50"), std::string::npos);
  EXPECT_NE(refusal("--set world.noise=[1,2]").find("swept"), std::string::npos);
}

}  // namespace
}  // namespace quartic::causes_test
