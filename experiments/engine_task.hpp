#pragma once
/// One task of the engine: one replicate of one cell, all its arms and sizes.
/// Internal to experiments/engine*.cpp.
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "experiments/arm.hpp"
#include "experiments/arm_theory.hpp"
#include "experiments/records.hpp"
#include "experiments/study.hpp"

namespace quartic::detail {

/// A cell made ready once for all its replicates.
struct ReadyCell {
  const Study* study;
  const Cell* cell;
  std::vector<WorldAtSizes> worlds;
  std::vector<ArmModels> arms;  ///< in the order of cell->arms
  std::vector<std::unique_ptr<ArmTheory>> theory;
  Index replicates = 0;  ///< tasks: those of the arm that has most
};

/// Throws InvalidInput for kinds and options that the catalogues refuse.
ReadyCell make_ready(const Study& study, const Cell& cell, const Catalogues& catalogues);

/// The stream of everything drawn in one replicate: seed / world kind / replicate. The cell is not in it.
Stream replicate_stream(const ReadyCell& cell, Index replicate);
inline Stream truth_stream(const ReadyCell& cell, Index replicate) {
  return replicate_stream(cell, replicate).child("truth");
}

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
  std::function<void(Index)> fitted = {};  ///< told how many fits just ended; from any thread
};

/// Runs every arm that has this replicate at every size. An exception of an arm, or memory that runs out,
/// becomes records with status failed; the rest goes on. Arms run in parallel where the calling arena has
/// idle threads; the outcomes do not depend on it.
std::vector<Outcome> run_task(const ReplicateTask& task);

}  // namespace quartic::detail
