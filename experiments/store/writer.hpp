#pragma once
/// The thread that writes a store.
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "experiments/store/rows.hpp"

namespace quartic::detail {

/// What is to be written, in this order.
struct StoreChanges {
  struct NewSeries {
    Index id = 0;
    std::string key, content;
  };
  struct Place {
    Index series = 0, n = 0, replicate = 0;
  };
  std::vector<NewSeries> series;
  std::vector<Place> unsound;  ///< rows to be removed
  std::vector<StoredRecord> records;

  bool empty() const { return series.empty() && unsound.empty() && records.empty(); }
  void append(StoreChanges&& more);
};

/// A queue and a thread that empties it into transactions: one is committed at once where none was for 50
/// milliseconds, else as soon as that is so. A process that is killed loses no more than that.
class StoreWriter {
 public:
  /// `run` is the row of the table runs that counts what is written.
  StoreWriter(const std::filesystem::path& file, Index run);
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;
  ~StoreWriter();

  /// From any thread; waits while the queue is long. Throws MachineFailure where writing has failed.
  void add(StoreChanges changes);
  /// Everything is committed afterwards. Throws MachineFailure likewise.
  void finish();

 private:
  void work();
  StoreChanges next_changes();
  void commit_forever();

  const std::filesystem::path file_;
  const Index run_;
  std::mutex mutex_;
  std::condition_variable arrived_, taken_;
  StoreChanges queue_;
  bool ending_ = false;
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace quartic::detail
