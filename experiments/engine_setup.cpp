#include "experiments/engine_setup.hpp"

#include <oneapi/tbb/info.h>

#include <algorithm>

#include "core/require.hpp"
#include "experiments/memory.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {

namespace {

CubeAxes axes_of(const Study& study, std::span<const ReadyCell> cells) {
  CubeAxes axes{.cells = static_cast<Index>(cells.size()), .arms = {}, .sizes = study.sizes, .replicates = 0};
  for (const ArmSpec& arm : study.cells.front().arms) axes.arms.push_back(arm.name);
  for (const ReadyCell& cell : cells) axes.replicates = std::max(axes.replicates, cell.replicates);
  return axes;
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
  for (const Cell& cell : study.cells) {
    setup.cells.push_back(make_ready(study, cell, options.catalogues));
    setup.cells.back().keeps_checkpoints = options.checkpoints != nullptr;
  }
  setup.axes = axes_of(study, setup.cells);
  for (const ReadyCell& cell : setup.cells) {
    setup.tasks += cell.replicates;
    for (const ArmSpec& arm : cell.cell->arms)
      setup.fits += replicates_of(study, arm) * static_cast<Index>(study.sizes.size());
  }
  const double bytes = options.memory_bytes > 0 ? options.memory_bytes : 0.75 * machine_memory_bytes();
  const double results = Cube::bytes(setup.axes);
  require(results < bytes,
          "the results need " + to_bytes_text(results) + " of memory and " + to_bytes_text(bytes) +
              " are allowed (every fit is kept until the end). Raise --memory, or lower replicates "
              "or the number of cells.");
  const int threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency();
  require(threads == 1 || blas_serves_many_threads(),
          "this machine's OpenBLAS is the serial build (two threads in it at once get wrong numbers now and "
          "then). "
          "Install libopenblas0-pthread, or run with --threads 1.");
  setup.budget = make_budget(setup.cells, bytes - results, threads);
  return setup;
}

}  // namespace quartic::detail
