#pragma once
/// Finished records in memory: what rounds of an adaptive study hand on, and what tests look into.
#include <map>
#include <mutex>
#include <span>
#include <vector>

#include "experiments/results/archive.hpp"

namespace quartic {

/// Keeps finished records as long as it lives.
class MemoryArchive final : public RecordArchive {
 public:
  void for_each_finished(const Study&, const Cell& cell, const Take& take) override {
    const std::scoped_lock lock(mutex_);
    for (Record record : records_[cell.id]) take(record);
  }
  void keep(const Study&, const Cell& cell, std::span<const Record> records) override {
    const std::scoped_lock lock(mutex_);
    std::vector<Record>& kept = records_[cell.id];
    kept.insert(kept.end(), records.begin(), records.end());
  }
  /// By cell. Not while a run keeps more.
  const std::map<Index, std::vector<Record>>& records() const { return records_; }

 private:
  std::mutex mutex_;
  std::map<Index, std::vector<Record>> records_;
};

}  // namespace quartic
