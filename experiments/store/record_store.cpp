#include "experiments/store/record_store.hpp"

#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>

#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/results/record_key.hpp"
#include "experiments/store/paths.hpp"
#include "experiments/store/salvage.hpp"
#include "experiments/store/series.hpp"
#include "experiments/store/state.hpp"
#include "experiments/store/stored_study.hpp"
#include "experiments/store/writer.hpp"
#include "models/linear/blas.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using namespace detail;

fs::path with_tables(const fs::path& folder) {
  finish_salvage(folder);
  const StoreState state = state_of_store(folder, Care::briefly);
  require_usable_store(folder, state);
  const fs::path file = StorePaths(folder).file;
  if (state == StoreState::absent) {
    Database database(file.string(), Access::create);
    make_tables(database);
  }
  return file;
}

void bind_all(Statement& statement, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    statement.bind(static_cast<int>(i) + 1, std::string_view(texts[i]));
}

Index begin_run(Database& database, const StoreOptions& options) {
  Statement put(database,
                "INSERT INTO runs(version, git_revision, compiler, flags, cpu, instruction_set, blas, host, "
                "shard, started, threads, process, records, seconds) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0.0)");
  const std::vector<std::string> texts = {
      std::string(version()),
      std::string(git_revision()),
      std::string(compiler()),
      std::string(compiler_flags()),
      cpu_model(),
      std::string(instruction_set()),
      blas_description(),
      host_name(),
      std::to_string(options.shard.index) + "/" + std::to_string(options.shard.count),
      now_in_utc()};
  bind_all(put, texts);
  put.bind(11, static_cast<Index>(options.threads));
  put.bind(12, static_cast<Index>(getpid()));
  put.execute();
  return database.number("SELECT max(id) FROM runs");
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
  throw MachineFailure(problem + "Free some space, then give the same command again.");
}

/// A series in another folder's store, with the keys it may have.
struct TheirSeries {
  std::vector<SeriesKey> keys;
  std::string content;
};

std::map<Index, TheirSeries> series_in(const Database& database) {
  std::map<Index, TheirSeries> all;
  Statement series(database, "SELECT id, key, content FROM series");
  while (series.step()) {
    TheirSeries& one = all[series.integer(0)];
    one.content = series.text(2);
    one.keys = keys_of_row(series.text(1), one.content);
  }
  return all;
}

const SeriesKey* key_that_proves(const StoredRecord& row, const TheirSeries& series) {
  for (const SeriesKey& key : series.keys)
    if (is_sound(key, row)) return &key;
  return nullptr;
}

const ArmSpec& arm_named(const Cell& cell, const std::string& name) {
  for (const ArmSpec& arm : cell.arms)
    if (arm.name == name) return arm;
  throw std::logic_error("a record of an arm that its cell does not have");
}

}  // namespace

class RecordStore::Parts {
 public:
  Parts(const std::string& folder, const Study& study, const StoreOptions& options);

  void for_each_finished(const Cell& cell, const Take& take);
  void keep(const Cell& cell, std::span<const Record> records);
  Index take_over(const fs::path& from);
  void finish();
  Index unsound() const { return unsound_; }

 private:
  Index id_of(const SeriesKey& key, const std::string& content, StoreChanges& changes);
  std::map<Index, Index> copy_runs(Database& from);

  const fs::path folder_;
  const SeriesKeys keys_;
  const bool retry_failed_;
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
  const Index run = begin_run(database, options);
  write_study(database, {study.text, StudyLabel{study.name, study.effort, options.shard, run}});
  // The study lies in the file itself, whatever happens to the log.
  database.run("COMMIT; PRAGMA wal_checkpoint(PASSIVE)");
  return run;
}

}  // namespace

RecordStore::Parts::Parts(const std::string& folder, const Study& study, const StoreOptions& options)
    : folder_(folder),
      keys_(study),
      retry_failed_(options.retry_failed),
      file_(with_tables(folder_)),
      database_(file_.string(), Access::write),
      run_(opened(database_, study, options)),
      ids_(database_),
      series_(database_),
      writer_(file_, run_) {
  write_study_file(folder_, study);
}

// Under the mutex.
Index RecordStore::Parts::id_of(const SeriesKey& key, const std::string& content, StoreChanges& changes) {
  const std::optional<Index> known = ids_.id_of(key);
  if (known && !ids_.is_changed(*known)) return *known;
  const bool changed = key_of(content) != key;
  if (known && changed) return *known;
  if (known) ids_.take_changed(*known);
  const Index id = known ? *known : ids_.add(key, changed);
  changes.series.push_back({id, to_string(key), content});
  return id;
}

void RecordStore::Parts::for_each_finished(const Cell& cell, const Take& take) {
  StoreChanges changes;
  {
    const std::scoped_lock lock(mutex_);
    for (const ArmSpec& arm : cell.arms) {
      const std::string content = keys_.content(cell, arm);
      const SeriesKey key = key_of(content);
      const std::optional<Index> id = ids_.id_of(key);
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

void RecordStore::Parts::keep(const Cell& cell, std::span<const Record> records) {
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
      key = key_of(content);
      id = id_of(key, content, changes);
    }
    changes.records.push_back({id, record, run_, checksum_of(key, record)});
  }
  writer_.add(std::move(changes));
}

// A run that an earlier merge brought here is not copied again.
std::map<Index, Index> RecordStore::Parts::copy_runs(Database& from) {
  std::map<Index, Index> ids;
  Statement runs(
      from,
      "SELECT id, version, git_revision, compiler, flags, cpu, instruction_set, blas, host, shard, "
      "started, last_commit, threads, process, records, seconds FROM runs");
  Statement put(database_,
                "INSERT INTO runs(version, git_revision, compiler, flags, cpu, instruction_set, blas, host, "
                "shard, started, last_commit, threads, process, records, seconds) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
  Statement known(
      database_,
      "SELECT max(id) FROM runs WHERE version IS ?1 AND git_revision IS ?2 AND compiler IS ?3 AND "
      "flags IS ?4 AND cpu IS ?5 AND instruction_set IS ?6 AND blas IS ?7 AND host IS ?8 AND "
      "shard IS ?9 AND started IS ?10 AND last_commit IS ?11 AND threads IS ?12 AND "
      "process IS ?13 AND records IS ?14 AND seconds IS ?15");
  while (runs.step()) {
    for (Statement* statement : {&known, &put}) {
      for (int column = 1; column <= 11; ++column) statement->bind(column, runs.text(column));
      for (int column = 12; column <= 14; ++column) statement->bind(column, runs.integer(column));
      statement->bind(15, runs.real(15));
    }
    Index& id = ids[runs.integer(0)];
    if (known.step()) id = known.integer(0);  // of NULL: 0
    known.reset();
    if (id == 0) {
      put.execute();
      id = database_.number("SELECT max(id) FROM runs");
    }
  }
  return ids;
}

Index RecordStore::Parts::take_over(const fs::path& from) {
  const StoreState state = state_of_store(from, Care::thoroughly);
  require(state != StoreState::absent, from.string() + " holds no store (there is no " +
                                           std::string(store_name) + " in it). Name the folder of a run.");
  require_usable_store(from, state);
  Database database(StorePaths(from).file.string(), Access::read);
  const std::scoped_lock lock(mutex_);
  const std::map<Index, Index> runs = copy_runs(database);
  const std::map<Index, TheirSeries> series = series_in(database);
  Statement rows(database, "SELECT " + row_columns() + " FROM records");
  Index taken = 0;
  StoreChanges changes;
  while (rows.step()) {
    std::optional<StoredRecord> row = read_record(rows);
    const auto found = row ? series.find(row->series) : series.end();
    const SeriesKey* const key = found == series.end() ? nullptr : key_that_proves(*row, found->second);
    if (!key) {
      ++unsound_;
      continue;
    }
    row->series = id_of(*key, found->second.content, changes);
    const auto run = runs.find(row->run);
    row->run = run == runs.end() ? run_ : run->second;
    changes.records.push_back(std::move(*row));
    if (++taken % 4096 == 0) writer_.add(std::exchange(changes, {}));
  }
  writer_.add(std::move(changes));
  return taken;
}

// One file, without a log beside it, where nobody reads along.
void RecordStore::Parts::finish() {
  writer_.finish();
  try {
    database_.run("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
  } catch (const SqliteError&) {
    return;  // somebody reads: the log stays, and is part of the store
  }
}

std::optional<Index> repair_store(const std::string& folder) {
  try {
    finish_salvage(folder);
    if (state_of_store(folder, Care::thoroughly) != StoreState::damaged) return std::nullopt;
    return salvage_store(folder);
  } catch (const SqliteError& error) {
    refuse(folder, error);
  } catch (const fs::filesystem_error& error) {
    throw MachineFailure("cannot repair the store in " + folder + " (" + error.code().message() +
                         "). Make its folder writable, or copy it to one that is.");
  }
}

bool needs_repair(const std::string& folder) {
  try {
    return fs::exists(StorePaths(folder).salvaged) ||
           state_of_store(folder, Care::thoroughly) == StoreState::damaged;
  } catch (const SqliteError& error) {
    throw InvalidInput("cannot read the store in " + folder + " (" + error.what() +
                       "). Check that you may read it.");
  }
}

RecordStore::RecordStore(std::string folder, const Study& study, StoreOptions options) try
    : parts_(std::make_unique<Parts>(folder, study, options)) {
} catch (const SqliteError& error) {
  refuse(folder, error);
} catch (const fs::filesystem_error& error) {
  throw InvalidInput("cannot use the folder " + folder + " (" + error.code().message() +
                     "). Choose a folder you may write to with --out.");
}

RecordStore::~RecordStore() = default;

void RecordStore::for_each_finished(const Study&, const Cell& cell, const Take& take) {
  try {
    parts_->for_each_finished(cell, take);
  } catch (const SqliteError& error) {
    throw MachineFailure("cannot read the store (" + std::string(error.what()) +
                         "). Give the same command again: it repairs what it can.");
  }
}

void RecordStore::keep(const Study&, const Cell& cell, std::span<const Record> records) {
  parts_->keep(cell, records);
}

Index RecordStore::take_over(const std::string& folder) {
  try {
    return parts_->take_over(folder);
  } catch (const SqliteError& error) {
    throw InvalidInput("cannot read the store in " + folder + " (" + error.what() + "). quartic resume " +
                       folder + " repairs it where that can be done.");
  }
}

void RecordStore::finish() {
  parts_->finish();
}

Index RecordStore::unsound() const {
  return parts_->unsound();
}

}  // namespace quartic
