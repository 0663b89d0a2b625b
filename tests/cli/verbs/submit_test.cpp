// Scripts for a cluster: their text, what bash makes of them, and the program with stand-ins for Slurm's.
// tests/slurm runs them on a real controller.
#include <gtest/gtest.h>

#include <sys/stat.h>

#include "cli/cluster/batch_scripts.hpp"
#include "cli/cluster/slurm.hpp"
#include "cli/terminal/child.hpp"
#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::submit_test {
namespace {

using support::thrown_message;
using testing::Outcome;
using testing::read_text;
using testing::run_quartic;
using testing::Scratch;
using testing::small_study;
using testing::write_text;
namespace fs = std::filesystem;

const std::string awkward = "it's a \"test\", 100%A $HOME `x` \\ &";

::testing::AssertionResult holds(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "no \"" << part << "\" in:\n" << text;
}

void write_program(const fs::path& path, const std::string& text) {
  write_text(path, "#!/bin/bash\n" + text);
  chmod(path.c_str(), 0755);
}

TEST(Child, SaysWhatAProgramSaidAndHowItEnded) {
  const ChildOutcome outcome = run_child({"sh", "-c", "echo one; echo two >&2; exit 3"});
  EXPECT_TRUE(outcome.found);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.output, "one\ntwo\n");
  EXPECT_EQ(run_child({"sh", "-c", "kill -9 $$"}).status, 1);
}

TEST(Child, RunsInAFolderOfAnyName) {
  const Scratch scratch;
  fs::create_directories(scratch / awkward);
  EXPECT_EQ(run_child({"pwd"}, (scratch / awkward).string()).output, (scratch / awkward).string() + "\n");
}

TEST(Child, KnowsWhatIsNotInstalled) {
  EXPECT_FALSE(run_child({"no-such-program-of-any-kind"}).found);
}

TEST(ShellWord, IsOneWordForTheShellWhateverItHolds) {
  for (const std::string& text :
       {awkward, std::string("plain/path-1.0"), std::string(""), std::string("a\nb")})
    EXPECT_EQ(run_child({"sh", "-c", "printf %s " + shell_word(text)}).output, text);
  EXPECT_EQ(shell_word("plain/path-1.0"), "plain/path-1.0");
}

TEST(ShardRanges, CoverEveryShardOnceInArraysThatTheClusterTakes) {
  const std::vector<ShardRange> ranges = shard_ranges(2500, 1000);
  ASSERT_EQ(ranges.size(), 3U);
  Index next = 1;
  for (const ShardRange& range : ranges) {
    EXPECT_EQ(range.first, next);
    EXPECT_LE(range.count(), 1000);
    next = range.last + 1;
  }
  EXPECT_EQ(next, 2501);
  EXPECT_EQ(shard_ranges(1000, 1000).size(), 1U);
}

TEST(SbatchWords, AreReadAsAShellReadsThem) {
  EXPECT_EQ(sbatch_words("  --time=1:00  --comment 'a \"b\"'  --x=\"c d\\\"\" e\\ f ''"),
            (std::vector<std::string>{"--time=1:00", "--comment", "a \"b\"", "--x=c d\"", "e f", ""}));
  EXPECT_TRUE(sbatch_words("").empty());
}

TEST(SbatchWords, RefuseWhatCannotStandInTheScript) {
  const auto refusal = [](const char* text) { return thrown_message([&] { sbatch_words(text); }); };
  EXPECT_TRUE(holds(refusal("--comment='a"), "a quote that nothing closes"));
  EXPECT_TRUE(holds(refusal("--time=1\nrm"), "a line break"));
  for (const char* own : {"--array=1-3", "-a1-3", "--dependency=afterok:1", "--output=x", "--wrap=ls",
                          "--arr=1", "--a", "--depend=x", "--out=/x", "--no-req", "-Ho/x", "-QHa1-3"})
    EXPECT_TRUE(holds(refusal(own), "what ties the jobs together")) << own;
  EXPECT_EQ(refusal("--open-mode=append --mem=4G -A account -pnodes --no-kill -Hqhigh --nodes=1 --account=a"),
            "");
}

TEST(SlurmLimits, AreReadOffTheConfiguration) {
  const SlurmLimits limits = parse_limits(
      "Configuration data as of 2026\nMaxArraySize            = 501\nMaxDBDMsgs = 20008\n"
      "MaxJobCount             = 400\n");
  EXPECT_EQ(limits.array_size, 501);
  EXPECT_EQ(limits.jobs, 400);
  EXPECT_EQ(parse_limits("MaxArraySize = many").array_size, SlurmLimits{}.array_size);
}

/// array.sbatch as bash runs it, with stand-ins for the program and for scontrol.
struct ArrayTask {
  Scratch scratch;
  BatchJob job;

  explicit ArrayTask(int status) {
    const fs::path folder = scratch / awkward;
    fs::create_directories(folder);
    write_program(folder / "quartic", "printf '%s\\n' \"$@\"; exit " + std::to_string(status) + "\n");
    write_program(folder / "scontrol", "echo \"scontrol $*\"\n");
    job = {.study = "two\nlines",
           .program = (folder / "quartic").string(),
           .folder = folder.string(),
           .shards = 8};
  }
  ChildOutcome run(const std::string& environment) const {
    write_text(scratch / "script", array_script(job));
    return run_child({"bash", "-c",
                      "PATH=" + shell_word(job.folder) + ":$PATH SLURM_JOB_ID=77 SLURM_ARRAY_TASK_ID=3 " +
                          environment + " bash " + shell_word((scratch / "script").string()) + " 4"});
  }
};

TEST(ArrayScript, RunsTheShardOfItsTaskInAFolderOfAnyName) {
  const ArrayTask task(0);
  const std::string folder = task.job.folder;
  const ChildOutcome outcome = task.run("SLURM_CPUS_PER_TASK=2 SLURM_MEM_PER_CPU=1000");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.output, "run\n" + folder + "/study.toml\n--shard\n7/8\n--out\n" + folder +
                                "/shard-7\n--checkpoints\n" + folder +
                                "/checkpoints/shard-7\n--threads\n2\n--memory\n1500M\n--quiet\n");
  EXPECT_FALSE(holds(task.run("").output, "--memory"));
}

TEST(ArrayScript, CountsFailedFitsAsDone) {
  const ChildOutcome outcome = ArrayTask(1).run("");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_FALSE(holds(outcome.output, "scontrol"));
}

TEST(ArrayScript, GoesBackIntoTheQueueWhenKilledButNotForEver) {
  for (const int status : {3, 137, 143}) {
    const ChildOutcome outcome = ArrayTask(status).run("");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_TRUE(holds(outcome.output, "scontrol requeue 77\n"));
  }
  const ChildOutcome sixth = ArrayTask(137).run("SLURM_RESTART_COUNT=5");
  EXPECT_EQ(sixth.status, 137);
  EXPECT_FALSE(holds(sixth.output, "scontrol"));
}

TEST(ArrayScript, DoesNotTryBadInputAgain) {
  const ChildOutcome outcome = ArrayTask(2).run("");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_FALSE(holds(outcome.output, "scontrol"));
}

TEST(MergeScript, MergesTheShardsThereAre) {
  const ArrayTask task(0);
  for (const char* shard : {"shard-1", "shard-12"}) fs::create_directory(fs::path(task.job.folder) / shard);
  write_text(task.scratch / "script", merge_script(task.job));
  const std::string folder = task.job.folder;
  EXPECT_EQ(run_child({"bash", (task.scratch / "script").string()}).output,
            "merge\n" + folder + "/results\n" + folder + "/shard-1\n" + folder + "/shard-12\n");
}

/// A cluster with arrays of at most three tasks: sbatch notes its words and numbers the jobs from 101.
struct Cluster {
  Scratch folder;

  Cluster() {
    write_text(folder / "small.toml", small_study);
    fs::create_directory(folder / "bin");
    write_program(folder / "bin/scontrol", "echo 'MaxArraySize = 4'; echo 'MaxJobCount = 18'\n");
    write_program(
        folder / "bin/sbatch",
        "echo \"$*\" >> jobs; echo 'sbatch: warning: full moon' >&2; echo $((100 + $(wc -l < jobs)))\n");
  }
  Outcome submit(const std::string& words) const {
    return run_quartic(folder, "submit small.toml --slurm " + words, "", "PATH=\"$PWD/bin:$PATH\"");
  }
};

TEST(Submit, SubmitsArraysAndAMergeAfterThem) {
  const Cluster cluster;
  const Outcome outcome = cluster.submit("--tasks 5 --out 'a b' --effort classroom --set replicates=5");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const std::string folder = cluster.folder.path() + "/a b";
  EXPECT_EQ(read_text(cluster.folder / "jobs"),
            "--parsable --array=1-3 " + folder + "/array.sbatch 0\n--parsable --array=1-2 " + folder +
                "/array.sbatch 3\n--parsable --dependency=afterany:101:102 " + folder + "/merge.sbatch\n");
  for (const char* part :
       {"101, 102", "squeue --jobs 101,102,103", "quartic status", "scancel 101 102 103", "a b/results"})
    EXPECT_TRUE(holds(outcome.out, part));
  const std::string study = read_text(folder + "/study.toml");
  EXPECT_TRUE(holds(study, "replicates = 5\n"));
  EXPECT_FALSE(holds(study, "effort"));
  EXPECT_TRUE(holds(read_text(folder + "/array.sbatch"), testing::program_path()));
}

TEST(Submit, GoesOnInItsFolderAndRefusesThatOfAnotherStudy) {
  const Cluster cluster;
  EXPECT_EQ(cluster.submit("--tasks 2 --out x").status, 0);
  EXPECT_EQ(cluster.submit("--tasks 3 --out x").status, 0);
  const Outcome other = cluster.submit("--tasks 2 --out x --set world.noise=2");
  EXPECT_EQ(other.status, 2);
  EXPECT_TRUE(holds(other.err, "holds another run"));
}

TEST(Submit, PrintsTheScriptsWithoutSlurmAndWritesNothing) {
  const Cluster cluster;
  const Outcome outcome = run_quartic(
      cluster.folder, "submit small.toml --slurm --tasks 6 --out x --dry-run --sbatch '--mem=4G -p \"a b\"'",
      "", "PATH=/nowhere");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part :
       {"/x/array.sbatch", "/x/merge.sbatch", "# sbatch --array=1-6 ", "--dependency=afterany:JOB ",
        "#SBATCH \"--mem=4G\" \"-p\" \"a b\"\n", "--shard \"$shard/6\""})
    EXPECT_TRUE(holds(outcome.out, part));
  EXPECT_FALSE(fs::exists(cluster.folder / "x"));
  EXPECT_FALSE(fs::exists(cluster.folder / "jobs"));
}

TEST(Submit, SaysWhatIsMissingWhereThereIsNoSlurm) {
  const Cluster cluster;
  const Outcome outcome =
      run_quartic(cluster.folder, "submit small.toml --slurm --tasks 2 --out x", "", "PATH=/nowhere");
  EXPECT_EQ(outcome.status, 2);
  for (const char* part : {"--dry-run", "slurm-client"}) EXPECT_TRUE(holds(outcome.err, part));
  EXPECT_FALSE(fs::exists(cluster.folder / "x"));
}

TEST(Submit, RefusesWhatNoClusterCanDo) {
  const Cluster cluster;
  const auto refusal = [&](const std::string& words) {
    const Outcome outcome = cluster.submit(words);
    EXPECT_EQ(outcome.status, 2) << words;
    return outcome.err;
  };
  EXPECT_TRUE(holds(refusal("--tasks 7"), "--tasks 7 is more than there is to share (6 "));
  EXPECT_TRUE(holds(refusal("--tasks 18 --set replicates=50"), "MaxJobCount is 18"));
  EXPECT_TRUE(
      holds(refusal(R"(--tasks 2 --set 'replicates={ until = "se(log error) < 0.1", between = [10, 20] }')"),
            "adaptive replicates"));
  EXPECT_TRUE(holds(refusal("--tasks 0"), "--tasks was given \"0\""));
  EXPECT_TRUE(holds(refusal(""), "--tasks is missing"));
  EXPECT_TRUE(holds(refusal("--tasks 2 --sbatch --array=1-9"), "--array"));
  const Outcome nothing = run_quartic(cluster.folder, "submit small.toml --tasks 2");
  EXPECT_EQ(nothing.status, 2);
  EXPECT_TRUE(holds(nothing.err, "Add --slurm"));
  write_program(cluster.folder / "bin/scontrol", "echo 'MaxArraySize = 0'\n");
  EXPECT_TRUE(holds(refusal("--tasks 2"), "takes no job arrays"));
  write_program(cluster.folder / "bin/scontrol", "echo 'no contact' >&2; exit 1\n");
  EXPECT_TRUE(holds(refusal("--tasks 2"), "does not answer (no contact)"));
}

TEST(Submit, SaysWhatStandsInTheQueueWhenALaterJobIsRefused) {
  const Cluster cluster;
  write_program(cluster.folder / "bin/sbatch",
                "case $2 in --dep*) echo 'no such account' >&2; exit 1;; esac; echo '101;north'\n");
  const Outcome outcome = cluster.submit("--tasks 2 --out x");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(holds(outcome.err, "sbatch refused the job (no such account)"));
  EXPECT_TRUE(holds(outcome.err, "scancel 101"));
}

}  // namespace
}  // namespace quartic::submit_test
