#include "experiments/store/record_store.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <limits>
#include <thread>

#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/sqlite.hpp"
#include "experiments/store/reader.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/found_records.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/size_limit.hpp"
#include "tests/support/store_bytes.hpp"
#include "tests/support/stored_records.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::record_store_test {
namespace {

namespace fs = std::filesystem;
using detail::Access;
using detail::Database;
using doubles::plain_study;
using support::thrown_message;
using testing::bits_of;
using testing::bytes_of;
using testing::fill;
using testing::found_records;
using testing::long_records;
using testing::long_study;
using testing::Scratch;
using testing::SizeLimit;
using testing::stored;

TEST(RecordStore, GivesBackEveryBit) {
  const Scratch scratch;
  const double inf = std::numeric_limits<double>::infinity();
  Record odd{.arm = "expert", .n = 5, .replicate = 3};
  odd.excess_risk = -0.0;
  odd.normalised_error = inf;
  odd.theory = std::nextafter(1.0, 2.0);
  odd.report.status = FitStatus::diverged;
  odd.report.parameters = -1;
  odd.report.message = "a \"quoted\"\nmessage, in two lines: \xc3\xbc";
  odd.report.history = {{.step = 3, .training_error = 0.5}, {4, -inf, 5e-324}, {1L << 60, -0.0, inf}};
  const Record plain{.arm = "flexible", .n = 10, .replicate = 0, .excess_risk = 3};
  const std::vector<Record> records = {odd, plain};
  fill(scratch / "", plain_study(), records);
  const std::vector<Record> back = stored(scratch / "", plain_study());
  EXPECT_EQ(bits_of(back), bits_of(records));
  ASSERT_EQ(back.size(), 2u);
  const Record& read = back[0].arm == "expert" ? back[0] : back[1];
  EXPECT_TRUE(std::signbit(read.excess_risk));
  EXPECT_EQ(read.report.message, odd.report.message);
  ASSERT_EQ(read.report.history.size(), 3u);
  EXPECT_TRUE(std::signbit(read.report.history[2].training_error));
  EXPECT_EQ(read.report.history[1].validation_error, 5e-324);
}

TEST(RecordStore, FindsRecordsOfAStudyThatHasGrown) {
  const Scratch scratch;
  fill(scratch / "", long_study(), long_records());
  Study grown = long_study();
  grown.sizes.push_back(80);
  grown.replicates = 300;
  Cell cell = grown.cells[0];
  cell.id = 4;
  std::swap(cell.arms[0], cell.arms[1]);
  cell.arms[0].model.options["jitter"] = 0.2;  // another series
  RecordStore store(scratch / "", grown);
  const std::vector<Record> found = found_records(store, grown, cell);
  EXPECT_EQ(found.size(), 800u);
  for (const Record& record : found) {
    EXPECT_EQ(record.arm, "expert");
    EXPECT_EQ(record.cell, 4);
  }
}

TEST(RecordStore, LeavesOneFileAndTheStudyBesideIt) {
  const Scratch scratch;
  fill(scratch / "", plain_study(), {});
  std::vector<std::string> names;
  for (const std::string& path : scratch.files()) names.push_back(fs::path(path).filename().string());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"run.sqlite", "study.toml"}));
  EXPECT_EQ(bytes_of(scratch / "study.toml"), plain_study().text);
}

TEST(RecordStore, CanBeReadWhileItIsWritten) {
  const Scratch scratch;
  const Study study = long_study();
  RecordStore store(scratch / "", study);
  store.keep(study, study.cells[0], std::span(long_records()).first(10));
  Index seen = 0;
  for (int tries = 0; tries < 200 && seen < 10; ++tries) {
    Database reader(scratch / "run.sqlite", Access::read);
    seen = reader.number("SELECT count(*) FROM records");
    usleep(10000);
  }
  EXPECT_EQ(seen, 10);
  const StoreCounts counts = StoreReader(scratch / "").count(study);
  EXPECT_EQ(counts.done, 10);
  EXPECT_EQ(counts.total, 1600);
}

TEST(RecordStore, SaysWhichRunWroteARecord) {
  const Scratch scratch;
  const std::span<const Record> records = long_records();
  fill(scratch / "", long_study(), records.first(10));
  fill(scratch / "", long_study(), records.subspan(10, 20));
  const StoreReader reader(scratch / "");
  const std::vector<StoredRun> runs = reader.runs();
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].records, 10);
  EXPECT_EQ(runs[1].records, 20);
  EXPECT_FALSE(runs[0].cpu.empty());
  EXPECT_EQ(runs[0].shard, "1/1");
  Index last = 0;
  reader.for_each(long_study(), [&](const FoundRecord& found) { last = std::max(last, found.run); });
  EXPECT_EQ(last, 2);
}

TEST(RecordStore, FindsARecordByTheBeginningOfItsKey) {
  const Scratch scratch;
  fill(scratch / "", long_study(), long_records());
  const StoreReader reader(scratch / "");
  const Study study = long_study();
  const std::string key = to_string(SeriesKeys(study).key(study.cells[0], study.cells[0].arms[1]));
  const FoundRecord found = reader.find(study, {key.substr(0, 6), 20, 7});
  EXPECT_EQ(found.key, key);
  EXPECT_EQ(found.record.arm, "flexible");
  EXPECT_EQ(found.record.replicate, 7);
  EXPECT_EQ(make_series_key(found.content), SeriesKeys(study).key(study.cells[0], study.cells[0].arms[1]));
  EXPECT_NE(thrown_message([&] { reader.find(study, {key, 20, 200}); }), "");
  EXPECT_NE(thrown_message([&] { reader.find(study, {"000000", 20, 7}); }), "");
}

TEST(RecordStore, RunsFailedFitsAgainWhereItIsAskedTo) {
  const Scratch scratch;
  const Study study = plain_study();
  Record failed{.arm = "expert", .n = 5, .replicate = 0};
  failed.report.status = FitStatus::failed;
  fill(scratch / "", study, std::vector<Record>{failed});
  EXPECT_EQ(stored(scratch / "", study).size(), 1u);
  RecordStore store(scratch / "", study, {.retry_failed = true});
  EXPECT_TRUE(found_records(store, study, study.cells[0]).empty());
  failed.report.status = FitStatus::converged;
  store.keep(study, study.cells[0], std::vector<Record>{failed});
  store.finish();
  EXPECT_EQ(stored(scratch / "", study)[0].report.status, FitStatus::converged);
}

TEST(RecordStore, TakesOverWhatOtherStoresHave) {
  const Scratch scratch;
  const std::span<const Record> records = long_records();
  fill(scratch / "a", long_study(), records.first(700));
  fill(scratch / "b", long_study(), records.subspan(500));
  fs::create_directory(scratch / "all");
  RecordStore all(scratch / "all", long_study());
  EXPECT_EQ(all.take_over(scratch / "b").records, 1100);
  EXPECT_EQ(all.take_over(scratch / "a").records, 700);
  all.finish();
  EXPECT_EQ(bits_of(stored(scratch / "all", long_study())), bits_of(records));
  EXPECT_EQ(StoreReader(scratch / "all").runs().size(), 4u);
  EXPECT_NE(thrown_message([&] { all.take_over(scratch / "none"); }), "");
}

TEST(RecordStore, KnowsItsLatestRunAndWhichShardThatTook) {
  const Scratch scratch;
  const Study study = long_study();
  fs::create_directory(scratch / "part");
  RecordStore(scratch / "part", study, {.shard = {2, 3}}).finish();
  Database(scratch / "part/run.sqlite", Access::write).run("UPDATE runs SET seconds = NULL");
  fs::create_directory(scratch / "all");
  {
    RecordStore all(scratch / "all", study);
    for (int again = 0; again < 2; ++again) all.take_over(scratch / "part");
  }
  const StoreReader reader(scratch / "all");
  EXPECT_EQ(reader.runs().size(), 2u) << "a run is taken over once";
  EXPECT_EQ(reader.shard().value().count, 1);
  EXPECT_EQ(reader.last_run().value().shard, "1/1");
  EXPECT_EQ(StoreReader(scratch / "part").shard().value().index, 2);
  Database(scratch / "all/run.sqlite", Access::write).run("UPDATE study SET shards = 3");
  EXPECT_FALSE(reader.shard());
  EXPECT_FALSE(reader.last_run());
}

// As where a log that a killed run left is removed.
TEST(RecordStore, HasItsStudyInTheFileWhateverHappensToTheLog) {
  const Scratch scratch;
  Study study = long_study();
  study.name = "named";
  const Scratch copy;
  {
    const RecordStore store(scratch / "", study);
    fs::copy_file(scratch / "run.sqlite", copy / "run.sqlite");
  }
  const StoreReader reader(copy / "");
  EXPECT_EQ(reader.study_text(), study.text);
  EXPECT_TRUE(reader.shard());
}

TEST(RecordStore, RefusesANewerVersionAndTheDatabaseOfSomethingElse) {
  const Scratch scratch;
  fill(scratch / "", plain_study(), {});
  Database(scratch / "run.sqlite", Access::write)
      .run("PRAGMA user_version = 4; UPDATE study SET version = 4");
  const std::string before = bytes_of(scratch / "run.sqlite");
  for (const auto& open : {std::function<void()>([&] { stored(scratch / "", plain_study()); }),
                           std::function<void()>([&] { StoreReader(scratch / ""); })}) {
    const std::string message = thrown_message(open);
    EXPECT_NE(message.find("newer version"), std::string::npos) << message;
  }
  EXPECT_EQ(bytes_of(scratch / "run.sqlite"), before);

  const Scratch other;
  Database(other / "run.sqlite", Access::create).run("CREATE TABLE letters(text)");
  const std::string message = thrown_message([&] { stored(other / "", plain_study()); });
  EXPECT_NE(message.find("something else"), std::string::npos) << message;
}

TEST(RecordStore, KeepsWhatWasCommittedWhenTheDiskIsFull) {
  const Scratch scratch;
  const Study study = long_study();
  const std::span<const Record> records = long_records();
  fill(scratch / "", study, records.first(100));
  std::string message;
  {
    RecordStore store(scratch / "", study);
    const SizeLimit limit(100000);
    store.keep(study, study.cells[0], records.subspan(100));
    message = thrown_message([&] { store.finish(); });
  }
  EXPECT_NE(message.find("cannot write"), std::string::npos) << message;
  EXPECT_NE(message.find("same command again"), std::string::npos) << message;
  const std::vector<Record> kept = stored(scratch / "", study);
  EXPECT_EQ(bits_of(kept), bits_of(records.first(100)));
}

TEST(RecordStore, NamesItselfWhereTheDiskIsFullInAMerge) {
  const Scratch scratch;
  fill(scratch / "from", long_study(), std::span(long_records()).first(10));
  fs::create_directory(scratch / "all");
  RecordStore all(scratch / "all", long_study());
  std::string message;
  {
    const SizeLimit limit(0);
    message = thrown_message([&] { all.take_over(scratch / "from"); });
  }
  EXPECT_NE(message.find("cannot use the store in " + scratch / "all"), std::string::npos) << message;
  EXPECT_NE(message.find("Free some space"), std::string::npos) << message;
}

// A run that was killed before it made the tables.
TEST(RecordStore, TakesAFileWithoutTablesForNoStore) {
  const Scratch scratch;
  for (const bool has_header : {false, true}) {
    fs::remove(scratch / "run.sqlite");
    Database(scratch / "run.sqlite", Access::create).run(has_header ? "PRAGMA journal_mode = WAL" : "");
    EXPECT_FALSE(StoreReader::exists(scratch / ""));
    EXPECT_NE(thrown_message([&] { StoreReader(scratch / ""); }).find("holds no store"), std::string::npos);
    EXPECT_TRUE(stored(scratch / "", plain_study()).empty());
  }
}

TEST(RecordStore, NoticesThatItsFolderIsGone) {
  const Scratch scratch;
  const Study study = long_study();
  fs::create_directory(scratch / "run");
  RecordStore store(scratch / "run", study);
  fs::remove_all(scratch / "run");
  const auto keep_all = [&] {
    store.keep(study, study.cells[0], long_records());
    store.finish();
  };
  EXPECT_THROW(keep_all(), MachineFailure);
  EXPECT_THROW(store.keep(study, study.cells[0], long_records()), MachineFailure);
}

/// What a process that is killed shares with its parent.
struct Kept {
  std::atomic<Index> records;
  std::array<double, 4000> moments;
};

double now_in_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Keeps a record a millisecond until it is killed.
[[noreturn]] void keep_until_killed(const std::string& folder, Kept& kept) {
  const Study study = long_study();
  RecordStore store(folder, study);
  for (;; usleep(1000)) {
    const Index i = kept.records;
    kept.moments[static_cast<std::size_t>(i)] = now_in_seconds();
    store.keep(study, study.cells[0], std::span(long_records()).subspan(static_cast<std::size_t>(i), 1));
    kept.records = i + 1;
  }
}

/// Seconds of work that are lost when a process is killed this long after its first record.
double lost_seconds(double moment) {
  const Scratch scratch;
  void* const shared = mmap(nullptr, sizeof(Kept), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  Kept& kept = *new (shared) Kept;
  long_records();  // before the fork
  const pid_t child = fork();
  if (child == 0) keep_until_killed(scratch / "", kept);
  while (kept.records == 0) usleep(1000);
  std::this_thread::sleep_for(std::chrono::duration<double>(moment));
  kill(child, SIGKILL);
  const double end = now_in_seconds();
  waitpid(child, nullptr, 0);
  const auto stored_records = static_cast<Index>(stored(scratch / "", long_study()).size());
  const double lost =
      kept.records > stored_records ? end - kept.moments[static_cast<std::size_t>(stored_records)] : 0.0;
  munmap(shared, sizeof(Kept));
  return lost;
}

// The median, because a busy machine may keep any one process waiting for longer.
TEST(RecordStore, LosesATenthOfASecondWhenItIsKilled) {
  std::vector<double> lost;
  for (int i = 0; i < 11; ++i) lost.push_back(lost_seconds(0.1 + 0.023 * i));
  std::sort(lost.begin(), lost.end());
  EXPECT_LE(lost[lost.size() / 2], 0.1);
}

TEST(RecordStore, NamesAFolderThatCannotBeWritten) {
  const std::string message = thrown_message([] { RecordStore("/proc", plain_study()); });
  EXPECT_NE(message.find("/proc"), std::string::npos) << message;
  EXPECT_NE(message.find("--out"), std::string::npos) << message;
}

}  // namespace
}  // namespace quartic::record_store_test
