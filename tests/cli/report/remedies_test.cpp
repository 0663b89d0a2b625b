/// A study that compares remedies: its report, its findings, its picture, and what is refused of it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/run_quartic.hpp"

namespace quartic::remedies_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;
namespace fs = std::filesystem;

const std::string remedies_study = R"toml(title = "Remedies"
replicates = 6
sizes = [60, 100, 160, 250, 400]
[world]
kind = "sparse_linear"
candidates = 20
relevant = 2
[[arm]]
name = "dense"
model = "least_squares"
[[arm]]
name = "cut"
model = "pruned"
keep = 0.1
[[arm]]
name = "shrunken"
model = "ridge"
penalty = "loo"
[remedies]
against = "dense"
at_error = 0.02
)toml";

TEST(RemediesOfAStudy, StandInTheReportAndTheFindings) {
  const Scratch folder;
  testing::write_text(folder / "remedies.toml", remedies_study);
  const Outcome outcome = run_quartic(folder, "run remedies.toml --out made");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part : {"What remedies do to the computing of dense", "exponent q", "1e6 uses", "shrunken",
                           "The effects on training are muted"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 101U) << line;
  const json remedies = json::parse(testing::read_text(folder / "made/findings.json"))["remedies"];
  ASSERT_EQ(remedies["remedies"].size(), 2u);
  EXPECT_EQ(remedies["remedies"][0]["arm"], "cut");
  EXPECT_LT(remedies["remedies"][0]["multiples"]["running"]["high"], 0.2);
}

TEST(RemediesOfAStudy, AreDrawn) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  testing::write_text(folder / "remedies.toml", remedies_study);
  const Outcome outcome = run_quartic(folder, "run remedies.toml --plot --out made");
  EXPECT_NE(outcome.out.find("made/remedies.png"), std::string::npos) << outcome.err;
  const std::string drawing = testing::read_text(folder / "made/remedies.svg");
  for (const char* part : {"shrunken", "training", "running"})
    EXPECT_NE(drawing.find(part), std::string::npos) << part;
}

TEST(RemediesOfAStudy, AreRefusedWhereTheySayNothing) {
  const Scratch folder;
  testing::write_text(folder / "remedies.toml", remedies_study);
  const auto refusal = [&](const std::string& words) {
    const Outcome outcome = run_quartic(folder, "run remedies.toml --out made " + words);
    EXPECT_EQ(outcome.status, 2) << words;
    return outcome.err;
  };
  EXPECT_NE(refusal("--set remedies.against=dens").find("Did you mean \"dense\"?"), std::string::npos);
  EXPECT_NE(refusal("--set 'remedies.arms=[\"dense\"]'").find("named twice"), std::string::npos);
  EXPECT_NE(refusal("--set 'remedies.arms=[]'").find("no arm is a remedy"), std::string::npos);
  EXPECT_NE(refusal("--set remedies.at_error=0").find("no normalised error above 0"), std::string::npos);
  EXPECT_NE(refusal("--set remedies.saving=1").find("no factor above 1"), std::string::npos);
  EXPECT_NE(refusal("--set 'remedies.uses=[0]'").find("one to six numbers"), std::string::npos);
  EXPECT_NE(refusal("--set world.noise=[1,2]").find("swept"), std::string::npos);
}

// The study as it ran is read again wherever a run is.
TEST(RemediesOfAStudy, AreKeptWithTheRun) {
  const Scratch folder;
  testing::write_text(folder / "remedies.toml", remedies_study);
  ASSERT_EQ(run_quartic(folder, "run remedies.toml --quiet --out made --set remedies.saving=3").status, 0);
  const std::string kept = testing::read_text(folder / "made/study.toml");
  EXPECT_NE(kept.find("[remedies]\nagainst = \"dense\""), std::string::npos) << kept;
  EXPECT_NE(kept.find("saving = 3"), std::string::npos) << kept;
}

}  // namespace
}  // namespace quartic::remedies_test
