#pragma once
/// A study made ready to run: catalogue lookups, axes of the results, memory.
/// Internal to experiments/engine*.cpp.
#include "experiments/engine.hpp"
#include "experiments/engine_memory.hpp"

namespace quartic::detail {

/// Consecutive cells with alike arms, and their tasks: cell by cell, each replicate by replicate.
struct TaskRange {
  CellRange cells;
  Index first_task = 0;
  Index replicates = 0;  ///< tasks a cell: those of the arm that has most
};

/// A study made ready to run, without its cells: each is made ready when its first task begins.
struct Setup {
  std::vector<TaskRange> ranges;
  CubeAxes axes;
  Budget budget;
  std::size_t largest_cell = 0;  ///< by memory, of those tried
  Index tasks = 0, fits = 0;
};

/// The cell and the replicate of a task.
struct TaskPlace {
  Index cell = 0, replicate = 0;
};
TaskPlace place_of(const Setup& setup, Index task);
/// The tasks of a cell.
Index tasks_of(const Setup& setup, Index cell);

/// Throws InvalidInput as run does.
Setup make_setup(const Study& study, const EngineOptions& options);

}  // namespace quartic::detail
