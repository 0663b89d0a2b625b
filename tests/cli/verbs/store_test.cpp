/// The folder of a run through the built program: resume, extend, shards, merge, and accidents.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "experiments/platform/folder_lock.hpp"
#include "experiments/store/reader.hpp"
#include "tests/cli/background.hpp"
#include "tests/cli/store_folder.hpp"
#include "tests/support/store_bytes.hpp"

namespace quartic::store_test {
namespace {

using nlohmann::json;
using testing::Background;
using testing::Outcome;
using testing::read_text;
using testing::StoreFolder;
using testing::write_text;
namespace fs = std::filesystem;

TEST_F(StoreFolder, HoldsTheStoreBesideTheResults) {
  EXPECT_EQ(run("--out made").status, 0);
  EXPECT_TRUE(fs::exists(folder / "made/run.sqlite"));
  EXPECT_FALSE(fs::exists(folder / "made/run.lock"));
  EXPECT_FALSE(fs::exists(folder / "made/run.sqlite-wal"));
}

TEST_F(StoreFolder, MakesTheSameResultsOfAFinishedRunWithoutRunningIt) {
  run("--out made");
  const std::string before = results("made");
  for (const char* name : {"records.csv", "summary.csv", "cube.npy", "manifest.json"})
    fs::remove(folder / "made" / name);
  EXPECT_EQ(quartic("resume made --quiet").status, 0);
  EXPECT_EQ(results("made"), before);
  const std::vector<StoredRun> runs = StoreReader(path("made")).runs();
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].records, 54);
  EXPECT_EQ(runs[1].records, 0);
}

TEST_F(StoreFolder, GivesTheSameBytesForShardsMergedInAnyOrder) {
  run("--out whole --threads 2");
  for (const int shards : {1, 3, 8}) {
    std::string folders;
    Index records = 0;
    for (int i = 1; i <= shards; ++i) {
      const std::string name = "shard-" + std::to_string(shards) + "-" + std::to_string(i);
      const Outcome outcome =
          run("--shard " + std::to_string(i) + "/" + std::to_string(shards) + " --out " + name);
      EXPECT_EQ(outcome.status, 0) << outcome.err;
      folders = " " + name + folders;
      records += StoreReader(path(name)).runs().front().records;
    }
    EXPECT_EQ(records, 54);
    const std::string all = "all-" + std::to_string(shards);
    const Outcome merged = quartic("merge " + all + folders + " --quiet");
    EXPECT_EQ(merged.status, 0) << merged.err;
    EXPECT_EQ(results(all), results("whole")) << shards;
  }
}

json builders_of(const testing::Scratch& folder, const std::string& name) {
  return json::parse(read_text(folder / name / "manifest.json"))["builders"];
}

TEST_F(StoreFolder, WarnsWhereTwoProgramsOrProcessorsShareTheResults) {
  run("--out made");
  ASSERT_EQ(builders_of(folder, "made").size(), 1u);
  EXPECT_EQ(builders_of(folder, "made")[0]["records"], 54);
  sql("made", "UPDATE runs SET blas = 'Prescott; OpenBLAS', cpu = 'an old one'");
  const Outcome finished = quartic("resume made --quiet");
  EXPECT_EQ(finished.err, "") << "all records are of one kind";
  EXPECT_EQ(builders_of(folder, "made")[0]["blas"], "Prescott; OpenBLAS") << "whoever wrote the files";
  sql("made", "DELETE FROM records WHERE n = 60");
  const Outcome resumed = quartic("resume made --quiet");
  EXPECT_EQ(resumed.status, 0);
  for (const char* part : {"2 programs or kinds of processor", "36 records", "those still missing", "BLAS ",
                           "there Prescott; OpenBLAS", "quartic verify made"})
    EXPECT_TRUE(says(resumed.err, part)) << part << "\n" << resumed.err;
  const json builders = builders_of(folder, "made");
  ASSERT_EQ(builders.size(), 2u);
  EXPECT_EQ(builders[0]["records"], 36);
  EXPECT_EQ(builders[0]["cpus"], json::array({"an old one"}));
  EXPECT_EQ(builders[1]["records"], 18);
}

TEST_F(StoreFolder, WarnsWhereAMergeMixesShardsOfTwoPrograms) {
  for (const char* shard : {"1", "2"}) run("--shard " + std::string(shard) + "/2 --out part-" + shard);
  EXPECT_EQ(quartic("merge one part-1 part-2 --quiet").err, "");
  sql("part-2", "UPDATE runs SET git_revision = 'fedcba'");
  const Outcome merged = quartic("merge two part-1 part-2 --quiet");
  EXPECT_EQ(merged.status, 0);
  EXPECT_TRUE(says(merged.err, "2 programs or kinds of processor")) << merged.err;
  EXPECT_TRUE(says(merged.err, "revision fedcba")) << merged.err;
  EXPECT_EQ(builders_of(folder, "two").size(), 2u);
  EXPECT_EQ(results("two"), results("one"));
}

TEST_F(StoreFolder, SaysWhatAMergeLacksAndResumesIt) {
  run("--out whole");
  run("--shard 2/3 --out part");
  const Outcome merged = quartic("merge all part --quiet");
  EXPECT_EQ(merged.status, 130) << merged.err;
  EXPECT_TRUE(says(merged.err, "36 of 54 fits are missing")) << merged.err;
  EXPECT_EQ(quartic("resume all --quiet").status, 0);
  EXPECT_EQ(results("all"), results("whole"));
}

TEST_F(StoreFolder, TakesAMergeForTheWholeStudy) {
  run("--out whole");
  for (const char* shard : {"1", "2", "3"})
    run("--shard " + std::string(shard) + "/3 --out s" + std::string(shard));
  EXPECT_EQ(quartic("merge all s3 s1 s2 --quiet").status, 0);
  const json status = json::parse(quartic("status all --json").out);
  EXPECT_EQ(status["total"], 54);
  EXPECT_EQ(status["done"], 54);
  EXPECT_EQ(status["shard"], "1/1");
  EXPECT_EQ(quartic("resume all --quiet").status, 0);
  EXPECT_EQ(results("all"), results("whole"));
  const std::size_t runs = StoreReader(path("all")).runs().size();
  EXPECT_EQ(quartic("merge all s1 s2 s3 --quiet").status, 0);
  EXPECT_EQ(StoreReader(path("all")).runs().size(), runs + 1) << "only the merge itself";
  EXPECT_EQ(results("all"), results("whole"));
}

TEST_F(StoreFolder, MergesTheShardsThatHaveAStore) {
  run("--out whole");
  run("--shard 1/2 --out s1");
  run("--shard 2/2 --out s2");
  fs::create_directory(folder / "killed");
  testing::write_text(folder / "killed/run.lock", "process 1\n");
  std::string bytes = read_text(folder / "s2/run.sqlite");
  std::fill(bytes.begin(), bytes.begin() + 100, '\0');
  testing::write_text(folder / "s2/run.sqlite", bytes);
  const Outcome merged = quartic("merge all killed s1 s2");
  EXPECT_EQ(merged.status, 130) << merged.err;
  EXPECT_TRUE(says(merged.err, "killed is left out: the folder killed holds no store")) << merged.err;
  EXPECT_TRUE(says(merged.err, "s2 is left out: s2/run.sqlite is damaged")) << merged.err;
  EXPECT_FALSE(says(merged.err, "quartic merge NEW")) << merged.err;
  EXPECT_EQ(read_text(folder / "s2/run.sqlite"), bytes);
  EXPECT_EQ(quartic("resume all --quiet").status, 0);
  EXPECT_EQ(results("all"), results("whole"));
  const Outcome none = quartic("merge other killed");
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(says(none.err, "none of these folders")) << none.err;
}

TEST_F(StoreFolder, ComputesTheWholeStudyWhereTheShardIsLost) {
  run("--out whole");
  run("--shard 2/3 --out part");
  sql("part", "UPDATE study SET shard = 3");
  EXPECT_EQ(json::parse(quartic("status part --json").out)["total"], 54);
  const Outcome resumed = quartic("resume part --quiet");
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_TRUE(says(resumed.err, "has lost which shard")) << resumed.err;
  EXPECT_EQ(results("part"), results("whole"));
}

TEST_F(StoreFolder, NeverTakesTheShardFromTheTableOfRuns) {
  run("--shard 2/3 --out part");
  const std::string before = read_text(folder / "part/records.csv");
  sql("part", "UPDATE runs SET shard = 'q/1'");
  const Outcome resumed = quartic("resume part --quiet");
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_EQ(read_text(folder / "part/records.csv"), before);
}

TEST_F(StoreFolder, KeepsTheNameOfItsStudyThroughDamage) {
  run("--out whole");
  run("--out made");
  sql("made", "UPDATE study SET name = 'smell'");
  EXPECT_EQ(quartic("resume made --quiet").status, 0);
  EXPECT_EQ(results("made"), results("whole"));
  std::string bytes = read_text(folder / "made/run.sqlite");
  std::fill_n(bytes.begin() + 4096, 600, '\x55');  // the page of the study
  testing::write_text(folder / "made/run.sqlite", bytes);
  EXPECT_EQ(quartic("resume made --quiet").status, 2);
  EXPECT_EQ(quartic("merge all made --quiet").status, 0);
  EXPECT_EQ(results("all"), results("whole"));
}

TEST_F(StoreFolder, NamesAMergeInAnyOrderAlike) {
  fs::copy(folder / "small.toml", folder / "tiny.toml");
  run("--shard 1/2 --out s1");
  EXPECT_EQ(quartic("run tiny.toml --quiet --shard 2/2 --out s2").status, 0);
  EXPECT_EQ(quartic("merge a s1 s2 --quiet").status, 0);
  EXPECT_EQ(quartic("merge b s2 s1 --quiet").status, 0);
  EXPECT_EQ(results("a"), results("b"));
  EXPECT_EQ(json::parse(read_text(folder / "b/findings.json"))["study"], "small");
}

TEST_F(StoreFolder, SaysWhatToDoWhereverItFindsADamagedStore) {
  run("--out made --set replicates=200");
  std::string bytes = read_text(folder / "made/run.sqlite");
  std::fill(bytes.begin() + 8 * 4096, bytes.end(), '\x55');
  testing::write_text(folder / "made/run.sqlite", bytes);
  for (const char* words : {"status made", "export made --format csv", "verify made", "resume made",
                            "run small.toml --set replicates=200 --out made"}) {
    const Outcome outcome = quartic(words);
    EXPECT_EQ(outcome.status, 2) << words << outcome.err;
    EXPECT_TRUE(says(outcome.err, "is damaged")) << words << outcome.err;
    EXPECT_TRUE(says(outcome.err, "quartic merge NEW made")) << words << outcome.err;
  }
  EXPECT_EQ(read_text(folder / "made/run.sqlite"), bytes);
}

TEST_F(StoreFolder, OffersNoMergeWhereNothingCanBeRead) {
  run("--out made");
  const std::string bytes = read_text(folder / "made/run.sqlite");
  testing::write_text(folder / "made/run.sqlite", bytes.substr(0, bytes.size() / 2));
  for (const char* words : {"status made", "resume made", "merge all made"}) {
    const Outcome outcome = quartic(words);
    EXPECT_EQ(outcome.status, 2) << words << outcome.err;
    EXPECT_TRUE(says(outcome.err, "Nothing can be read of it: move made aside")) << words << outcome.err;
    EXPECT_FALSE(says(outcome.err, "quartic merge NEW")) << words << outcome.err;
  }
}

// As a killed run leaves it.
TEST_F(StoreFolder, LeavesTheLogOfADamagedStoreBesideIt) {
  run("--out made --set replicates=200");
  fs::copy(folder / "made", folder / "killed");
  std::string bytes, log;
  {
    detail::Database writer(path("made/run.sqlite"), detail::Access::write);
    writer.run("PRAGMA journal_mode = WAL; UPDATE runs SET host = 'elsewhere'");
    bytes = testing::with_a_broken_page(read_text(folder / "made/run.sqlite"));
    log = read_text(folder / "made/run.sqlite-wal");
  }
  ASSERT_FALSE(log.empty());
  testing::write_text(folder / "killed/run.sqlite", bytes);
  testing::write_text(folder / "killed/run.sqlite-wal", log);
  for (const char* words : {"status killed", "resume killed", "merge all killed --quiet"}) {
    const Outcome outcome = quartic(words);
    EXPECT_TRUE(says(outcome.err, "is damaged")) << words << outcome.err;
    EXPECT_EQ(read_text(folder / "killed/run.sqlite"), bytes) << words;
    EXPECT_EQ(read_text(folder / "killed/run.sqlite-wal"), log) << words;
  }
}

TEST_F(StoreFolder, TellsOfRecordsWhoseChecksumsFail) {
  run("--out made");
  sql("made", "UPDATE records SET iterations = 77 WHERE n = 60 AND replicate = 2");
  const Outcome verified = quartic("verify made --sample 100%");
  EXPECT_EQ(verified.status, 1);
  EXPECT_TRUE(says(verified.out, "3 more were changed since they were written")) << verified.out;
  EXPECT_TRUE(says(quartic("status made").out, "3 of these records were changed"));
  EXPECT_EQ(json::parse(quartic("status made --json").out)["unsound"], 3);
  const Outcome exported = quartic("export made --format csv --out again");
  EXPECT_TRUE(says(exported.err, "3 records are left out")) << exported.err;
  EXPECT_EQ(quartic("resume made --quiet").status, 0);
  EXPECT_EQ(quartic("verify made --sample 100%").status, 0);
}

TEST_F(StoreFolder, NamesOnlyOptionsThatTheVerbHas) {
  run("--out a");
  run("--seed 8 --out b");
  const Outcome merged = quartic("merge b a");
  EXPECT_EQ(merged.status, 2);
  EXPECT_TRUE(says(merged.err, "Choose another folder.")) << merged.err;
  EXPECT_FALSE(says(merged.err, "--extend")) << merged.err;
}

TEST_F(StoreFolder, ResumesAShardAsAShard) {
  run("--shard 2/3 --out part");
  const std::string before = read_text(folder / "part/records.csv");
  EXPECT_EQ(quartic("resume part --quiet").status, 0);
  EXPECT_EQ(read_text(folder / "part/records.csv"), before);
  EXPECT_EQ(json::parse(quartic("status part --json").out)["total"], 18);
}

TEST_F(StoreFolder, RefusesToMergeDifferentStudies) {
  run("--out a");
  run("--seed 8 --out b");
  const Outcome merged = quartic("merge all a b");
  EXPECT_EQ(merged.status, 2);
  EXPECT_TRUE(says(merged.err, "another study")) << merged.err;
  EXPECT_EQ(quartic("merge all a missing").status, 2);
  EXPECT_EQ(quartic("merge all").status, 2);
}

TEST_F(StoreFolder, GivesTheSameBytesForAStudyThatGrewInSteps) {
  const std::string sweep = " --set 'world.noise=[0.5,1,2]'";
  run("--set replicates=4 --set 'sizes=[60]' --out grown");
  const Outcome refused = run("--set replicates=4 --out grown");
  EXPECT_EQ(refused.status, 2);
  EXPECT_TRUE(says(refused.err, "of whose 36 fits it has 12")) << refused.err;
  EXPECT_TRUE(says(refused.err, "--extend")) << refused.err;
  EXPECT_EQ(run("--set replicates=4 --extend --out grown").status, 0);  // more sizes
  EXPECT_EQ(run("--extend --out grown").status, 0);                     // more replicates
  EXPECT_EQ(run("--extend --out grown" + sweep).status, 0);             // more values
  run("--out whole" + sweep);
  EXPECT_EQ(results("grown"), results("whole"));
  Index records = 0;
  for (const StoredRun& each : StoreReader(path("grown")).runs()) records += each.records;
  EXPECT_EQ(records, 162);  // each fit once
}

TEST_F(StoreFolder, ReplacesARunOfBeforeThereWereStores) {
  run("--out made");
  const std::string before = results("made");
  fs::remove(folder / "made/run.sqlite");
  EXPECT_EQ(run("--seed 9 --out made").status, 2);
  EXPECT_EQ(run("--out made").status, 0);
  EXPECT_EQ(results("made"), before);
}

/// A study of a minute and more.
class Interrupted : public StoreFolder {
 protected:
  /// The long study, when a fit of it is in the store.
  Background started() {
    Background program({"run", path("small.toml"), "--quiet", "--set", "replicates=20000", "--set",
                        "world.candidates=3000", "--threads", "2", "--out", path("made")});
    for (int tries = 0; tries < 3000 && done() == 0; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return program;
  }
  Index done() {
    const Outcome status = quartic("status made --json");
    return status.out.empty() ? Index{0} : json::parse(status.out)["done"].get<Index>();
  }
};

TEST_F(Interrupted, KeepsFinishedWorkOnEverySignal) {
  for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
    fs::remove_all(folder / "made");
    Background program = started();
    EXPECT_EQ(program.end_with(signal), 128 + signal);
    const Index kept = done();
    EXPECT_GT(kept, 0);
    const std::string records = read_text(folder / "made/records.csv");
    EXPECT_EQ(std::count(records.begin(), records.end(), '\n'), kept + 1);
    EXPECT_TRUE(says(read_text(folder / "made/manifest.json"), "\"interrupted\": true"));
  }
}

TEST_F(Interrupted, TellsWhoElseWritesToTheFolder) {
  Background program = started();
  const json status = json::parse(quartic("status made --json").out);
  EXPECT_EQ(status["running"], true);
  EXPECT_GT(status["fits_per_second"], 0);
  const std::string process = "process " + std::to_string(program.id());
  EXPECT_TRUE(says(status["holder"].get<std::string>(), process));
  for (const std::string words : {"resume made", "run small.toml --out made", "export made --format csv"}) {
    const Outcome second = quartic(words);
    EXPECT_EQ(second.status, 2) << words;
    EXPECT_TRUE(says(second.err, "another run is writing there")) << words << second.err;
  }
  EXPECT_TRUE(says(quartic("resume made").err, process));
  const Outcome exported = quartic("export made --format csv --out so-far");
  EXPECT_EQ(exported.status, 0) << exported.err;
  EXPECT_FALSE(read_text(folder / "so-far/records.csv").empty());
  program.end_with(SIGKILL);
}

/// What the store says may be half of what the other run is about to write.
TEST_F(StoreFolder, IsNotReadByAResumeWhileAnotherRunWritesThere) {
  EXPECT_EQ(run("--out made").status, 0);
  sql("made", "UPDATE study SET seal = ''");
  const FolderLock other(path("made"));
  const Outcome resumed = quartic("resume made");
  EXPECT_EQ(resumed.status, 2);
  EXPECT_TRUE(says(resumed.err, "another run is writing there")) << resumed.err;
  EXPECT_FALSE(says(resumed.err, "has lost which shard")) << resumed.err;
}

TEST_F(StoreFolder, IsNotReadByAnExportOfViewsWhileAnotherRunWritesThere) {
  EXPECT_EQ(run("--out made").status, 0);
  sql("made", "UPDATE records SET iterations = 77 WHERE n = 60 AND replicate = 2");
  EXPECT_TRUE(says(quartic("export made --format views").err, "3 records are left out"));
  const FolderLock other(path("made"));
  const Outcome exported = quartic("export made --format views");
  EXPECT_EQ(exported.status, 2);
  EXPECT_TRUE(says(exported.err, "another run is writing there")) << exported.err;
  EXPECT_FALSE(says(exported.err, "left out")) << exported.err;
}

TEST_F(Interrupted, StopsWhenItsFolderIsRemoved) {
  Background program = started();
  fs::remove_all(folder / "made");
  EXPECT_EQ(program.wait(), 3);
}

TEST_F(StoreFolder, SavesWhatCanBeReadOfADamagedStoreByAMerge) {
  run("--out whole --set replicates=200");
  run("--out made --set replicates=200");
  const std::string bytes = testing::with_a_broken_page(read_text(folder / "made/run.sqlite"));
  testing::write_text(folder / "made/run.sqlite", bytes);
  EXPECT_EQ(quartic("resume made").status, 2);
  const Outcome merged = quartic("merge all made --quiet");
  EXPECT_EQ(merged.status, 130) << merged.err;
  EXPECT_TRUE(says(merged.err, "the store in made is damaged; 1,7")) << merged.err;
  EXPECT_EQ(read_text(folder / "made/run.sqlite"), bytes);
  EXPECT_EQ(quartic("resume all --quiet").status, 0);
  EXPECT_EQ(results("all"), results("whole"));
}

// A page holds some eight of the 18 series.
TEST_F(StoreFolder, SavesTheRecordsOfTheSeriesThatCanBeRead) {
  const std::string sweep = " --set 'world.noise=[0.5,1,2,4,8,16]'";
  run("--out whole" + sweep);
  run("--out made" + sweep);
  const std::string bytes = read_text(folder / "made/run.sqlite");
  testing::write_text(folder / "made/run.sqlite", testing::with_a_broken_page(bytes, '\x0d', "\"storage\""));
  const Outcome merged = quartic("merge all made --quiet");
  EXPECT_EQ(merged.status, 130) << merged.err;
  EXPECT_TRUE(says(merged.err, "the store in made is damaged")) << merged.err;
  EXPECT_FALSE(says(merged.err, "checksums fail")) << merged.err;
  EXPECT_GE(StoreReader(path("all")).count(study_of("all")).done, 72) << merged.err;
  EXPECT_EQ(quartic("resume all --quiet").status, 0);
  EXPECT_EQ(results("all"), results("whole"));
}

TEST_F(StoreFolder, WritesThroughNoLink) {
  write_text(folder / "thesis", "mine");
  for (const std::string name :
       {"run.lock", "records.csv.partial", "summary.csv.partial", "study.toml.partial"}) {
    fs::remove_all(folder / "made");
    fs::create_directory(folder / "made");
    fs::create_symlink(folder / "thesis", folder / "made" / name);
    const Outcome outcome = run("--out made");
    EXPECT_EQ(outcome.status, name == "run.lock" || name == "records.csv.partial" ? 2 : outcome.status);
    EXPECT_NE(outcome.status, 0) << name;
    EXPECT_TRUE(says(outcome.err, name + " is a link")) << outcome.err;
    EXPECT_EQ(read_text(folder / "thesis"), "mine") << name;
  }
}

TEST_F(StoreFolder, ComputesAgainBesideTheLogOfAStoreThatSomebodyRemoved) {
  run("--out whole");
  fs::create_directory(folder / "made");
  for (const char* rest : {"run.sqlite-wal", "run.sqlite-shm", "run.sqlite-journal"})
    write_text(folder / "made" / rest, std::string(5000, 'x'));
  const Outcome outcome = run("--out made");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(results("made"), results("whole"));
}

TEST_F(StoreFolder, TakesNoNameForAnAddress) {
  for (const char* name : {"file:x", "'file:x?mode=memory&y='", "file::memory:", ":memory:"}) {
    const Outcome outcome = run(std::string("--out ") + name);
    EXPECT_EQ(outcome.status, 0) << name << outcome.err;
    EXPECT_EQ(quartic(std::string("status ") + name).status, 0) << name;
  }
  EXPECT_TRUE(fs::exists(folder / "file:x/run.sqlite"));
}

TEST_F(StoreFolder, RefusesAStoreThatIsAPipe) {
  fs::create_directory(folder / "made");
  ASSERT_EQ(mkfifo((folder / "made/run.sqlite").c_str(), 0600), 0);
  const Outcome outcome = run("--out made");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(says(outcome.err, "run.sqlite is something else")) << outcome.err;
}

TEST_F(StoreFolder, RunsNoTriggerOfAStore) {
  run("--out made");
  sql("made", "CREATE TRIGGER t BEFORE INSERT ON records BEGIN SELECT RAISE(IGNORE); END");
  const Outcome outcome = run("--set replicates=12 --extend --out made");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(says(outcome.err, "triggers")) << outcome.err;
  EXPECT_EQ(quartic("merge saved made --quiet").status, 0);
  EXPECT_EQ(run("--set replicates=12 --extend --out saved").status, 0);
  EXPECT_EQ(StoreReader(path("saved")).count(study_of("saved")).done, 108);
}

TEST_F(StoreFolder, RefusesWhatIsNoShard) {
  for (const char* shard : {"0/3", "4/3", "3", "a/b", "1/0", "-1/3", ""})
    EXPECT_EQ(run("--out made --shard '" + std::string(shard) + "'").status, 2) << shard;
  EXPECT_FALSE(fs::exists(folder / "made"));
}

TEST_F(StoreFolder, RefusesNamesThatAreEmpty) {
  for (const char* option : {"--out", "--shard", "--checkpoints"}) {
    const Outcome outcome = run(option + std::string(" ''"));
    EXPECT_EQ(outcome.status, 2) << option;
    EXPECT_TRUE(says(outcome.err, std::string(option) + " was given without a name")) << outcome.err;
  }
  EXPECT_FALSE(fs::exists(folder / "runs"));
  run("--out made");
  EXPECT_EQ(quartic("export made --out ''").status, 2);
  EXPECT_TRUE(says(quartic("merge '' made").err, "the output folder has no name"));
}

}  // namespace
}  // namespace quartic::store_test
