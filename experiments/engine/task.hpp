#pragma once
/// One task of the engine: one replicate of one cell, all its arms and sizes.
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "experiments/engine/cell.hpp"
#include "experiments/engine/fit_times.hpp"
#include "experiments/results/record.hpp"

namespace quartic::detail {

/// What one fit came to, at its place in the study.
struct Outcome {
  Index arm = 0, size = 0;  ///< positions
  Record record;
};

enum class Sharing { moments, nothing };

struct ReplicateTask {
  const ReadyCell* cell;
  Index replicate = 0;
  Sharing sharing = Sharing::moments;
  std::function<void(Index)> fitted = {};   ///< told how many fits just ended; from any thread
  const std::atomic<bool>* stop = nullptr;  ///< when it turns true, a task that is long begins no more fits
  const std::atomic<bool>* abandon = nullptr;  ///< when it turns true, fits are left at their next point
  const CheckpointFolder* checkpoints = nullptr;
  SizesByArm wanted = {};    ///< the fits to run; none named: every size of every arm that has this replicate
  double long_seconds = 10;  ///< a task that takes longer is long
  FitTimes* times = nullptr;  ///< told how long fits took
};

/// What is left of a task when it ends.
struct TaskEnd {
  std::vector<Outcome> outcomes;
  bool whole = true;  ///< false: it was abandoned or stopped, and some fits have no outcome
};

/// A task that runs, while another thread may ask for what has ended.
class RunningTask {
 public:
  explicit RunningTask(ReplicateTask task);
  RunningTask(const RunningTask&) = delete;
  RunningTask& operator=(const RunningTask&) = delete;
  ~RunningTask();

  /// Runs every arm at every size that is wanted. An exception of an arm, or memory that runs out, becomes
  /// records with status failed; the rest goes on. Arms and sizes run in parallel where the calling arena has
  /// idle threads; the outcomes do not depend on it, nor on what was taken before. None when the task was
  /// abandoned.
  TaskEnd run();
  /// The outcomes of a long task's fits that have ended since the last call. From another thread.
  std::vector<Outcome> take_ended();
  /// About how many seconds the fits take that run now; NaN where nobody knows of one. From another thread.
  double seconds_left();

 private:
  class WorldRun;
  bool is_long() const;
  void set_current(WorldRun* run);

  const ReplicateTask task_;
  const std::chrono::steady_clock::time_point start_;
  std::atomic<bool> left_out_ = false;  // a fit was not begun
  std::mutex mutex_;                    // of what follows
  WorldRun* current_ = nullptr;         // while its fits run
  std::vector<Outcome> outcomes_;       // of the worlds before
};

/// Runs a task that nobody looks at.
std::vector<Outcome> run_task(ReplicateTask task);

/// Fits that cannot be run because the catalogues refuse their cell.
struct RefusedCell {
  Index replicate = 0;
  const SizesByArm& wanted;
  std::string message;
};
/// Their failed records.
std::vector<Outcome> refusals(const Study& study, const Cell& cell, const RefusedCell& refused);

}  // namespace quartic::detail
