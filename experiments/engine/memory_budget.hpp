#pragma once
/// What tasks hold in memory, and how many may run at once.
#include <algorithm>

#include "experiments/engine/task.hpp"

namespace quartic::detail {

/// What a process holds that does nothing yet: itself and its libraries.
inline constexpr double program_bytes = 18.0 * 1024 * 1024;
/// What tasks take, over what the formulas say: allocators keep some of what was freed.
inline constexpr double kept_by_allocators = 1.08;

/// Bytes, by formula, of the largest task of a cell.
struct TaskMemory {
  double held = 0;  ///< rows, those of sources too, labels and shared moments: as long as the task runs
  /// What one running fit adds: copies of its rows, its own moments, and the model's work; where there are sources, as
  /// much again for what it may make of them (no model is asked whether it reads them).
  double working = 0;
  Index fits = 1;  ///< that its arms and sizes let run at once
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

/// What a run holds of its results.
struct ResultsMemory {
  double held = 0;    ///< while it runs: the cube, notes of open cells, and what a store keeps of them
  double ending = 0;  ///< when its tasks have ended: averages and claims
};

/// At most `tasks` replicates at once, and `threads` fits: tasks held + fits working <= the bound.
struct Budget {
  int tasks = 1;
  int threads = 1;
  Sharing sharing = Sharing::moments;  ///< moments are given up before a run is refused
  TaskMemory task;

  double fits() const { return std::min<double>(threads, static_cast<double>(task.fits) * tasks); }
  double bytes() const { return kept_by_allocators * (tasks * task.held + fits() * task.working); }
};

/// What tasks may take.
struct Room {
  double bytes = 0;
  int threads = 1;
  Index tasks = 1;  ///< that there are
};
/// That which keeps most threads busy. Throws InvalidInput that says what one task needs and how to lower it,
/// when not even one fits.
Budget make_budget(const StudyMemory& memory, const Room& room);

}  // namespace quartic::detail
