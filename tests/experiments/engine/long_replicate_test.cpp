// Replicates that take long: their fits are kept as they end, and a run that stops waits for no more of them.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "experiments/results/memory_archive.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::long_replicate_test {
namespace {

using doubles::KeepAll;
using doubles::Marginal;

/// Calls back before each fit, with its number of rows.
struct Watched {
  std::function<void(Index)> before;
  std::string name() const { return "watched"; }
  Fit fit(const Data& data, Stream stream) const {
    before(data.rows());
    return Marginal{}.fit(data, std::move(stream));
  }
};

Study watched_study(std::function<void(Index)> before) {
  Study study = doubles::plain_study();
  study.replicates = 2;
  const Catalogues plain = doubles::catalogues();
  study.catalogues = Catalogues(
      plain.worlds(),
      {{"watched", "a model that is watched", {}, [before = std::move(before)](const OptionValues&) {
          return Model(Watched{before});
        }}});
  edit(study.cells)->arms = {{.name = "watched", .model = {"watched", {}}, .expert = {}}};
  edit(study.cells)->world.options["exact"] = false;  // risks are judged on fresh rows that fits share
  return study;
}

/// An archive that tells how much it holds.
class Archive final : public RecordArchive {
 public:
  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override {
    kept_.for_each_finished(study, cell, take);
  }
  void keep(const Study& study, const Cell& cell, std::span<const Record> records) override {
    kept_.keep(study, cell, records);
    const std::scoped_lock lock(mutex_);
    count_ += std::ssize(records);
    more_.notify_all();
  }
  /// Waits until there are so many; false where they do not come.
  bool comes_to(Index count) {
    std::unique_lock lock(mutex_);
    return more_.wait_for(lock, std::chrono::seconds(60), [&] { return count_ >= count; });
  }
  Index count() {
    const std::scoped_lock lock(mutex_);
    return count_;
  }

 private:
  MemoryArchive kept_;
  std::mutex mutex_;
  std::condition_variable more_;
  Index count_ = 0;
};

std::string run_to_csv(const Study& study, const EngineOptions& options) {
  KeepAll sink;
  run(study, options, sink);
  return records_csv(sink.records);
}

TEST(LongReplicate, LeavesItsFitsInTheArchiveAsTheyEnd) {
  const std::string whole = run_to_csv(watched_study([](Index) {}), {.threads = 1});
  for (const int threads : {1, 2}) {
    Archive archive;
    std::atomic<Index> waited = 0;
    // The last fit of the first replicate ends only when the others are kept.
    const Study study = watched_study([&](Index rows) {
      if (rows != 40 || waited++ > 0) return;
      EXPECT_TRUE(archive.comes_to(3));
    });
    EXPECT_EQ(run_to_csv(study, {.threads = threads, .long_seconds = 0, .archive = &archive}), whole);
    EXPECT_EQ(archive.count(), 8) << "each once";
  }
}

TEST(LongReplicate, IsKeptWholeWhereItIsNotLong) {
  Archive archive;
  const Study study = watched_study([&](Index) {
    std::this_thread::sleep_for(
        std::chrono::milliseconds(300));  // longer than the engine waits between looks
    EXPECT_EQ(archive.count() % 4, 0);
  });
  run_to_csv(study, {.threads = 1, .archive = &archive});
}

TEST(LongReplicate, BeginsNoMoreFitsOnceTheRunIsToStopAndGoesOnToTheSameBits) {
  const std::string whole = run_to_csv(watched_study([](Index) {}), {.threads = 1});
  std::atomic<bool> stop = false;
  Archive archive;
  KeepAll sink;
  const RunResult result = run(watched_study([&](Index) { stop = true; }),
                               {.threads = 1, .stop = &stop, .long_seconds = 0, .archive = &archive}, sink);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(archive.count(), 1);
  EXPECT_EQ(sink.records.size(), 1u) << "what is there is handed over";
  EXPECT_EQ(run_to_csv(watched_study([](Index) {}), {.threads = 2, .archive = &archive}), whole);
}

TEST(LongReplicate, FinishesWhereItIsNotLong) {
  std::atomic<bool> stop = false;
  KeepAll sink;
  run(watched_study([&](Index) { stop = true; }), {.threads = 1, .stop = &stop}, sink);
  EXPECT_EQ(sink.records.size(), 4u);
}

TEST(LongReplicate, TellsOnceHowLongTheRunningFitsTakeWhenTheRunIsToStop) {
  std::atomic<bool> stop = false, told = false;
  std::atomic<Index> fits = 0, times = 0;
  double seconds = -1;
  const Study study = watched_study([&](Index) {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    if (++fits < 5) return;  // of the second replicate, all of whose sizes are known
    stop = true;
    while (!told) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  run_to_csv(study, {.threads = 1, .stop = &stop, .stopping = [&](double about) {
                       seconds = about;
                       ++times;
                       told = true;
                     }});
  EXPECT_EQ(times, 1);
  EXPECT_TRUE(std::isfinite(seconds));
  EXPECT_GE(seconds, 0);
}

}  // namespace
}  // namespace quartic::long_replicate_test
