#pragma once
/// One task of the engine: one replicate of one cell, all its arms and sizes.
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "experiments/engine/cell.hpp"
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
  std::function<void(Index)> fitted = {};      ///< told how many fits just ended; from any thread
  const std::atomic<bool>* abandon = nullptr;  ///< when it turns true, fits are left at their next point
  const CheckpointFolder* checkpoints = nullptr;
  SizesByArm wanted = {};  ///< the fits to run; none named: every size of every arm that has this replicate
};

/// Runs every arm at every size that is wanted. An exception of an arm, or memory that runs out,
/// becomes records with status failed; the rest goes on. Arms run in parallel where the calling arena has
/// idle threads; the outcomes do not depend on it. No outcomes when the task was abandoned.
std::vector<Outcome> run_task(const ReplicateTask& task);

/// Fits that cannot be run because the catalogues refuse their cell.
struct RefusedCell {
  Index replicate = 0;
  const SizesByArm& wanted;
  std::string message;
};
/// Their failed records.
std::vector<Outcome> refusals(const Study& study, const Cell& cell, const RefusedCell& refused);

}  // namespace quartic::detail
