#pragma once
/// A study made ready to run: catalogue lookups, axes of the results, memory.
/// Internal to experiments/engine*.cpp.
#include "experiments/engine.hpp"
#include "experiments/engine_memory.hpp"

namespace quartic::detail {

struct Setup {
  std::vector<ReadyCell> cells;
  CubeAxes axes;
  Budget budget;
  Index tasks = 0, fits = 0;
};

/// Throws InvalidInput as run does.
Setup make_setup(const Study& study, const EngineOptions& options);

}  // namespace quartic::detail
