#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/random/stream.hpp"
#include "core/require.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/engine/pilot.hpp"
#include "experiments/engine/setup.hpp"
#include "experiments/engine/workers.hpp"
#include "experiments/results/record_key.hpp"

namespace quartic {

namespace {

using detail::CellCost;

constexpr std::size_t most_piloted = 24;    // cells; of more, one in each of
constexpr std::size_t strata = 12;          // equal parts of
constexpr std::size_t most_ordered = 2000;  // cells; of more,
constexpr std::size_t drawn = 204;          // drawn at random

/// A cell to be piloted, and how many cells it speaks for.
struct PilotedCell {
  std::size_t cell = 0;
  double cells = 0;
};

double find_bytes(const Study& study, std::size_t cell) {
  try {
    return task_memory(detail::make_ready(study, study.cells[cell]), detail::Sharing::moments).total();
  } catch (const InvalidInput&) {
    return 0;  // its pilot will say why
  }
}

// All that can be ordered cheaply; of more, a random sample.
std::vector<std::size_t> cells_to_order(std::size_t count) {
  std::vector<std::size_t> cells(std::min(count, most_ordered));
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  if (count <= most_ordered) return cells;
  cells.resize(drawn);
  Stream stream = Stream(1).child("pilots");
  for (std::size_t& cell : cells)
    cell = static_cast<std::size_t>(stream.uniform() * static_cast<double>(count));
  return cells;
}

// Every cell of few; of many, the middle one by memory of each twelfth.
std::vector<PilotedCell> choose_piloted_cells(const Study& study) {
  const std::size_t count = study.cells.size();
  std::vector<PilotedCell> pilots;
  if (count <= most_piloted) {
    for (std::size_t cell = 0; cell < count; ++cell) pilots.push_back({cell, 1});
    return pilots;
  }
  std::vector<std::pair<double, std::size_t>> ordered;
  for (const std::size_t cell : cells_to_order(count)) ordered.emplace_back(find_bytes(study, cell), cell);
  std::sort(ordered.begin(), ordered.end());
  for (std::size_t k = 0; k < strata; ++k)
    pilots.push_back({ordered[(2 * k + 1) * ordered.size() / (2 * strata)].second,
                      static_cast<double>(count) / static_cast<double>(strata)});
  return pilots;
}

// Replicates that only some arms run are charged by those arms' share of the flops.
double estimate_seconds(const Study& study, const Cell& cell, const CellCost& cost) {
  double all = 0, weighted = 0;
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm) {
    all += cost.flops[arm];
    weighted += cost.flops[arm] * static_cast<double>(count_replicates(study, cell.arms[arm]));
  }
  return cost.seconds * (all > 0 ? weighted / all : static_cast<double>(study.replicates));
}

std::string describe_basis(const Study& study, std::size_t piloted_sizes, std::size_t piloted_cells) {
  const std::string cells =
      piloted_cells == study.cells.size()
          ? "each cell"
          : fmt::format("each of {} cells, typical of twelfths of {} ordered by memory", piloted_cells,
                        study.cells.size() <= most_ordered ? "all" : "a random sample");
  if (piloted_sizes == study.sizes.size())
    return fmt::format("flops and time from one whole replicate of {}, run as a pilot", cells);
  return fmt::format(
      "flops and time from one replicate of {} at the smallest {} of {} sizes, run as a pilot, and "
      "extrapolated to the larger ones by a power law; sharing work between sizes may save time",
      cells, piloted_sizes, study.sizes.size());
}

void add(Plan& plan, const Study& study, const PilotedCell& pilot, const CellCost& cost) {
  const Cell cell = study.cells[pilot.cell];
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm)
    plan.flops +=
        pilot.cells * cost.flops[arm] * static_cast<double>(count_replicates(study, cell.arms[arm]));
  plan.seconds += pilot.cells * estimate_seconds(study, cell, cost);
  if (plan.pilot_failures == 0) plan.pilot_failure = cost.failure;
  plan.pilot_failures += cost.failed;
  if (plan.pilot_divergences == 0) plan.pilot_divergence = cost.divergence;
  plan.pilot_divergences += cost.diverged;
  plan.pilot_fits += cost.fits;
}

/// Of an adaptive study, whose first batch is run whatever its budget.
double first_flops(const Study& study, const PilotedCell& pilot, const CellCost& cost) {
  const Cell cell = study.cells[pilot.cell];
  double flops = 0;
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm) {
    const Index own = cell.arms[arm].replicates;
    flops += pilot.cells * cost.given_flops[arm] * static_cast<double>(own > 0 ? own : study.adaptive->least);
  }
  return flops;
}

void keep_to_budget(Plan& plan, double flops) {
  if (!(plan.flops > flops)) return;  // nor where nobody knows them
  plan.seconds *= flops / plan.flops;
  plan.flops = flops;
}

// Of the names of a cell's series in the store.
double series_bytes(const SeriesKeys& keys, const Cell& cell) {
  constexpr double key = 70;
  double bytes = 0;
  for (const ArmSpec& arm : cell.arms) bytes += key + static_cast<double>(keys.content(cell, arm).size());
  return bytes;
}

/// Bytes of the cube; of a record and of a cell's series, on average.
struct DiskUse {
  double cube = 0, record = 0, series = 0;
};

// The files of a small run, the study four times, a line of summary.csv an average, labels of the cube, and a
// manifest that lists a thousand cells at most.
double disk_bytes(const Study& study, const Plan& plan, const DiskUse& use) {
  constexpr double small = 52e3, line = 100, most_listed = 1000, label = 9;
  const double cells = static_cast<double>(plan.cells);
  const double averages = cells * static_cast<double>(study.cells.front().arms.size() * study.sizes.size());
  return small + 4 * static_cast<double>(study.text.size()) + static_cast<double>(plan.fits) * use.record +
         use.cube + averages * line + cells * use.series +
         label * (cells + static_cast<double>(study.replicates)) +
         2 * std::min(cells, most_listed) * use.series;
}

LargestCell find_largest(const Cell& cell, const CellCost& cost, double bytes) {
  return {.settings = cell.settings,
          .bytes = bytes,
          .flops = std::accumulate(cost.flops.begin(), cost.flops.end(), 0.0),
          .seconds = cost.seconds};
}

RunExtent extent_of(const Study& study, const detail::Setup& setup) {
  return {.cells = static_cast<Index>(study.cells.size()),
          .tasks = setup.tasks,
          .fits = setup.fits,
          .bytes = detail::program_bytes + setup.results.held +
                   std::max(setup.results.ending, setup.budget.bytes())};
}

}  // namespace

RunExtent find_extent(const Study& study, const EngineOptions& options) {
  return extent_of(study, detail::make_setup(study, options));
}

Plan plan(const Study& study, const EngineOptions& options, double pilot_seconds) {
  const detail::Setup setup = detail::make_setup(study, options);
  const RunExtent extent = extent_of(study, setup);
  Plan plan;
  plan.cells = extent.cells;
  plan.tasks = extent.tasks;
  plan.fits = extent.fits;
  plan.program_bytes = detail::program_bytes;
  plan.results_bytes = setup.results.held;
  plan.task_bytes = setup.budget.task.total();
  plan.memory_bytes = extent.bytes;
  plan.tasks_at_once = setup.budget.tasks;
  std::vector<PilotedCell> pilots = choose_piloted_cells(study);
  const std::size_t piloted_cells = pilots.size();
  if (std::none_of(pilots.begin(), pilots.end(),
                   [&](const PilotedCell& one) { return one.cell == setup.largest_cell; }))
    pilots.push_back({setup.largest_cell, 0});
  std::size_t piloted_sizes = study.sizes.size();
  double first_batch = 0;
  DiskUse disk{.cube = Cube::bytes(setup.axes)};
  const SeriesKeys keys(study);
  const auto count = static_cast<double>(pilots.size());
  for (const PilotedCell& pilot : pilots) {
    const Cell cell = study.cells[pilot.cell];
    const CellCost cost = detail::pilot_cell(study, cell, pilot_seconds / count);
    add(plan, study, pilot, cost);
    if (study.adaptive) first_batch += first_flops(study, pilot, cost);
    if (pilot.cell == setup.largest_cell) plan.largest = find_largest(cell, cost, plan.task_bytes);
    piloted_sizes = std::min(piloted_sizes, cost.piloted);
    disk.record += cost.record_bytes / count;
    disk.series += series_bytes(keys, cell) / count;
  }
  if (study.adaptive) keep_to_budget(plan, std::max(first_batch, study.adaptive->budget));
  plan.seconds /= std::min(setup.budget.threads, detail::available_threads());
  plan.disk_bytes = disk_bytes(study, plan, disk);
  plan.basis = describe_basis(study, piloted_sizes, piloted_cells);
  return plan;
}

}  // namespace quartic
