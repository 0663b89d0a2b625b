#include "experiments/results/archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <tuple>

#include "core/require.hpp"
#include "experiments/results/record_key.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::archive_test {
namespace {

using doubles::KeepAll;
using doubles::plain_study;
using doubles::Ran;

/// Keeps records by what they are about: world, model, arm, size and replicate; not by their place in a
/// study.
class KeyedArchive final : public RecordArchive {
 public:
  using Key = std::tuple<std::string, std::string, Index, Index>;

  void for_each_finished(const Study&, const Cell& cell, const Take& take) override {
    std::vector<Record> found = of(cell);
    std::reverse(found.begin(), found.end());  // any order will do
    for (Record& record : found) take(record);
  }
  void keep(const Study&, const Cell& cell, std::span<const Record> more) override {
    const std::scoped_lock lock(mutex_);
    for (const Record& record : more) {
      const auto arm = std::find_if(cell.arms.begin(), cell.arms.end(),
                                    [&](const ArmSpec& one) { return one.name == record.arm; });
      const Key key{series(cell, *arm), record.arm, record.n, record.replicate};
      twice += records.contains(key);
      records[key] = record;
      records[key].cell = -1;
    }
    ++kept;
  }

  std::map<Key, Record> records;
  Index asked = 0, kept = 0, twice = 0;

 private:
  std::vector<Record> of(const Cell& cell) {
    const std::scoped_lock lock(mutex_);
    ++asked;
    std::vector<Record> found;
    for (const auto& [key, record] : records)
      for (const ArmSpec& arm : cell.arms)
        if (std::get<0>(key) == series(cell, arm) && std::get<1>(key) == arm.name) found.push_back(record);
    return found;
  }
  static std::string series(const Cell& cell, const ArmSpec& arm) {
    return canonical_json(cell.world.options) + arm.model.kind + canonical_json(arm.model.options);
  }
  std::mutex mutex_;
};

/// Two cells, an arm that fails at one size, and an arm with replicates of its own.
Study archived_study() {
  Study study = plain_study();
  Cell quiet = study.cells[0];
  quiet.arms[0].replicates = 6;
  quiet.arms[1].model.options["fails_at"] = Index{20};
  Cell noisy = quiet;
  noisy.id = 1;
  noisy.world.options["noise"] = 2.0;
  study.cells = {quiet, noisy};
  return study;
}

Ran run_with(const Study& study, RecordArchive* archive, EngineOptions options = {.threads = 1}) {
  options.archive = archive;
  return doubles::run_study(study, options);
}

std::string all_of(const Ran& ran) {
  std::ostringstream text;
  text << records_csv(ran.records) << history_csv(ran.records);
  ran.result.cube.write_npy(text);
  text << ran.result.failed;
  return text.str();
}

TEST(EngineArchive, RunsNothingOfAStudyThatIsFinished) {
  KeyedArchive archive;
  const Study study = archived_study();
  const Ran whole = run_with(study, nullptr), first = run_with(study, &archive);
  EXPECT_EQ(all_of(first), all_of(whole));
  EXPECT_EQ(archive.kept, 12);
  EXPECT_EQ(archive.asked, 2);
  const Ran second = run_with(study, &archive);
  EXPECT_EQ(archive.kept, 12);
  EXPECT_FALSE(second.result.interrupted);
  EXPECT_EQ(all_of(second), all_of(whole));
}

/// Most cells are complete and a few are not: while one thread runs or writes, others open what follows.
TEST(EngineArchive, WritesCellsInTheirOrderWhicheverThreadOpensThem) {
  const Study study = doubles::growing_study(60);
  KeyedArchive full;
  const std::string whole = all_of(run_with(study, &full));
  for (const int threads : {1, 2, 3, 8}) {
    KeyedArchive some;
    Index position = 0;
    for (const auto& [key, record] : full.records)
      if (++position % 97 != 0) some.records[key] = record;
    EXPECT_EQ(all_of(run_with(study, &some, {.threads = threads})), whole) << threads;
  }
}

/// Takes the records of two cells, and no more.
struct FullSink final : RecordSink {
  void write(std::span<const Record> records) override {
    if (thrown) ++after;
    thrown = thrown || records.front().cell == 2;
    if (thrown) throw InvalidInput("the disk is full (no byte fits). Empty it.");
  }
  bool thrown = false;
  int after = 0;
};

TEST(EngineArchive, WritesNothingMoreOnceTheSinkHasThrown) {
  const Study study = doubles::growing_study(60);
  KeyedArchive full;
  run_with(study, &full);
  for (const int threads : {1, 2, 4}) {
    FullSink sink;
    const EngineOptions options{.threads = threads, .archive = &full};
    EXPECT_THROW(run(study, options, sink), InvalidInput);
    EXPECT_TRUE(sink.thrown);
    EXPECT_EQ(sink.after, 0) << threads;
  }
}

TEST(EngineArchive, ResumesAfterAnySubsetOfRecordsToTheSameBytes) {
  const Study study = archived_study();
  KeyedArchive full;
  const std::string whole = all_of(run_with(study, &full));
  Stream stream = Stream(11).child("subset");
  for (int trial = 0; trial < 40; ++trial) {
    const double share = stream.uniform();
    KeyedArchive some;
    for (const auto& [key, record] : full.records)
      if (stream.uniform() < share) some.records[key] = record;
    const Ran resumed = run_with(study, &some, {.threads = 1 + trial % 2});
    EXPECT_EQ(all_of(resumed), whole) << trial;
    EXPECT_EQ(some.twice, 0) << trial;
    EXPECT_EQ(some.records.size(), full.records.size());
  }
}

TEST(EngineArchive, ResumesModelsThatShareTheirWorkToTheSameBits) {
  Study study = plain_study();
  study.sizes = {10, 30, 60};
  study.replicates = 2;
  study.catalogues = built_in_catalogues();
  Cell cell = study.cells[0];
  cell.world = {"sparse_linear", {{"candidates", Index{40}}, {"relevant", Index{3}}}};
  cell.arms = {{.name = "expert", .model = {"least_squares", {}}, .expert = Expert{2, 1, Forgets::at_random}},
               {.name = "flexible", .model = {"least_squares", {}}, .expert = {}},
               {.name = "shrunk", .model = {"ridge", {{"penalty", "noise*candidates/n"}}}, .expert = {}},
               {.name = "tuned", .model = {"ridge", {}}, .expert = {}},
               {.name = "sparse", .model = {"lasso", {}}, .expert = {}}};
  study.cells = {cell};
  const auto records = [&](RecordArchive* archive) {
    KeepAll sink;
    run(study, {.threads = 2, .archive = archive}, sink);
    return records_csv(sink.records);
  };
  KeyedArchive full;
  const std::string whole = records(&full);
  Stream stream = Stream(12).child("subset");
  for (int trial = 0; trial < 8; ++trial) {
    KeyedArchive some;
    for (const auto& [key, record] : full.records)
      if (stream.uniform() < 0.5) some.records[key] = record;
    EXPECT_EQ(records(&some), whole) << trial;
  }
}

TEST(EngineArchive, ExtendsReplicatesSizesValuesAndArmsToTheBytesOfAWholeRun) {
  const Study last = archived_study();
  KeyedArchive archive;
  Study step = last;
  step.claims.clear();         // about an arm that is to come
  Cell noisy = last.cells[1];  // one value, and it will move to another place
  noisy.id = 0;
  const Cell both_arms = noisy;
  noisy.arms.erase(noisy.arms.begin());
  step.cells = {noisy};
  step.sizes = {5, 20};
  step.replicates = 2;
  const std::vector<std::function<void(Study&)>> extensions = {
      [](Study&) {},
      [](Study& study) { study.replicates = 4; },
      [](Study& study) {
        study.sizes = {5, 10, 20, 40};
      },
      [&](Study& study) { study.cells = {both_arms}; },
      [&](Study& study) { study.cells = last.cells; },
  };
  for (const auto& extend : extensions) {
    extend(step);
    KeyedArchive fresh;
    EXPECT_EQ(all_of(run_with(step, &archive, {.threads = 2})), all_of(run_with(step, &fresh)));
    EXPECT_EQ(archive.twice, 0);
    EXPECT_EQ(archive.records.size(), fresh.records.size());
  }
  EXPECT_EQ(all_of(run_with(last, nullptr)), all_of(run_with(last, &archive)));
}

TEST(EngineArchive, LeavesOutWhatTheStudyDoesNotAskFor) {
  const Study large = archived_study();
  KeyedArchive archive;
  run_with(large, &archive);
  Study small = large;
  small.sizes = {10, 40};
  small.replicates = 3;
  std::vector<Cell> cells;
  for (Cell cell : large.cells) {
    cell.arms[0].replicates = 0;
    cells.push_back(cell);
  }
  small.cells = decltype(small.cells)(cells);
  const Ran ran = run_with(small, &archive);
  EXPECT_EQ(all_of(ran), all_of(run_with(small, nullptr)));
  EXPECT_EQ(archive.kept, 12);
}

TEST(EngineArchive, ShardsTogetherAreTheWholeStudy) {
  Study study = archived_study();
  study.replicates = 12;
  const std::string whole = all_of(run_with(study, nullptr));
  for (Index count : {1, 3, 8})
    for (bool backwards : {false, true}) {
      KeyedArchive merged;
      std::size_t records = 0;
      for (Index i = 1; i <= count; ++i) {
        KeyedArchive own;
        const Index index = backwards ? count + 1 - i : i;
        const Ran shard = run_with(study, &own, {.threads = 2, .shard = {index, count}});
        EXPECT_FALSE(shard.result.interrupted);
        records += shard.records.size();
        merged.records.merge(own.records);
        EXPECT_TRUE(own.records.empty()) << "two shards ran the same fit";
      }
      EXPECT_EQ(merged.records.size(), records);
      EXPECT_EQ(all_of(run_with(study, &merged)), whole);
      EXPECT_EQ(merged.kept, 0);
    }
}

TEST(EngineArchive, AShardLeavesTheOthersRecordsAbsent) {
  Study study = archived_study();
  study.replicates = 12;
  KeyedArchive full;
  run_with(study, &full);
  const Ran shard = run_with(study, &full, {.threads = 1, .shard = {2, 3}});
  EXPECT_EQ(full.twice, 0);
  ASSERT_FALSE(shard.records.empty());
  EXPECT_LT(shard.records.size(), full.records.size());
  const SeriesKeys keys(study);
  for (const Record& record : shard.records) {
    const Cell cell = study.cells[static_cast<std::size_t>(record.cell)];
    EXPECT_EQ(find_shard(keys.task_hash(cell), record.replicate, 3), 2);
  }
}

TEST(EngineArchive, RefusesAShardThatIsNone) {
  for (const Shard shard : {Shard{0, 3}, Shard{4, 3}, Shard{1, 0}})
    EXPECT_THROW(run_with(plain_study(), nullptr, {.threads = 1, .shard = shard}), InvalidInput);
}

TEST(EngineArchive, KeepsFailedFitsWithTheirMessageButNotTheirPlace) {
  KeyedArchive archive;
  run_with(archived_study(), &archive);
  Index failed = 0;
  for (const auto& [key, record] : archive.records) {
    if (record.report.status != FitStatus::failed) continue;
    ++failed;
    EXPECT_EQ(record.report.message, "this size, of all sizes, \"fails\"");
  }
  EXPECT_EQ(failed, 2 * 4);
  for (const Record& record : run_with(archived_study(), &archive).records)
    if (record.report.status == FitStatus::failed) {
      EXPECT_EQ(record.report.message, "this size, of all sizes, \"fails\" [cell " +
                                           std::to_string(record.cell) + ", arm flexible, n 20, replicate " +
                                           std::to_string(record.replicate) + "]");
    }
}

TEST(EngineArchive, KeepsTimesAndHistories) {
  Study study = plain_study();
  study.sizes = {5};  // fits of one size are timed
  KeyedArchive archive;
  run_with(study, &archive);
  for (auto& [key, record] : archive.records) {
    EXPECT_FALSE(std::isnan(record.report.cost.cpu_seconds));
    record.report.cost.cpu_seconds = 17;
    record.report.history = {{1, 0.5, 0.25}, {2, 0.125, 0.0625}};
  }
  for (const Record& record : run_with(study, &archive).records) {
    EXPECT_EQ(record.report.cost.cpu_seconds, 17);
    ASSERT_EQ(record.report.history.size(), 2u);
    EXPECT_EQ(record.report.history[1].training_error, 0.125);
  }
}

TEST(EngineArchive, CountsWhatWasThereAsDone) {
  const Study study = archived_study();
  KeyedArchive archive;
  run_with(study, &archive);
  const std::size_t all = archive.records.size();
  std::erase_if(archive.records, [](const auto& entry) { return std::get<3>(entry.first) == 1; });
  const Index there = std::ssize(archive.records);
  Progress last;
  std::vector<Index> done;
  run_with(study, &archive, {.threads = 1, .progress = [&](const Progress& now) {
                               last = now;
                               done.push_back(now.done);
                             }});
  EXPECT_EQ(last.total, static_cast<Index>(all));
  EXPECT_EQ(last.done, last.total);
  EXPECT_EQ(last.found, there);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(done.front(), there / 2);
}

TEST(EngineArchive, CountsTheFitsOfItsOwnShard) {
  Study study = archived_study();
  study.replicates = 12;
  Index sum = 0;
  for (Index index : {1, 2, 3}) {
    Progress last;
    const Ran shard =
        run_with(study, nullptr,
                 {.threads = 1, .progress = [&](const Progress& now) { last = now; }, .shard = {index, 3}});
    EXPECT_EQ(last.total, std::ssize(shard.records));
    EXPECT_EQ(last.done, last.total);
    sum += last.total;
  }
  EXPECT_EQ(sum, 2 * (6 + 12) * 4);
}

TEST(EngineArchive, AnAbandonedTaskLeavesNothing) {
  std::atomic<bool> stop = false;
  KeyedArchive archive;
  const auto in_the_second = [&](const Progress& now) { stop = now.done >= 12; };  // of 8 fits each
  const Ran ran = run_with(plain_study(), &archive,
                           {.threads = 1, .progress = in_the_second, .stop = &stop, .abandon = &stop});
  EXPECT_TRUE(ran.result.interrupted);
  EXPECT_EQ(archive.kept, 1);
  EXPECT_EQ(archive.records.size(), 8u);
  EXPECT_EQ(ran.records.size(), 8u);
}

Ran collected(const Study& study, RecordSource& source) {
  KeepAll sink;
  RunResult result = collect(study, source, sink);
  return {std::move(sink.records), std::move(result)};
}

TEST(EngineArchive, IsCollectedToWhatARunHandsOver) {
  const Study study = archived_study();
  KeyedArchive archive;
  const Ran whole = run_with(study, &archive);
  const Ran all = collected(study, archive);
  EXPECT_EQ(all_of(all), all_of(whole));
  EXPECT_FALSE(all.result.interrupted);
  std::erase_if(archive.records, [](const auto& one) { return one.second.replicate == 3; });
  const std::atomic<bool> stop = true;
  const Ran stopped = run_with(study, &archive, {.threads = 2, .stop = &stop});
  const Ran some = collected(study, archive);
  EXPECT_EQ(all_of(some), all_of(stopped));
  EXPECT_TRUE(some.result.interrupted);
  EXPECT_LT(some.records.size(), all.records.size());
}

TEST(EngineArchive, RunsOnlyTheFitsThatAreWanted) {
  const Study study = archived_study();
  EngineOptions options{.threads = 2};
  options.wanted = [](const Slot& slot) {
    return slot.cell == 1 && slot.size == 2 && slot.replicate % 2 == 1;
  };
  const Ran some = run_with(study, nullptr, options);
  std::vector<Record> expected = run_with(study, nullptr).records;
  std::erase_if(expected, [&](const Record& one) {
    return one.cell != 1 || one.n != study.sizes[2] || one.replicate % 2 == 0;
  });
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(records_csv(some.records), records_csv(expected));
  EXPECT_FALSE(some.result.interrupted);
}

TEST(EngineArchive, ShowsAllThatIsThereWhenItIsStoppedAtOnce) {
  const Study study = archived_study();
  KeyedArchive archive;
  const Ran whole = run_with(study, &archive);
  const std::atomic<bool> stop = true;
  const Ran stopped = run_with(study, &archive, {.threads = 2, .stop = &stop});
  EXPECT_EQ(records_csv(stopped.records), records_csv(whole.records));
  EXPECT_FALSE(stopped.result.interrupted);  // nothing is missing
}

struct Full final : RecordArchive {
  void for_each_finished(const Study&, const Cell& cell, const Take&) override {
    if (cell.id == 1) throw InvalidInput("the disk is gone (unplugged). Plug it in.");
  }
  void keep(const Study&, const Cell&, std::span<const Record>) override {
    if (full) throw InvalidInput("the disk is full (no byte fits). Empty it.");
  }
  bool full = false;
};

TEST(EngineArchive, PassesOnWhatTheArchiveThrows) {
  for (bool full : {true, false}) {
    Full archive;
    archive.full = full;
    try {
      run_with(archived_study(), &archive, {.threads = 2});
      FAIL();
    } catch (const InvalidInput& error) {
      EXPECT_EQ(std::string(error.what()).find(full ? "the disk is full" : "the disk is gone"), 0u);
    }
  }
}

TEST(EngineArchive, RunsWhatIsAllotted) {
  const Study study = plain_study();
  Allotment allotment(1, 2, 4, 2);
  allotment.at(0, 0, 3) = 5;
  allotment.at(0, 1, 0) = 0;
  const Ran whole = run_with(study, nullptr),
            ran = run_with(study, nullptr, {.threads = 2, .allotment = &allotment});
  EXPECT_EQ(ran.records.size(), 6u * 2 + 5);
  EXPECT_EQ(ran.result.cube.axes().replicates, 5);
  std::vector<Record> expected = whole.records;
  std::erase_if(expected, [](const Record& record) {
    if (record.arm == "expert" && record.n == 40) return false;
    return record.replicate >= 2 || (record.arm == "flexible" && record.n == 5);
  });
  std::vector<Record> both = ran.records;
  std::erase_if(both, [](const Record& record) { return record.replicate == 4; });
  EXPECT_EQ(records_csv(both), records_csv(expected));
}

}  // namespace
}  // namespace quartic::archive_test
