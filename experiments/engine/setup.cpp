#include "experiments/engine/setup.hpp"

#include <algorithm>

#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "experiments/engine/open_cell.hpp"
#include "experiments/engine/workers.hpp"
#include "experiments/platform/memory.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/study/arm.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {

namespace {

/// Replicates of a cell that run, each one task, and fits.
struct CellCount {
  Index replicates = 0, fits = 0;
};

CellCount count_cell(const Study& study, const EngineOptions& options, const Cell& cell) {
  CellCount count;
  for (Index arm = 0; arm < std::ssize(cell.arms); ++arm)
    for (Index size = 0; size < std::ssize(study.sizes); ++size) {
      const Index replicates = replicates_at(study, options, cell, arm, size);
      count.replicates = std::max(count.replicates, replicates);
      count.fits += replicates;
    }
  return count;
}

// By runs of cells that are alike; cell by cell where each has an allotment of its own.
void count_tasks(const Study& study, const EngineOptions& options, Setup& setup) {
  for (const CellRange& range : study.cells.ranges()) {
    const Index step = options.allotment ? 1 : range.count;
    for (Index cell = range.first; cell < range.first + range.count; cell += step) {
      const CellCount one = count_cell(study, options, study.cells[static_cast<std::size_t>(cell)]);
      setup.tasks += step * one.replicates;
      setup.fits += step * one.fits;
      setup.axes.replicates = std::max(setup.axes.replicates, one.replicates);
    }
  }
}

CubeAxes make_axes(const Study& study) {
  CubeAxes axes{
      .cells = static_cast<Index>(study.cells.size()), .arms = {}, .sizes = study.sizes, .replicates = 0};
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) axes.arms.push_back(arm.name);
  axes.further = further_sizes(study);
  return axes;
}

// Also finds the largest cell.
StudyMemory find_memory(const Study& study, const EngineOptions& options, Setup& setup) {
  StudyMemory memory;
  double largest = -1;
  for (const std::size_t position : study.cells.sample(most_cells_tried)) {
    ReadyCell cell = make_ready(study, study.cells[position]);
    cell.keeps_checkpoints = options.checkpoints != nullptr;
    const StudyMemory one = study_memory(cell);
    if (one.sharing.total() > largest) setup.largest_cell = position;
    largest = std::max(largest, one.sharing.total());
    memory.include(one);
  }
  return memory;
}

void require_shard(const Shard& shard) {
  require(shard.count >= 1 && shard.index >= 1 && shard.index <= shard.count,
          "there is no shard " + std::to_string(shard.index) + " of " + std::to_string(shard.count) +
              " (shards are counted from 1). Give 1/1, or i/N with i from 1 to N.");
}

void require_complete(const Study& study) {
  require(!study.cells.empty() && !study.sizes.empty() && !study.cells.front().arms.empty(),
          "the study has nothing to run (it needs a world, an arm and a size). Add what is missing.");
  require(
      std::is_sorted(study.sizes.begin(), study.sizes.end(), std::less_equal<>()) && study.sizes.front() > 0,
      "the sizes are not in order (each must be larger than the one before, from 1 on). Sort them.");
}

int count_threads(const EngineOptions& options) {
  return options.threads > 0 ? options.threads : available_threads();
}

// Of a store: a name a series; SQLite's pages; and two queues of up to 5,000 records, each of which may bring
// a series.
double store_bytes(double fits, double series) {
  constexpr double name = 160, most_pages = 8.0 * 1024 * 1024, queued = 5000;
  const double pages = std::min(most_pages, 145 * fits + 600 * series);
  return name * series + pages + 2 * (300 * std::min(fits, queued) + 700 * std::min(series, queued));
}

// Beside the cube: a note a fit of cells that are open, one a thread and one more; and, at the end, some
// copies of the measures of one cell at a time.
ResultsMemory results_memory(const Study& study, const CubeAxes& axes, int threads) {
  constexpr double copies = 64;
  const double note = sizeof(double) * static_cast<double>(1 + (has_classes(study) ? class_column_count : 0));
  const double cells = static_cast<double>(axes.cells), arms = static_cast<double>(axes.arms.size());
  const double slots = arms * static_cast<double>(axes.sizes.size()) * static_cast<double>(axes.replicates);
  return {.held = Cube::bytes(axes) + note * slots * std::min(cells, threads + 1.0) +
                  store_bytes(slots * cells, arms * cells),
          .ending = copies * slots};
}

double allowed_bytes(const EngineOptions& options) {
  return options.memory_bytes > 0 ? options.memory_bytes : 0.75 * machine_memory_bytes();
}

}  // namespace

Setup make_results_setup(const Study& study, const EngineOptions& options) {
  require_complete(study);
  require_shard(options.shard);
  Setup setup;
  setup.axes = make_axes(study);
  count_tasks(study, options, setup);
  setup.results = results_memory(study, setup.axes, count_threads(options));
  const double needed = setup.results.held + setup.results.ending;
  const double bytes = allowed_bytes(options) - program_bytes;
  require(needed < bytes, "the results need " + bytes_text(needed) + " of memory and " +
                              bytes_text(std::max(bytes, 0.0)) + " are left for them (each of " +
                              std::to_string(setup.fits) + " fits in " + std::to_string(study.cells.size()) +
                              " cells is kept until the end; the program takes " + bytes_text(program_bytes) +
                              " for itself). Raise --memory, or lower replicates or the number of cells.");
  return setup;
}

Setup make_setup(const Study& study, const EngineOptions& options) {
  Setup setup = make_results_setup(study, options);
  const int threads = count_threads(options);
  require(threads == 1 || blas_serves_many_threads(),
          "this machine's OpenBLAS is the serial build (two threads in it at once get wrong "
          "numbers now and then). Install libopenblas0-pthread, or run with --threads 1.");
  setup.budget = make_budget(find_memory(study, options, setup),
                             {.bytes = allowed_bytes(options) - program_bytes - setup.results.held,
                              .threads = threads,
                              .tasks = setup.tasks});
  return setup;
}

}  // namespace quartic::detail
