#pragma once
/// What tasks hold in memory, and how many may run at once.
#include "experiments/engine/task.hpp"

namespace quartic::detail {

/// Bytes, by formula, of the largest task of a cell.
struct TaskMemory {
  double held = 0;     ///< rows, labels and shared moments: as long as the task runs
  double working = 0;  ///< what one running fit adds: a copy of its rows, moments that are not shared
  double total() const { return held + working; }
};
TaskMemory task_memory(const ReadyCell& cell, Sharing sharing);

/// The needs of a study's largest task: with moments that arms share, and without.
struct StudyMemory {
  TaskMemory sharing, alone;
  /// Takes the larger of each.
  void include(const StudyMemory& other);
};
StudyMemory study_memory(const ReadyCell& cell);

/// At most `tasks` replicates at once on `threads` threads: tasks held + threads working <= the bound.
struct Budget {
  int tasks = 1;
  int threads = 1;
  Sharing sharing = Sharing::moments;  ///< moments are given up before a run is refused
  TaskMemory task;
};

/// Throws InvalidInput that says what one task needs and how to lower it, when not even one fits.
Budget make_budget(const StudyMemory& memory, double bytes, int threads);

}  // namespace quartic::detail
