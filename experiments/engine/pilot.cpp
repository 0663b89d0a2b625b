#include "experiments/engine/pilot.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/require.hpp"
#include "experiments/engine/task.hpp"
#include "experiments/platform/clock.hpp"

namespace quartic::detail {

namespace {

/// What one pilot replicate took: flops by arm.
struct Pilot {
  std::vector<double> flops;
  double seconds = 0;  // of one core
  std::vector<Record> records;
};

std::vector<Outcome> run_or_refuse(const Study& study, const Cell& cell) {
  try {
    const ReadyCell ready = make_ready(study, cell);
    return run_task({.cell = &ready, .replicate = 0});
  } catch (const InvalidInput& error) {
    return refusals(study, cell, {0, every_size(study, cell, 0), error.what()});
  }
}

// The first replicate of one cell at these sizes.
Pilot run_pilot(const Study& study, const Cell& cell, std::vector<Index> sizes) {
  Study small = study;
  small.sizes = std::move(sizes);
  const double start = process_seconds();  // what it takes on one core, whatever else the machine is doing
  Pilot pilot{std::vector<double>(cell.arms.size(), 0.0), 0, {}};
  for (Outcome& outcome : run_or_refuse(small, cell)) {
    const FitReport& report = outcome.record.report;
    if (report.status != FitStatus::failed)  // what a failed fit took is not known
      pilot.flops[static_cast<std::size_t>(outcome.arm)] += report.cost.fit_flops + report.cost.tuning_flops;
    pilot.records.push_back(std::move(outcome.record));
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

// Sums a pilot's value over all sizes, those that were run and those that were not.
template <class Value>
double over_all_sizes(const Study& study, const std::vector<Pilot>& pilots, const Value& value) {
  const Index count = std::ssize(pilots);
  Vector sizes(count), values(count);
  for (Index i = 0; i < count; ++i) {
    sizes[i] = static_cast<double>(study.sizes[static_cast<std::size_t>(i)]);
    values[i] = value(pilots[static_cast<std::size_t>(i)]);
  }
  double sum = values.sum();
  for (std::size_t i = pilots.size(); i < study.sizes.size(); ++i)
    sum += extrapolate(static_cast<double>(study.sizes[i]), sizes, values);
  return sum;
}

// In the store a row takes so much beside its texts.
double bytes_on_disk(const std::vector<Record>& records) {
  constexpr std::size_t row = 115;
  const std::size_t history = history_csv(records).size();
  std::size_t bytes = records_csv(records).size() + timings_csv(records).size() + 2 * history;
  for (const Record& record : records) bytes += row + record.report.message.size();
  return static_cast<double>(bytes);
}

void add_records(CellCost& cost, const std::vector<Record>& records) {
  const double before = cost.record_bytes * static_cast<double>(cost.fits);
  for (const Record& record : records) {
    const FitReport& report = record.report;
    if (report.status == FitStatus::failed && cost.failed++ == 0) cost.failure = report.message;
    if (report.status == FitStatus::diverged && cost.diverged++ == 0) cost.divergence = report.message;
    ++cost.fits;
  }
  cost.record_bytes = (before + bytes_on_disk(records)) / static_cast<double>(std::max<Index>(1, cost.fits));
}

}  // namespace

CellCost pilot_cell(const Study& study, const Cell& cell, double seconds) {
  std::vector<Pilot> pilots;
  CellCost cost;
  const auto start = std::chrono::steady_clock::now();
  while (pilots.size() < study.sizes.size() && (pilots.size() < 2 || seconds_since(start) < seconds)) {
    pilots.push_back(run_pilot(study, cell, {study.sizes[pilots.size()]}));
    add_records(cost, pilots.back().records);
  }
  cost.piloted = pilots.size();
  if (cost.piloted == study.sizes.size()) {
    const Pilot whole = run_pilot(study, cell, study.sizes);
    cost.flops = whole.flops;
    cost.seconds = whole.seconds;
    return cost;
  }
  cost.seconds = over_all_sizes(study, pilots, [](const Pilot& pilot) { return pilot.seconds; });
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm)
    cost.flops.push_back(
        over_all_sizes(study, pilots, [arm](const Pilot& pilot) { return pilot.flops[arm]; }));
  return cost;
}

}  // namespace quartic::detail
