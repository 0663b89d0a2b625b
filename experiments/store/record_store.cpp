#include "experiments/store/record_store.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "experiments/platform/machine.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/results/record_key.hpp"
#include "experiments/store/demand.hpp"
#include "experiments/store/other_store.hpp"
#include "experiments/store/series.hpp"
#include "experiments/store/state.hpp"
#include "experiments/store/stored_study.hpp"
#include "experiments/store/writer.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using namespace detail;

fs::path with_tables(const fs::path& folder) {
  StoreState state = state_of_store(folder, Care::thoroughly);
  if (state == StoreState::damaged && mend_order(folder)) state = StoreState::sound;
  require_usable_store(folder, state);
  fs::path file = store_file(folder);
  if (state == StoreState::absent) {
    Database database(file.string(), Access::create);
    make_tables(database);
  }
  return file;
}

StoredRun this_run(const StoreOptions& options) {
  const Builder own = this_builder();
  return {.version = own.version,
          .git_revision = own.git_revision,
          .compiler = own.compiler,
          .flags = own.flags,
          .cpu = own.cpus.front(),
          .instruction_set = own.instruction_set,
          .blas = own.blas,
          .host = host_name(),
          .shard = std::to_string(options.shard.index) + "/" + std::to_string(options.shard.count),
          .started = now_in_utc(),
          .last_commit = {},
          .threads = options.threads,
          .process = getpid()};
}

void write_study_file(const fs::path& folder, const Study& study) {
  PartialFile file(folder / "study.toml");
  file.append(study.text);
  file.complete();
  file.put_in_place();
}

// Worded for the user, who chose the folder.
[[noreturn]] void refuse(const fs::path& folder, const SqliteError& error) {
  const std::string problem = "cannot use the store in " + folder.string() + " (" + error.what() + "). ";
  if (error.forbidden()) throw InvalidInput(problem + "Choose a folder you may write to with --out.");
  throw MachineFailure(problem +
                       (is_exhausted(error.reason())
                            ? remedy(error.reason(), "--out")
                            : "Free some space, or check the disk, then give the same command again."));
}

auto reading(const auto& read) try { return read(); } catch (const SqliteError& error) {
  throw MachineFailure("cannot read the store (" + std::string(error.what()) +
                       "). Check the disk, then give the same command again.");
}

const ArmSpec& arm_named(const Cell& cell, const std::string& name) {
  for (const ArmSpec& arm : cell.arms)
    if (arm.name == name) return arm;
  throw std::logic_error("a record of an arm that its cell does not have");
}

}  // namespace

class RecordStore::Impl {
 public:
  Impl(const std::string& folder, const Study& study, const StoreOptions& options);

  void for_each_finished(const Cell& cell, const Take& take);
  void keep(const Cell& cell, std::span<const Record> records);
  TakenOver take_over(const fs::path& from);
  void finish();
  StudyBuilders builders(const Study& study);
  Index unsound() const { return unsound_; }

 private:
  Index enter_id(const SeriesKey& key, const std::string& content, StoreChanges& changes);
  std::map<Index, Index> copy_runs(const std::vector<StoredRun>& theirs);

  const fs::path folder_;
  const SeriesKeys keys_;
  const bool retry_failed_;
  const Shard shard_;
  const fs::path file_;
  Database database_;
  const Index run_;
  std::mutex mutex_;  // of what follows
  SeriesIds ids_;
  SeriesReader series_;
  std::atomic<Index> unsound_ = 0;
  StoreWriter writer_;
};

namespace {

// The log is made here, before two connections share the file.
Index opened(Database& database, const Study& study, const StoreOptions& options) {
  database.run("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE");
  const Index run = put_run(database, this_run(options));
  write_study(database, {study.text, StudyLabel{study.name, study.effort, options.shard, run}});
  // The study lies in the file itself, whatever happens to the log.
  database.run("COMMIT; PRAGMA wal_checkpoint(PASSIVE)");
  return run;
}

}  // namespace

RecordStore::Impl::Impl(const std::string& folder, const Study& study, const StoreOptions& options)
    : folder_(folder),
      keys_(study),
      retry_failed_(options.retry_failed),
      shard_(options.shard),
      file_(with_tables(folder_)),
      database_(file_.string(), Access::write),
      run_(opened(database_, study, options)),
      ids_(database_),
      series_(database_),
      writer_(file_, run_) {
  write_study_file(folder_, study);
}

// Under the mutex.
Index RecordStore::Impl::enter_id(const SeriesKey& key, const std::string& content, StoreChanges& changes) {
  const std::optional<Index> known = ids_.find_id(key);
  if (known && !ids_.is_changed(*known)) return *known;
  const bool changed = make_series_key(content) != key;
  if (known && changed) return *known;
  if (known) ids_.take_changed(*known);
  const Index id = known ? *known : ids_.add(key, changed);
  changes.series.push_back({id, to_string(key), content});
  return id;
}

void RecordStore::Impl::for_each_finished(const Cell& cell, const Take& take) {
  StoreChanges changes;
  {
    const std::scoped_lock lock(mutex_);
    for (const ArmSpec& arm : cell.arms) {
      const std::string content = keys_.content(cell, arm);
      const SeriesKey key = make_series_key(content);
      const std::optional<Index> id = ids_.find_id(key);
      if (!id) continue;
      if (ids_.take_changed(*id)) changes.series.push_back({*id, to_string(key), content});
      const auto sound = [&](StoredRecord& row) {
        if (retry_failed_ && row.record.report.status == FitStatus::failed) return;
        row.record.cell = cell.id;
        row.record.arm = arm.name;
        take(row.record);
      };
      series_.read(*id, key, sound, [&](Index n, Index replicate) {
        changes.unsound.push_back({*id, n, replicate});
      });
    }
  }
  unsound_ += std::ssize(changes.unsound);
  if (!changes.empty()) writer_.add(std::move(changes));
}

void RecordStore::Impl::keep(const Cell& cell, std::span<const Record> records) {
  StoreChanges changes;
  changes.records.reserve(records.size());
  const std::string* arm = nullptr;
  std::string content;
  SeriesKey key;
  const std::scoped_lock lock(
      mutex_);  // held until the changes are queued: a series comes before its records
  Index id = 0;
  for (const Record& record : records) {
    if (!arm || *arm != record.arm) {
      arm = &record.arm;
      content = keys_.content(cell, arm_named(cell, record.arm));
      key = make_series_key(content);
      id = enter_id(key, content, changes);
    }
    changes.records.push_back({id, record, run_, compute_checksum(key, record)});
  }
  writer_.add(std::move(changes));
}

// A run that an earlier merge brought here is not copied again.
std::map<Index, Index> RecordStore::Impl::copy_runs(const std::vector<StoredRun>& theirs) try {
  std::map<Index, Index> ids;
  const std::vector<StoredRun> ours = runs_in(database_);
  for (const StoredRun& run : theirs) {
    const auto known = std::find_if(ours.begin(), ours.end(), [&](StoredRun one) {
      one.id = run.id;
      return one == run;
    });
    ids[run.id] = known == ours.end() ? put_run(database_, run) : known->id;
  }
  return ids;
} catch (const SqliteError& error) {
  refuse(folder_, error);  // here, because the caller takes an error for one of the other store
}

TakenOver RecordStore::Impl::take_over(const fs::path& from) {
  OtherStore other(from);
  const std::scoped_lock lock(mutex_);
  const std::map<Index, Index> runs = copy_runs(other.runs());
  Index taken = 0;
  StoreChanges changes;
  other.for_each_sound([&](StoredRecord& row, const SeriesKey& key, const std::string& content) {
    row.series = enter_id(key, content, changes);
    const auto run = runs.find(row.run);
    row.run = run == runs.end() ? 0 : run->second;
    changes.records.push_back(std::move(row));
    if (++taken % 4096 == 0) writer_.add(std::exchange(changes, {}));
  });
  writer_.add(std::move(changes));
  unsound_ += other.unsound();
  return {taken, other.damaged()};
}

// Through a connection of its own: pages that another has read may be older than what the writer wrote, once
// there is no log any more.
StudyBuilders RecordStore::Impl::builders(const Study& study) {
  const std::scoped_lock lock(mutex_);
  return builders_in(Database(file_.string(), Access::read), Demand(study, shard_, ids_));
}

// One file, without a log beside it, where nobody reads along.
void RecordStore::Impl::finish() {
  writer_.finish();
  try {
    database_.run("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
  } catch (const SqliteError&) {
    return;  // somebody reads: the log stays, and is part of the store
  }
}

RecordStore::RecordStore(std::string folder, const Study& study, StoreOptions options) try
    : impl_(std::make_unique<Impl>(folder, study, options)) {
} catch (const SqliteError& error) {
  refuse(folder, error);
} catch (const fs::filesystem_error& error) {
  refuse_file("use the folder", folder, error.code().value(), "--out");
}

RecordStore::~RecordStore() = default;

void RecordStore::for_each_finished(const Study&, const Cell& cell, const Take& take) {
  reading([&] { impl_->for_each_finished(cell, take); });
}

StudyBuilders RecordStore::builders(const Study& study) {
  return reading([&] { return impl_->builders(study); });
}

void RecordStore::keep(const Study&, const Cell& cell, std::span<const Record> records) {
  impl_->keep(cell, records);
}

TakenOver RecordStore::take_over(const std::string& folder) {
  try {
    return impl_->take_over(folder);
  } catch (const SqliteError& error) {
    refuse_store(folder, error);
  }
}

void RecordStore::finish() {
  impl_->finish();
}

Index RecordStore::unsound() const {
  return impl_->unsound();
}

}  // namespace quartic
