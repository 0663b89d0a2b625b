#include "experiments/store/writer.hpp"

#include <sys/stat.h>

#include <chrono>
#include <iterator>

#include "experiments/platform/machine.hpp"
#include "experiments/platform/machine_failure.hpp"

namespace quartic::detail {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;  // no jump of the machine's clock touches it

constexpr std::chrono::milliseconds between_commits{50};
constexpr std::size_t long_queue = 5000;  // of records, each with a series of its own at worst

MachineFailure failure(const fs::path& file, const std::string& reason) {
  return MachineFailure("cannot write " + file.string() + " (" + reason +
                        "). What had been finished is kept; set this right, then give the same command "
                        "again, and it goes on from there.");
}

template <class Item>
void move_to_end(std::vector<Item>& all, std::vector<Item>& more) {
  if (all.empty()) return all.swap(more);
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The connection and statements of the thread.
class Transactions {
 public:
  Transactions(const fs::path& file, Index run);
  void write(const StoreChanges& changes);
  void commit();

 private:
  void write_series(const StoreChanges::NewSeries& series);
  void remove(const StoreChanges::Place& place);
  void require_same_file() const;

  const fs::path file_;
  const Index run_;
  Database database_;
  Statement begin_, commit_, series_, remove_, count_;
  RecordInsert insert_;
  struct stat identity_ {};
  Index written_ = 0;
  const Clock::time_point start_ = Clock::now();
};

Transactions::Transactions(const fs::path& file, Index run)
    : file_(file),
      run_(run),
      database_(file.string(), Access::write),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      series_(database_, "INSERT OR REPLACE INTO series VALUES (?1, ?2, ?3)"),
      remove_(database_, "DELETE FROM records WHERE series = ?1 AND n = ?2 AND replicate = ?3"),
      count_(database_, "UPDATE runs SET last_commit = ?1, seconds = ?2, records = ?3 WHERE id = ?4"),
      insert_(database_) {
  // Readers go through the file once, for which SQLite's small cache is enough; rows of many series are not
  // written in the order of the file: a page for each that is under way.
  database_.run("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8192");
  stat(file_.c_str(), &identity_);
}

void Transactions::write_series(const StoreChanges::NewSeries& series) {
  series_.bind(1, series.id);
  series_.bind(2, std::string_view(series.key));
  series_.bind(3, std::string_view(series.content));
  series_.execute();
}

void Transactions::remove(const StoreChanges::Place& place) {
  remove_.bind(1, place.series);
  remove_.bind(2, place.n);
  remove_.bind(3, place.replicate);
  remove_.execute();
}

void Transactions::write(const StoreChanges& changes) {
  begin_.execute();
  for (const StoreChanges::NewSeries& series : changes.series) write_series(series);
  for (const StoreChanges::Place& place : changes.unsound) remove(place);
  for (const StoredRecord& record : changes.records) insert_(record);
  written_ += std::ssize(changes.records);
}

// SQLite would go on writing into files that have been removed, and all would be lost in the end.
void Transactions::require_same_file() const {
  struct stat now {};
  if (stat(file_.c_str(), &now) != 0 || now.st_dev != identity_.st_dev || now.st_ino != identity_.st_ino)
    throw failure(file_, "the file or its folder was removed while the run was writing");
}

void Transactions::commit() {
  const std::string now = now_in_utc();
  count_.bind(1, std::string_view(now));
  count_.bind(2, std::chrono::duration<double>(Clock::now() - start_).count());
  count_.bind(3, written_);
  count_.bind(4, run_);
  count_.execute();
  commit_.execute();
  require_same_file();
}

}  // namespace

void StoreChanges::append(StoreChanges&& more) {
  move_to_end(series, more.series);
  move_to_end(unsound, more.unsound);
  move_to_end(records, more.records);
}

StoreWriter::StoreWriter(const fs::path& file, Index run)
    : file_(file), run_(run), thread_([this] { work(); }) {}

StoreWriter::~StoreWriter() {
  try {
    finish();
  } catch (...) {  // finish() tells the caller
    return;
  }
}

void StoreWriter::add(StoreChanges changes) {
  std::unique_lock lock(mutex_);
  taken_.wait(lock, [&] { return error_ || queue_.records.size() < long_queue; });
  if (error_) std::rethrow_exception(error_);
  queue_.append(std::move(changes));
  arrived_.notify_one();
}

void StoreWriter::finish() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
    arrived_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  if (error_) std::rethrow_exception(error_);
}

// Waits for some; none at the end.
StoreChanges StoreWriter::next_changes() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return ending_ || !queue_.empty(); });
  taken_.notify_all();
  return std::exchange(queue_, {});
}

void StoreWriter::commit_forever() {
  Transactions transactions(file_, run_);
  for (StoreChanges changes = next_changes(); !changes.empty(); changes = next_changes()) {
    transactions.write(changes);
    transactions.commit();
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, between_commits, [&] { return ending_ || queue_.records.size() >= long_queue; });
  }
}

void StoreWriter::work() {
  std::exception_ptr error;
  try {
    commit_forever();
    return;
  } catch (const SqliteError& problem) {
    error = std::make_exception_ptr(failure(file_, problem.what()));
  } catch (...) {
    error = std::current_exception();
  }
  const std::scoped_lock lock(mutex_);
  error_ = error;
  taken_.notify_all();
}

}  // namespace quartic::detail
