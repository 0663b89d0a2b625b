#include "experiments/engine_setup.hpp"

#include <oneapi/tbb/info.h>

#include <algorithm>

#include "core/require.hpp"
#include "experiments/memory.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {

namespace {

CubeAxes axes_of(const Study& study, const Setup& setup) {
  CubeAxes axes{
      .cells = static_cast<Index>(study.cells.size()), .arms = {}, .sizes = study.sizes, .replicates = 0};
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) axes.arms.push_back(arm.name);
  for (const TaskRange& range : setup.ranges) axes.replicates = std::max(axes.replicates, range.replicates);
  return axes;
}

// Counts tasks and fits by runs of cells that are alike.
void count_tasks(const Study& study, Setup& setup) {
  for (const CellRange& cells : study.cells.ranges()) {
    TaskRange range{cells, setup.tasks, 0};
    const Cell first = study.cells[static_cast<std::size_t>(cells.first)];
    for (const ArmSpec& arm : first.arms) {
      const Index replicates = replicates_of(study, arm);
      range.replicates = std::max(range.replicates, replicates);
      setup.fits += cells.count * replicates * static_cast<Index>(study.sizes.size());
    }
    setup.tasks += cells.count * range.replicates;
    setup.ranges.push_back(range);
  }
}

// Also finds the largest cell.
StudyMemory memory_of(const Study& study, const EngineOptions& options, Setup& setup) {
  StudyMemory memory;
  double largest = -1;
  for (const std::size_t position : study.cells.sample(most_cells_tried)) {
    ReadyCell cell = make_ready(study, study.cells[position], options.catalogues);
    cell.keeps_checkpoints = options.checkpoints != nullptr;
    const StudyMemory one = study_memory(cell);
    if (one.sharing.total() > largest) setup.largest_cell = position;
    largest = std::max(largest, one.sharing.total());
    memory.include(one);
  }
  return memory;
}

void require_complete(const Study& study) {
  require(!study.cells.empty() && !study.sizes.empty() && !study.cells.front().arms.empty(),
          "the study has nothing to run (it needs a world, an arm and a size). Add what is missing.");
  require(
      std::is_sorted(study.sizes.begin(), study.sizes.end(), std::less_equal<>()) && study.sizes.front() > 0,
      "the sizes are not in order (each must be larger than the one before, from 1 on). Sort them.");
}

}  // namespace

Setup make_setup(const Study& study, const EngineOptions& options) {
  require_complete(study);
  Setup setup;
  count_tasks(study, setup);
  setup.axes = axes_of(study, setup);
  const double bytes = options.memory_bytes > 0 ? options.memory_bytes : 0.75 * machine_memory_bytes();
  const double results = Cube::bytes(setup.axes);
  require(results < bytes,
          "the results need " + to_bytes_text(results) + " of memory and " + to_bytes_text(bytes) +
              " are allowed (each of " + std::to_string(setup.fits) + " fits in " +
              std::to_string(study.cells.size()) +
              " cells is kept until the end). Raise --memory, or lower replicates or the number of cells.");
  const int threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency();
  require(threads == 1 || blas_serves_many_threads(),
          "this machine's OpenBLAS is the serial build (two threads in it at once get wrong numbers now and "
          "then). "
          "Install libopenblas0-pthread, or run with --threads 1.");
  setup.budget = make_budget(memory_of(study, options, setup), bytes - results, threads);
  return setup;
}

TaskPlace place_of(const Setup& setup, Index task) {
  const auto after =
      std::upper_bound(setup.ranges.begin(), setup.ranges.end(), task,
                       [](Index wanted, const TaskRange& range) { return wanted < range.first_task; });
  const TaskRange& range = *(after - 1);
  const Index within = task - range.first_task;
  return {range.cells.first + within / range.replicates, within % range.replicates};
}

Index tasks_of(const Setup& setup, Index cell) {
  const auto after =
      std::upper_bound(setup.ranges.begin(), setup.ranges.end(), cell,
                       [](Index wanted, const TaskRange& range) { return wanted < range.cells.first; });
  return (after - 1)->replicates;
}

}  // namespace quartic::detail
