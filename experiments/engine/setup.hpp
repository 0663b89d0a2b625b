#pragma once
/// A study made ready to run: catalogue lookups, axes of the results, memory.
#include "experiments/engine/engine.hpp"
#include "experiments/engine/memory_budget.hpp"

namespace quartic::detail {

/// A study made ready to run, without its cells: each is made ready when its first task begins.
struct Setup {
  CubeAxes axes;
  ResultsMemory results;
  Budget budget;
  std::size_t largest_cell = 0;  ///< by memory, of those tried
  Index tasks = 0, fits = 0;
};

/// Throws InvalidInput as run does.
Setup make_setup(const Study& study, const EngineOptions& options);
/// The same for results that are only collected: all but budget and largest cell.
Setup make_results_setup(const Study& study, const EngineOptions& options);

}  // namespace quartic::detail
