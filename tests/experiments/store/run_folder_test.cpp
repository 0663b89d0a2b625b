#include "experiments/store/run_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/require.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/class_study.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/size_limit.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::run_folder_test {
namespace {

namespace fs = std::filesystem;
using doubles::plain_study;
using support::thrown_message;
using testing::Scratch;
using testing::SizeLimit;

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, std::string_view text) {
  std::ofstream(path) << text;
}

std::map<std::string, std::string> contents_of(const std::string& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : fs::directory_iterator(folder))
    contents[entry.path().filename().string()] = read(entry.path().string());
  return contents;
}

std::string run_into(const std::string& folder, const Study& study,
                     const EngineOptions& options = {.threads = 1}) {
  HeldFolder held(folder);
  RunFolder files(held, study);
  const RunResult result = run(study, options, files);
  return files.finish({study, result, "{\"findings\": []}\n"});
}

TEST(Store, DescribesKindsOfOnesOwnInItsManifest) {
  const Scratch scratch;
  run_into(scratch / "", plain_study());
  const std::string manifest = read(scratch / "manifest.json");
  EXPECT_NE(manifest.find("\"kind\": \"plain\""), std::string::npos) << manifest;
  EXPECT_NE(manifest.find("\"shrink\": 1"), std::string::npos) << manifest;
}

TEST(Store, LeavesEveryFileOfARun) {
  const Scratch scratch;
  const std::string digest = run_into(scratch / "a/b/run", plain_study());
  const auto files = contents_of(scratch / "a/b/run");
  std::string names;
  for (const auto& [name, text] : files) names += name + " ";
  EXPECT_EQ(names,
            "cube.json cube.npy findings.json manifest.json records.csv study.toml summary.csv timings.csv ");
  EXPECT_EQ(files.at("study.toml"), plain_study().text);
  EXPECT_EQ(files.at("findings.json"), "{\"findings\": []}\n");
  EXPECT_EQ(files.at("records.csv"),
            records_header() + "\n" + records_csv(doubles::run_study(plain_study()).records));
  EXPECT_EQ(digest, sha256(files.at("records.csv") + files.at("summary.csv") + files.at("findings.json") +
                           files.at("cube.npy")));
  for (const std::string& part :
       {digest, sha256(plain_study().text), std::string("\"name\": \"flexible\""),
        std::string("\"git_revision\""), std::string("\"seed\": 7"), std::string("\"blas\""),
        std::string("\"interrupted\": false"), std::string("\"jitter\": 0.1")})
    EXPECT_NE(files.at("manifest.json").find(part), std::string::npos) << part;
}

TEST(Store, WritesTheSameBytesForAnyNumberOfThreadsExceptTimes) {
  const Scratch scratch;
  Study study = plain_study();
  study.replicates = 30;
  run_into(scratch / "one", study, {.threads = 1});
  run_into(scratch / "two", study, {.threads = 2});
  auto one = contents_of(scratch / "one"), two = contents_of(scratch / "two");
  for (const char* name : {"manifest.json", "timings.csv"}) {
    one.erase(name);
    two.erase(name);
  }
  EXPECT_EQ(one, two);
}

TEST(Store, ReplacesAnEarlierRun) {
  const Scratch scratch;
  run_into(scratch / "run", plain_study());
  Study other = plain_study();
  other.seed = 8;
  run_into(scratch / "run", other);
  EXPECT_NE(read(scratch / "run/manifest.json").find("\"seed\": 8"), std::string::npos);
  EXPECT_EQ(contents_of(scratch / "run").size(), 8u);
}

TEST(Store, KeepsTheHistoriesOfFitsThatHaveOne) {
  const Scratch scratch;
  HeldFolder held(scratch / "run");
  RunFolder files(held, plain_study());
  doubles::Ran ran = doubles::run_study(plain_study());
  ran.records.front().report.history = {{.step = 3, .training_error = 0.5}};
  files.write(ran.records);
  files.finish({plain_study(), ran.result, "{}\n"});
  EXPECT_EQ(read(scratch / "run/history.csv"), history_header() + "\n0,expert,5,0,3,0.5,\n");
}

TEST(Store, RemovesTheHistoryOfAnEarlierRun) {
  const Scratch scratch;
  run_into(scratch / "run", plain_study());
  write(scratch / "run/history.csv", "of a model that kept one");
  run_into(scratch / "run", plain_study());
  EXPECT_FALSE(fs::exists(scratch / "run/history.csv"));
}

std::string write_class_records(const std::string& folder) {
  HeldFolder held(folder);
  RunFolder files(held, testing::class_study());
  const doubles::Ran ran = doubles::run_study(plain_study());
  const std::vector<Record>& records = testing::class_records();
  files.write(std::span(records).first(10));
  files.write(std::span(records).subspan(10));
  return files.finish({testing::class_study(), ran.result, "{}\n"});
}

TEST(Store, KeepsTheNumbersOfClassesInAFileOfTheirOwn) {
  const Scratch scratch;
  const std::string digest = write_class_records(scratch / "run");
  const auto files = contents_of(scratch / "run");
  EXPECT_EQ(files.at("classes.csv"), classes_header() + "\n" + classes_csv(testing::class_records()));
  EXPECT_EQ(files.at("records.csv"), records_header() + "\n" + records_csv(testing::class_records()));
  EXPECT_EQ(digest, sha256(files.at("records.csv") + files.at("summary.csv") + files.at("findings.json") +
                           files.at("cube.npy") + files.at("classes.csv")));
  EXPECT_NE(files.at("manifest.json").find("findings.json cube.npy classes.csv\""), std::string::npos);
}

TEST(Store, RemovesTheNumbersOfClassesOfAnEarlierRun) {
  const Scratch scratch;
  write_class_records(scratch / "run");
  run_into(scratch / "run", plain_study());
  EXPECT_FALSE(fs::exists(scratch / "run/classes.csv"));
  EXPECT_NE(read(scratch / "run/manifest.json").find("findings.json cube.npy\""), std::string::npos);
}

TEST(Store, KeepsAnEarlierRunWhenTheNewOneFails) {
  const Scratch scratch;
  run_into(scratch / "run", plain_study());
  const auto before = contents_of(scratch / "run");
  {
    HeldFolder held(scratch / "run");
    RunFolder unfinished(held, plain_study());
    unfinished.write(doubles::run_study(plain_study()).records);
  }
  EXPECT_EQ(contents_of(scratch / "run"), before);
}

TEST(Store, RemovesTheFoldersOfARunThatNeverFinished) {
  const Scratch scratch;
  {
    HeldFolder held(scratch / "new/folder/");
    const RunFolder unfinished(held, plain_study());
  }
  EXPECT_TRUE(scratch.empty());
}

TEST(Store, RefusesAFolderThatIsNotARun) {
  const Scratch scratch;
  write(scratch / "thesis.tex", "years of work");
  const std::string message = thrown_message([&] { HeldFolder folder(scratch / ""); });
  EXPECT_NE(message.find("thesis.tex"), std::string::npos) << message;
  EXPECT_NE(message.find("--out"), std::string::npos) << message;
  write(scratch / "manifest.json", "{\"name\": \"of some other program\"}");
  EXPECT_NE(thrown_message([&] { HeldFolder folder(scratch / ""); }), "");
  EXPECT_EQ(read(scratch / "thesis.tex"), "years of work");
}

TEST(Store, RefusesAFolderWithTheManifestOfSomethingElse) {
  Scratch scratch;
  for (const char* manifest : {R"({"schema_version": 1, "program": {"name": 3}})", "[]", "not JSON", ""}) {
    std::ofstream(scratch / "manifest.json") << manifest;
    EXPECT_THROW(HeldFolder(scratch / ""), InvalidInput) << manifest;
  }
}

TEST(Store, RefusesAFileInPlaceOfAFolder) {
  const Scratch scratch;
  write(scratch / "file", "");
  EXPECT_NE(thrown_message([&] { HeldFolder folder(scratch / "file"); }).find("is not a folder"),
            std::string::npos);
  EXPECT_NE(thrown_message([&] { HeldFolder folder(scratch / "file/below"); }).find("--out"),
            std::string::npos);
  EXPECT_NE(thrown_message([&] { HeldFolder folder(""); }), "");
}

TEST(Store, RefusesAFolderInWhichAnotherRunIsWriting) {
  const Scratch scratch;
  const HeldFolder first(scratch / "run");
  const std::string message = thrown_message([&] { HeldFolder second(scratch / "run"); });
  EXPECT_NE(message.find("another run is writing there"), std::string::npos) << message;
}

TEST(Store, TakesOverWhatAKilledRunLeft) {
  const Scratch scratch;
  fs::create_directory(scratch / "run");
  write(scratch / "run/records.csv.partial", "half a li");
  run_into(scratch / "run", plain_study());
  EXPECT_EQ(contents_of(scratch / "run").size(), 8u);
}

TEST(Store, NamesAFolderThatCannotBeWritten) {
  // /proc takes no files from anyone, root included.
  const std::string message = thrown_message([] { HeldFolder folder("/proc/quartic-run"); });
  EXPECT_NE(message.find("/proc/quartic-run"), std::string::npos) << message;
  EXPECT_NE(message.find("--out"), std::string::npos) << message;
}

TEST(Store, FailsClearlyOnAFullDiskAndLeavesNothingBehind) {
  Study study = plain_study();
  study.replicates = 800;
  for (rlim_t bytes : {10, 300000}) {  // at the end of the run, and in the middle of it
    const Scratch scratch;
    std::string message;
    {
      const SizeLimit limit(bytes);
      message = thrown_message([&] { run_into(scratch / "run", study, {.threads = 2}); });
    }
    EXPECT_NE(message.find("cannot write"), std::string::npos) << message;
    EXPECT_NE(message.find(".partial"), std::string::npos) << message;
    EXPECT_NE(message.find("Free some space"), std::string::npos) << message;
    EXPECT_TRUE(scratch.empty());
  }
}

TEST(Store, TakesAFolderThatChangesDuringTheRunForAFaultOfTheMachine) {
  for (const char* name : {"summary.csv", "manifest.json"}) {
    const Scratch scratch;
    const std::string obstacle = scratch / (std::string("run/") + name + ".partial");
    EXPECT_THROW(run_into(scratch / "run", plain_study(),
                          {.progress = [&](const Progress&) { fs::create_directory(obstacle); }}),
                 MachineFailure)
        << name;
  }
}

TEST(Store, KeepsTheFinishedWorkOfAnInterruptedRun) {
  const Scratch scratch;
  Study study = plain_study();
  study.replicates = 50;
  std::atomic<bool> stop = false;
  run_into(scratch / "run", study,
           {.threads = 1, .progress = [&](const Progress& now) { stop = now.done >= 40; }, .stop = &stop});
  const auto files = contents_of(scratch / "run");
  EXPECT_NE(files.at("manifest.json").find("\"interrupted\": true"), std::string::npos);
  EXPECT_NE(files.at("records.csv").find("\n0,flexible,40,4,"), std::string::npos);
  EXPECT_EQ(files.at("records.csv").find("\n0,flexible,40,40,"), std::string::npos);
}

TEST(Digest, MatchesThePublishedValues) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Digest pieces;
  pieces.add("a");
  pieces.add("bc");
  EXPECT_EQ(pieces.hexadecimal(), sha256("abc"));
}

}  // namespace
}  // namespace quartic::run_folder_test
