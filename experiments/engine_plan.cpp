#include <fmt/format.h>
#include <oneapi/tbb/info.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "experiments/engine.hpp"
#include "experiments/engine_setup.hpp"

namespace quartic {

namespace {

using detail::ReadyCell;

/// What one pilot replicate took: flops by arm.
struct Pilot {
  std::vector<double> flops;
  double seconds = 0;  // of one core
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// CPU time of all threads: what a pilot takes on one core, whatever else the machine is doing.
double process_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The first replicate of one cell at these sizes.
Pilot run_pilot(const Study& study, const Cell& cell, std::vector<Index> sizes,
                const Catalogues& catalogues) {
  Study small = study;
  small.sizes = std::move(sizes);
  const double start = process_seconds();
  const ReadyCell ready = detail::make_ready(small, cell, catalogues);
  Pilot pilot{std::vector<double>(cell.arms.size(), 0.0), 0};
  for (const detail::Outcome& outcome : detail::run_task({.cell = &ready, .replicate = 0})) {
    const Cost& cost = outcome.record.report.cost;
    pilot.flops[static_cast<std::size_t>(outcome.arm)] += cost.fit_flops + cost.tuning_flops;
  }
  pilot.seconds = process_seconds() - start;
  return pilot;
}

// The value at n of the power law through the pilots, whose exponent is taken to lie between 0 and 3 (a
// search that happens to last long at one size would else be carried to absurdity); the last where one is not
// positive.
double extrapolate(double n, const Vector& sizes, const Vector& values) {
  if (sizes.size() < 2 || !(values.array() > 0).all()) return values[values.size() - 1];
  const Vector x = sizes.array().log(), y = values.array().log();
  const Vector centred = x.array() - x.mean();
  const double exponent = std::clamp(centred.dot(y) / centred.squaredNorm(), 0.0, 3.0);
  return std::exp(y.mean() + exponent * (std::log(n) - x.mean()));
}

/// One replicate of a cell, all sizes.
struct CellCost {
  std::vector<double> flops;  // by arm
  double seconds = 0;
  std::size_t piloted = 0;  // sizes that were run, the smallest ones
};

CellCost extrapolate_cell(const Study& study, const Cell& cell, const Catalogues& catalogues, double budget) {
  std::vector<Pilot> pilots;
  const auto start = std::chrono::steady_clock::now();
  while (pilots.size() < study.sizes.size() && (pilots.size() < 2 || seconds_since(start) < budget))
    pilots.push_back(run_pilot(study, cell, {study.sizes[pilots.size()]}, catalogues));
  const Index count = static_cast<Index>(pilots.size());
  Vector sizes(count), values(count);
  for (Index i = 0; i < count; ++i) sizes[i] = static_cast<double>(study.sizes[static_cast<std::size_t>(i)]);
  const auto over_all_sizes = [&](auto value) {
    for (Index i = 0; i < count; ++i) values[i] = value(pilots[static_cast<std::size_t>(i)]);
    double sum = values.sum();
    for (std::size_t i = pilots.size(); i < study.sizes.size(); ++i)
      sum += extrapolate(static_cast<double>(study.sizes[i]), sizes, values);
    return sum;
  };
  CellCost sum{{}, over_all_sizes([](const Pilot& pilot) { return pilot.seconds; }), pilots.size()};
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm)
    sum.flops.push_back(over_all_sizes([arm](const Pilot& pilot) { return pilot.flops[arm]; }));
  return sum;
}

CellCost cost_of(const Study& study, const Cell& cell, const Catalogues& catalogues, double budget) {
  const CellCost sizes = extrapolate_cell(study, cell, catalogues, budget);
  if (sizes.piloted < study.sizes.size()) return sizes;
  const Pilot whole = run_pilot(study, cell, study.sizes, catalogues);
  return {whole.flops, whole.seconds, sizes.piloted};
}

// Replicates that only some arms run are charged by those arms' share of the flops.
double seconds_of(const Study& study, const Cell& cell, const CellCost& cost) {
  double all = 0, weighted = 0;
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm) {
    all += cost.flops[arm];
    weighted += cost.flops[arm] * static_cast<double>(replicates_of(study, cell.arms[arm]));
  }
  return cost.seconds * (all > 0 ? weighted / all : static_cast<double>(study.replicates));
}

std::string basis_of(const Study& study, std::size_t piloted) {
  const std::string count = fmt::format("{} of {} sizes", piloted, study.sizes.size());
  if (piloted == study.sizes.size())
    return "flops and time from one whole replicate of each cell, run as a pilot";
  return fmt::format(
      "flops and time from one replicate at the smallest {}, run as a pilot, and extrapolated to the larger "
      "ones by a "
      "power law; sharing work between sizes may save time",
      count);
}

}  // namespace

Plan plan(const Study& study, const EngineOptions& options, double pilot_seconds) {
  const detail::Setup setup = detail::make_setup(study, options);
  Plan plan;
  plan.cells = static_cast<Index>(study.cells.size());
  plan.tasks = setup.tasks;
  plan.fits = setup.fits;
  plan.task_bytes = setup.budget.task.total();
  plan.results_bytes = Cube::bytes(setup.axes);
  plan.tasks_at_once = setup.budget.tasks;
  const int cores = std::min(setup.budget.threads, tbb::info::default_concurrency());
  std::size_t piloted = study.sizes.size();
  for (const Cell& cell : study.cells) {
    const CellCost cost =
        cost_of(study, cell, options.catalogues, pilot_seconds / static_cast<double>(study.cells.size()));
    for (std::size_t arm = 0; arm < cell.arms.size(); ++arm)
      plan.flops += cost.flops[arm] * static_cast<double>(replicates_of(study, cell.arms[arm]));
    plan.seconds += seconds_of(study, cell, cost) / cores;
    piloted = std::min(piloted, cost.piloted);
  }
  plan.basis = basis_of(study, piloted);
  return plan;
}

}  // namespace quartic
