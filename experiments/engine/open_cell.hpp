#pragma once
/// A cell under way: which of its tasks are left, and what the cube cannot hold of its records.
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "experiments/engine/engine.hpp"
#include "experiments/engine/setup.hpp"
#include "experiments/engine/task.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/results/record_key.hpp"

namespace quartic::detail {

/// What is the same for all cells of a run.
struct RunPlace {
  const Study& study;
  const EngineOptions& options;
  const SeriesKeys& keys;
  Cube& cube;
  RecordSource* source;  ///< of what is finished; null: nothing is
};

/// How many replicates an arm has at a size (a position).
Index replicates_at(const Study& study, const EngineOptions& options, const Cell& cell, Index arm,
                    Index size);

class OpenCell {
 public:
  /// Asks the source, and fills the cube with what it has.
  OpenCell(const RunPlace& place, Index position);

  /// The next replicate that lacks a fit, each once. From one thread at a time.
  std::optional<Index> next_replicate();
  /// The fits that this replicate lacks.
  SizesByArm missing(Index replicate) const;
  /// The cell made ready to run. From any thread; made when it is first asked for.
  const ReadyCell& ready();
  /// Notes what fits came to. From any thread.
  void keep(std::vector<Outcome> outcomes);
  /// Notes that a task has ended whole. From any thread.
  void end_task();
  bool complete() const { return tasks_left_ == 0; }

  /// Each arm and size that has records, in study order.
  void write(RecordSink& sink) const;

  const Cell& cell() const { return cell_; }
  Index fits() const { return fits_; }      ///< of this shard
  Index found() const { return found_; }    ///< of them in the source
  Index failed() const { return failed_; }  ///< of all so far

 private:
  Index arms() const { return std::ssize(place_.cube.axes().arms); }
  Index sizes() const { return std::ssize(place_.study.sizes); }
  Index replicates(Index arm, Index size) const {
    return replicates_at(place_.study, place_.options, cell_, arm, size);
  }
  bool wants(const Slot& slot) const;
  bool lacks(const Slot& slot) const;
  Index index_in_cell(const Slot& slot) const;
  void fill_from(RecordSource& source);
  void find_tasks();
  void put(const Slot& slot, Record& record);
  void keep_classes(Index note, const Record& record);
  void write(Slot first, RecordSink& sink) const;
  Record record_at(const Slot& slot) const;
  void add_notes(const Slot& slot, Record& record) const;

  const RunPlace place_;
  const Index position_;
  const Cell cell_;
  std::vector<char> in_shard_;  // by replicate: whether it is of this shard
  std::vector<Index> tasks_;    // replicates that lack a fit
  std::size_t next_task_ = 0;
  Index fits_ = 0, found_ = 0;
  std::atomic<Index> tasks_left_ = 0, failed_ = 0;
  std::once_flag made_ready_;
  std::optional<ReadyCell> ready_;
  std::mutex notes_mutex_;
  std::vector<double> seconds_;                                  // by index_in_cell(), like what follows
  std::vector<std::array<double, class_column_count>> classes_;  // empty until one is known
  std::map<Index, std::string> messages_;
  std::map<Index, std::vector<TrainingPoint>> histories_;
};

}  // namespace quartic::detail
