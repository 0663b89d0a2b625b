/// Whole runs of small studies through the built program: what they print, what they leave, what they refuse.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/run_quartic.hpp"

namespace quartic::run_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::read_text;
using testing::run_quartic;
using testing::Scratch;
using testing::small_study;
namespace fs = std::filesystem;

/// A folder that holds small.toml.
class Run : public ::testing::Test {
 protected:
  void SetUp() override { testing::write_text(folder / "small.toml", small_study); }
  Outcome run(const std::string& words) { return run_quartic(folder, "run " + words); }
  bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  Scratch folder;
};

TEST_F(Run, ReportsErrorsTheoryFindingsComputingAndFiles) {
  const Outcome outcome = run("small.toml");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part :
       {"A small study", "Does everything work?", "oracle", "theory", "Findings", "supported",
        "The oracle learns from data", "Computing", "runs/small", "regularised is informed"})
    EXPECT_TRUE(says(outcome.out, part)) << part << "\n" << outcome.out;
}

/// A network whose rate is far too large.
const std::string diverging_study = R"(seed = 4
replicates = 5
sizes = [20, 60]
[world]
kind = "sparse_linear"
candidates = 10
relevant = 3
[[arm]]
name = "network"
model = "mlp"
width = 16
epochs = 30
learning_rate = 100.0
[[arm]]
name = "line"
model = "least_squares"
)";

TEST_F(Run, CountsTheFitsThatDiverged) {
  testing::write_text(folder / "wild.toml", diverging_study);
  const Outcome outcome = run("wild.toml --out made");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_TRUE(says(outcome.out, "10 fits diverged (network 10)")) << outcome.out;
  EXPECT_TRUE(says(outcome.out, "(0 of 5)")) << outcome.out;
  const std::string page = run_quartic(folder, "report made").out;
  EXPECT_TRUE(says(read_text(folder / "made/report.html"), "10 fits diverged (network 10)")) << page;
  EXPECT_EQ(json::parse(read_text(folder / "made/manifest.json"))["diverged_fits"], 10);
  testing::write_text(
      folder / "query.sql",
      "SELECT sum(replicates), sum(mean_error), sum(fit_flops), sum(diverged) FROM averages GROUP BY arm "
      "ORDER BY arm;");
  EXPECT_EQ(
      std::system(("cd '" + folder.path() + "' && sqlite3 made/run.sqlite < query.sql > answer").c_str()), 0);
  EXPECT_TRUE(says(read_text(folder / "answer"), "0|||10")) << read_text(folder / "answer");
  const Outcome status = run_quartic(folder, "status made");
  EXPECT_EQ(status.status, 1);
  EXPECT_TRUE(says(status.out, "20 of 20 fits done (100 %), 0 failed, 10 diverged, 0 left")) << status.out;
  EXPECT_TRUE(says(status.out, "network: diverged in step")) << status.out;
  EXPECT_EQ(json::parse(run_quartic(folder, "status made --json").out)["diverged"], 10);
  const Outcome plan = run_quartic(folder, "plan wild.toml");
  EXPECT_EQ(plan.status, 1);
  EXPECT_TRUE(says(plan.out, "fits of the pilot diverged. The first: diverged in step")) << plan.out;
}

TEST_F(Run, KeepsItsReportWithinAHundredColumns) {
  std::istringstream lines(run("small.toml").out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST_F(Run, LeavesEveryFileOfTheDesign) {
  run("small.toml --out made");
  for (const char* name :
       {"records.csv", "summary.csv", "findings.json", "cube.npy", "timings.csv", "manifest.json"})
    EXPECT_TRUE(fs::exists(folder / "made" / name)) << name;
}

TEST_F(Run, NumbersTheFolderThatIsNotNamed) {
  run("small.toml --quiet");
  run("small.toml --quiet");
  EXPECT_TRUE(fs::exists(folder / "runs" / "small" / "summary.csv"));
  EXPECT_TRUE(fs::exists(folder / "runs" / "small-2" / "summary.csv"));
}

TEST_F(Run, NeverOverwritesAnotherStudy) {
  run("small.toml --out made --quiet");
  const std::string before = read_text(folder / "made/records.csv");
  const Outcome outcome = run("small.toml --out made --quiet --seed 99");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(says(outcome.err, "made")) << outcome.err;
  EXPECT_EQ(read_text(folder / "made/records.csv"), before);
  testing::write_text(folder / "letters", "mine");
  EXPECT_EQ(run("small.toml --out letters --quiet").status, 2);
  EXPECT_EQ(read_text(folder / "letters"), "mine");
}

TEST_F(Run, RepeatsTheSameStudyInItsFolder) {
  run("small.toml --out made --quiet");
  const std::string before = read_text(folder / "made/records.csv");
  EXPECT_EQ(run("small.toml --out made --quiet").status, 0);
  EXPECT_EQ(read_text(folder / "made/records.csv"), before);
}

TEST_F(Run, PrintsFindingsAndNothingElseAsJson) {
  const Outcome outcome = run("small.toml --json --out made");
  const json document = json::parse(outcome.out);
  ASSERT_EQ(document["findings"].size(), 1U);
  EXPECT_EQ(document["findings"][0]["verdict"], "supported");
  EXPECT_EQ(document, json::parse(read_text(folder / "made/findings.json")));
}

TEST_F(Run, IsSilentWhenQuiet) {
  const Outcome outcome = run("small.toml --quiet");
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Run, DependsOnTheSeedAndNotOnThreads) {
  run("small.toml --quiet --out a --threads 1");
  run("small.toml --quiet --out b --threads 2");
  run("small.toml --quiet --out c --seed 8");
  run("small.toml --quiet --out d --seed-from foobar");
  run("small.toml --quiet --out e --seed 3214735720");  // FNV-1a of "foobar"
  EXPECT_EQ(read_text(folder / "a/records.csv"), read_text(folder / "b/records.csv"));
  EXPECT_NE(read_text(folder / "a/records.csv"), read_text(folder / "c/records.csv"));
  EXPECT_EQ(read_text(folder / "d/records.csv"), read_text(folder / "e/records.csv"));
}

TEST_F(Run, ObeysEffortAndOverrides) {
  const Outcome outcome = run("small.toml --effort classroom --set sizes=[40,80]");
  EXPECT_TRUE(says(outcome.out, "3 replicates")) << outcome.out;
  EXPECT_FALSE(says(outcome.out, "\n  120 "));
}

TEST_F(Run, ShowsASweepCellByCell) {
  const Outcome outcome = run("small.toml --set world.noise=[0.5,1.0] --out made");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(says(outcome.out, "noise = 0.5")) << outcome.out;
  EXPECT_TRUE(says(outcome.out, "noise = 1")) << outcome.out;
}

TEST_F(Run, FilesOfASweepHaveItsSettingsAsNumbers) {
  run("small.toml --set world.noise=[0.5,1.0] --out made");
  EXPECT_TRUE(read_text(folder / "made/records.csv").starts_with("cell,arm,n,replicate,world.noise,status,"));
  EXPECT_TRUE(read_text(folder / "made/summary.csv").starts_with("cell,arm,n,world.noise,replicates,"));
  EXPECT_TRUE(says(read_text(folder / "made/records.csv"), "\n1,oracle,30,0,1,converged,"));
  const json findings = json::parse(read_text(folder / "made/findings.json"));
  EXPECT_EQ(findings["findings"][0]["settings"]["world.noise"].get<double>(), 0.5);
  const json manifest = json::parse(read_text(folder / "made/manifest.json"));
  EXPECT_EQ(manifest["cells"][1]["settings"]["world.noise"].get<double>(), 1);
  const json cube = json::parse(read_text(folder / "made/cube.json"));
  EXPECT_EQ(cube["settings"], json::parse(R"({"world.noise": [0.5, 1]})"));
}

/// Lines of the part of a report that begins so, up to the next empty line.
std::string part_of(const std::string& report, const std::string& head) {
  const std::size_t first = report.find(head);
  return first == std::string::npos ? "" : report.substr(first, report.find("\n\n", first) - first);
}

TEST_F(Run, TellsTheFindingsOfASweepInOneLineACell) {
  const Outcome outcome =
      run("small.toml --set world.noise=[0.5,1.0,2.0] --set arm.regularised.penalty=[0.1,0.2] --out made");
  const std::string findings = part_of(outcome.out, "Findings");
  EXPECT_TRUE(says(findings, "The oracle learns from data: supported in 3 of 3 cells")) << findings;
  EXPECT_TRUE(says(findings,
                   "data exponent of oracle, from mean errors, expected at least 0.100, with a margin of "
                   "0.0500"))
      << findings;
  EXPECT_TRUE(says(findings, "world.noise  estimate")) << findings;
  EXPECT_FALSE(says(findings, "penalty")) << "an axis of another arm" << findings;
  EXPECT_EQ(json::parse(read_text(folder / "made/findings.json"))["findings"].size(), 6U);
}

TEST_F(Run, StarsInformedArmsWhereverTheyAreNamed) {
  const std::string out = run("small.toml --out made").out;
  EXPECT_TRUE(says(part_of(out, "Normalised error"), "regularised*")) << out;
  EXPECT_TRUE(says(part_of(out, "Computing"), "regularised*")) << out;
  EXPECT_FALSE(says(out, "flexible*")) << out;
  EXPECT_TRUE(says(run("small.toml --set world.noise=1,2,3,4,5 --out swept").out, "regularised*"));
}

TEST_F(Run, SaysBelowAFindingWhatItMeans) {
  const std::string out = run("small.toml --out made").out;
  EXPECT_TRUE(says(out, "To halve the root of its error, oracle needs about ")) << out;
  const json finding = json::parse(read_text(folder / "made/findings.json"))["findings"][0];
  const std::string words = finding["in_words"];
  EXPECT_TRUE(words.starts_with("To halve the root of its error, oracle needs about ")) << words;
}

/// A network that learns little from few observations, and passes an expert who knows half.
const std::string crossing_study = R"(seed = 3
replicates = 20
sizes = [30, 60, 120, 240, 480]
[world]
kind = "sparse_linear"
candidates = 20
relevant = 4
[[arm]]
name = "expert"
model = "least_squares"
expert = { correct = 3 }
[[arm]]
name = "flexible"
model = "least_squares"
)";

TEST_F(Run, TellsACrossingOnce) {
  const std::string overtakes = "flexible overtakes expert at about ";
  testing::write_text(folder / "plain.toml", crossing_study);
  const std::string plain = run("plain.toml").out;
  EXPECT_TRUE(says(plain, overtakes)) << plain;
  EXPECT_TRUE(says(plain, "taken as straight on logarithmic axes")) << plain;
  testing::write_text(folder / "claimed.toml", crossing_study + R"([[claim]]
says = "They meet"
arm = "flexible"
law = "crossing"
average = "geometric_mean"
against = { arm = "expert" }
at_most = 200
)");
  const std::string claimed = run("claimed.toml").out;
  EXPECT_FALSE(says(claimed, overtakes)) << claimed;
  EXPECT_TRUE(says(claimed, "crossing of flexible against expert, from geometric mean errors")) << claimed;
  EXPECT_TRUE(says(claimed, "flexible and expert do equally well with about ")) << claimed;
}

// The cells of a sweep over kinds are the runs of one kind each.
TEST_F(Run, SweepsOverKindsOfWorld) {
  const std::string shared = "small.toml --quiet --set sizes=[30,60] --set 'world.kind=";
  EXPECT_EQ(run(shared + "[\"sparse_linear\",\"teacher\"]' --out both").status, 0);
  EXPECT_EQ(run(shared + "\"sparse_linear\"' --out lines").status, 0);
  EXPECT_EQ(run(shared + "\"teacher\"' --out networks").status, 0);
  const auto rows = [&](const std::string& name, char cell) {
    std::istringstream lines(read_text(folder / name / "records.csv"));
    std::string kept, line;
    while (std::getline(lines, line)) {
      for (const std::string kind : {",sparse_linear", ",teacher"})  // a setting of the sweep
        if (const std::size_t at = line.find(kind); at != std::string::npos) line.erase(at, kind.size());
      if (line.front() == cell) kept += line.substr(1) + "\n";
    }
    return kept;
  };
  EXPECT_FALSE(rows("both", '1').empty());
  EXPECT_EQ(rows("both", '0'), rows("lines", '0'));
  EXPECT_EQ(rows("both", '1'), rows("networks", '0'));
}

constexpr const char* network_study = R"(title = "A network"
question = "Does it go on?"
replicates = 1
sizes = [1000]

[world]
kind = "teacher"
candidates = 100

[[arm]]
name = "network"
model = "mlp"
width = 1000
epochs = 50
history = true
)";

// The first state is saved after about half of the fit.
TEST_F(Run, GoesOnAfterAKillToTheSameBits) {
  testing::write_text(folder / "network.toml", network_study);
  EXPECT_EQ(run("network.toml --quiet --out whole").status, 0);
  const std::string killed =
      "'" + testing::program_path() + "' run network.toml --quiet --checkpoints states --out killed";
  const std::string until_saved =
      "while kill -0 $! && ! ls states/*.checkpoint; do sleep 0.02; done > /dev/null 2>&1; kill -9 $!";
  EXPECT_EQ(std::system(("cd '" + folder.path() + "' && { " + killed + " & } && " + until_saved).c_str()), 0);
  EXPECT_FALSE(fs::exists(folder / "killed/records.csv"));
  EXPECT_FALSE(fs::is_empty(folder / "states"));
  EXPECT_EQ(run("network.toml --quiet --checkpoints states --out resumed").status, 0);
  for (const char* name : {"records.csv", "history.csv"})
    EXPECT_EQ(read_text(folder / "resumed" / name), read_text(folder / "whole" / name)) << name;
  EXPECT_TRUE(fs::is_empty(folder / "states"));
}

TEST_F(Run, KeepsTheErrorsOfEveryEpochWhereAModelIsAskedTo) {
  testing::write_text(folder / "network.toml", network_study);
  run("network.toml --quiet --set sizes=[20] --set arm.network.epochs=3 --out made");
  const std::string history = read_text(folder / "made/history.csv");
  EXPECT_EQ(std::count(history.begin(), history.end(), '\n'), 4) << history;
  EXPECT_TRUE(says(history, "\n0,network,20,0,3,")) << history;
}

TEST_F(Run, RefusesAFolderOfCheckpointsThatCannotBeMade) {
  testing::write_text(folder / "file", "mine");
  const Outcome outcome = run("small.toml --quiet --checkpoints file --out made");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(says(outcome.err, "cannot keep checkpoints in file")) << outcome.err;
  EXPECT_FALSE(fs::exists(folder / "made"));
}

/// A file system that holds a tenth of a state, where the process may mount one.
TEST_F(Run, FinishesAFitWhoseStateCannotBeSavedAndSaysSoOnce) {
  testing::write_text(folder / "network.toml", network_study);
  const fs::path disk = folder / "states";
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=160k") != 0)
    GTEST_SKIP() << "only root can mount a file system";
  const Outcome outcome = run("network.toml --quiet --set replicates=2 --checkpoints states --out made");
  const bool empty = fs::is_empty(disk);
  umount(disk.c_str());
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(empty);
  const std::string warning = "quartic: warning: a fit goes on without a checkpoint: ";
  EXPECT_TRUE(outcome.err.starts_with(warning)) << outcome.err;
  EXPECT_EQ(outcome.err.find(warning, 1), std::string::npos) << outcome.err;
  EXPECT_TRUE(says(outcome.err, "Free some space")) << outcome.err;
  run("network.toml --quiet --set replicates=2 --out whole");
  EXPECT_EQ(read_text(folder / "made/records.csv"), read_text(folder / "whole/records.csv"));
}

struct Refused {
  std::string settings;
  std::string says;  ///< with line and key
};

TEST_F(Run, RefusesFitsThatCannotBeBeforeAnythingIsWritten) {
  testing::write_text(folder / "network.toml", network_study);
  const std::vector<Refused> refusals = {
      {"batch=1001", "network.batch: the batch of mlp is 1001 but n is 1000"},
      {"loss=logistic", "network.loss: the loss of mlp is \"logistic\""},
      {"width=100000000000",
       "network.width: mlp would have 10200000000001 parameters by its option \"width\""},
      {"width=n/3", "network.width: \"n/3\" is 333.3333333333333 at n = 1000"},
      {"width=n-2000", "network.width: width = -1000"},
      {"learning_rate=nan", "network.learning_rate: "},
      {"learning_rate=inf", "network.learning_rate: "}};
  for (const Refused& refused : refusals) {
    const Outcome outcome = run("network.toml --out made --set arm.network." + refused.settings);
    EXPECT_EQ(outcome.status, 2) << refused.settings;
    EXPECT_EQ(outcome.out, "") << refused.settings;
    EXPECT_TRUE(says(outcome.err, refused.says)) << outcome.err;
    EXPECT_FALSE(fs::exists(folder / "made")) << refused.settings;
  }
}

TEST_F(Run, DrawsThePicturesWhenAsked) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Outcome outcome = run("small.toml --plot --out made");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const std::string stem : {"made/error_by_data", "made/error_by_computing"}) {
    EXPECT_TRUE(says(outcome.out, stem + ".png"));
    EXPECT_EQ(read_text(folder / (stem + ".png")).substr(0, 8), "\x89PNG\r\n\x1a\n");
    const std::string svg = read_text(folder / (stem + ".svg"));
    for (const char* label : {"oracle", "flexible", "regularised", "theory", "normalised error"})
      EXPECT_TRUE(says(svg, label)) << label;
    EXPECT_TRUE(says(read_text(folder / (stem + ".gp")), "errors.dat"));
  }
  EXPECT_TRUE(says(read_text(folder / "made/error_by_data.svg"), "observations"));
  EXPECT_TRUE(says(read_text(folder / "made/error_by_computing.svg"), "floating-point operations"));
}

TEST_F(Run, KeepsItsResultsWhenGnuplotIsMissing) {
  fs::create_directory(folder / "empty");
  const std::string without = "PATH='" + (folder / "empty").string() + "'";
  const Outcome outcome = run_quartic(folder, "run small.toml --plot --out made", "", without);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(says(outcome.err, "gnuplot")) << outcome.err;
  EXPECT_TRUE(fs::exists(folder / "made/summary.csv"));
  const Outcome again = run_quartic(folder, "plot made", "", without);
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(says(again.err, "gnuplot-nox")) << again.err;
}

TEST_F(Run, RefusesAFolderThatCannotBeMade) {
  testing::write_text(folder / "file", "mine");
  const Outcome outcome = run("small.toml --out file/inside");
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  EXPECT_TRUE(says(outcome.err, "file/inside")) << outcome.err;
  EXPECT_EQ(run("small.toml --out /proc/quartic").status, 2);
}

/// A file system of 300 kB, where the process may mount one; then one with room.
TEST_F(Run, KeepsWhatItHasOnAFullDiskAndGoesOnWhenThereIsRoom) {
  const fs::path disk = folder / "disk";
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=300k") != 0)
    GTEST_SKIP() << "only root can mount a file system";
  const Outcome outcome = run("small.toml --set replicates=400 --quiet --out disk/made");
  mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64m");
  const Outcome status = run_quartic(folder, "status disk/made --json");
  const Outcome resumed = run_quartic(folder, "resume disk/made --quiet");
  const std::string records = read_text(disk / "made/records.csv");
  umount(disk.c_str());
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_TRUE(outcome.err.starts_with("quartic: cannot ")) << outcome.err;
  EXPECT_TRUE(says(outcome.err, "disk is full") || says(outcome.err, "No space left")) << outcome.err;
  EXPECT_GT(json::parse(status.out)["done"], 0) << status.out << status.err;
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  run("small.toml --set replicates=400 --quiet --out whole");
  EXPECT_EQ(records, read_text(folder / "whole/records.csv"));
}

TEST_F(Run, KeepsWhatItHasWhereFilesMayGrowNoFurther) {
  const Outcome outcome = run_quartic(folder, "run small.toml --set replicates=400 --quiet --out made", "",
                                      "ulimit -S -f 300 && ");  // blocks of 512 bytes
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_TRUE(outcome.err.starts_with("quartic: cannot ")) << outcome.err;
  EXPECT_GT(json::parse(run_quartic(folder, "status made --json").out)["done"], 0);
  EXPECT_EQ(run_quartic(folder, "resume made --quiet").status, 0);
  run("small.toml --set replicates=400 --quiet --out whole");
  EXPECT_EQ(read_text(folder / "made/records.csv"), read_text(folder / "whole/records.csv"));
}

/// A run of a minute, interrupted as soon as the bar counts a finished fit.
TEST_F(Run, KeepsCompleteReplicatesWhenInterrupted) {
  const std::string study = (folder / "small.toml").string(), made = (folder / "made").string();
  const Outcome outcome =
      testing::run_on_terminal({"run", study, "--threads", "2", "--set", "replicates=20000", "--set",
                                "world.candidates=3000", "--out", made},
                               {{"of 180,000 fits", testing::ctrl_c}});
  EXPECT_EQ(outcome.status, 130) << outcome.out;
  EXPECT_TRUE(says(outcome.out, "finishing the running tasks")) << outcome.out;
  const std::string records = read_text(folder / "made/records.csv");
  const auto lines = std::count(records.begin(), records.end(), '\n');
  EXPECT_GT(lines, 9);
  EXPECT_LT(lines, 180000);
  EXPECT_EQ((lines - 1) % 9, 0);  // 3 arms at 3 sizes, complete for every replicate
  EXPECT_TRUE(fs::exists(folder / "made/manifest.json"));
}

/// Two replicates of many seconds, with a penalty and so a fit of its own at each of some 280 sizes.
constexpr const char* long_replicate = R"toml(title = "Long"
replicates = 2
sizes = { from = 300, to = 1500, per_decade = 400 }
[world]
kind = "sparse_linear"
candidates = 2000
relevant = 2
[[arm]]
name = "regularised"
model = "lasso"
penalty = "noise*sqrt(4*log(candidates)/n)"
)toml";

TEST_F(Run, DropsRunningReplicatesWhenInterruptedTwice) {
  testing::write_text(folder / "long.toml", long_replicate);
  const std::string study = (folder / "long.toml").string(), made = (folder / "made").string();
  const Outcome outcome = testing::run_on_terminal(
      {"run", study, "--threads", "2", "--out", made},
      {{" fits", testing::ctrl_c}, {"finishing the running tasks", testing::ctrl_c}});
  EXPECT_EQ(outcome.status, 130) << outcome.out;
  EXPECT_TRUE(says(outcome.out, "dropping the running tasks")) << outcome.out;
  const std::string records = read_text(folder / "made/records.csv");
  EXPECT_EQ(std::count(records.begin(), records.end(), '\n'), 1);
  EXPECT_TRUE(fs::exists(folder / "made/manifest.json"));
}

}  // namespace
}  // namespace quartic::run_test
