#include "experiments/engine/pilot.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/interruption.hpp"
#include "core/interruption_flag.hpp"
#include "core/require.hpp"
#include "experiments/engine/task.hpp"
#include "experiments/platform/clock.hpp"
#include "experiments/results/record_columns.hpp"

namespace quartic::detail {

namespace {

/// What one pilot replicate took: flops by arm.
struct Pilot {
  std::vector<double> flops, given_flops;  // of all sizes, and without further ones
  double seconds = 0;                      // of one core
  std::vector<Record> records;
};

std::vector<Outcome> run_or_refuse(const Study& study, const Cell& cell) {
  try {
    const ReadyCell ready = make_ready(study, cell);
    return run_task({.cell = &ready, .replicate = 0, .abandon = interruption_flag()});
  } catch (const InvalidInput& error) {
    return refusals(study, cell, {0, every_size(study, cell, 0), error.what()});
  }
}

// The first replicate of one cell at these sizes.
Pilot run_pilot(const Study& study, const Cell& cell, std::vector<Index> sizes) {
  Study small = study;
  small.sizes = std::move(sizes);
  const double start = process_seconds();  // what it takes on one core, whatever else the machine is doing
  const std::vector<double> none(cell.arms.size(), 0.0);
  Pilot pilot{none, none, 0, {}};
  for (Outcome& outcome : run_or_refuse(small, cell)) {
    const FitReport& report = outcome.record.report;
    const auto arm = static_cast<std::size_t>(outcome.arm);
    if (report.status != FitStatus::failed) {  // what a failed fit took is not known
      const double flops = report.cost.fit_flops + report.cost.tuning_flops;
      pilot.flops[arm] += flops;
      if (!is_further(study, outcome.record.n)) pilot.given_flops[arm] += flops;
    }
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

// Sums a pilot's value over these sizes of the study. Its first ones were run, the others were not.
template <class Value>
double over_sizes(const Study& study, const std::vector<Index>& wanted, const std::vector<Pilot>& pilots,
                  const Value& value) {
  std::vector<double> run, values, left;
  for (std::size_t k = 0; k < study.sizes.size(); ++k) {
    const Index n = study.sizes[k];
    if (!std::binary_search(wanted.begin(), wanted.end(), n)) continue;
    (k < pilots.size() ? run : left).push_back(static_cast<double>(n));
    if (k < pilots.size()) values.push_back(value(pilots[k]));
  }
  const auto as_vector = [](const std::vector<double>& list) {
    return Vector(Eigen::Map<const Vector>(list.data(), std::ssize(list)));
  };
  double sum = as_vector(values).sum();
  for (const double n : left) sum += extrapolate(n, as_vector(run), as_vector(values));
  return sum;
}

// In the store a row takes so much beside its texts.
double bytes_on_disk(const std::vector<Record>& records) {
  constexpr std::size_t row = 140;
  const std::size_t history = history_csv(records).size();
  std::size_t bytes = records_csv(records).size() + timings_csv(records).size() + 2 * history;
  for (const Record& record : records) bytes += row + record.report.message.size();
  if (std::any_of(records.begin(), records.end(), has_class_measures))
    bytes += classes_csv(records).size() + records.size() * class_column_count * (sizeof(double) + 1);
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
  const std::vector<Index> given = given_sizes(study);
  const std::size_t least = std::min<std::size_t>(2, given.size());
  for (std::size_t of_all = 0;
       pilots.size() < study.sizes.size() && (of_all < least || seconds_since(start) < seconds);) {
    const Index n = study.sizes[pilots.size()];
    interruption_point();
    pilots.push_back(run_pilot(study, cell, {n}));
    of_all += !is_further(study, n);
    add_records(cost, pilots.back().records);
  }
  cost.piloted = pilots.size();
  if (cost.piloted == study.sizes.size()) {
    interruption_point();
    const Pilot whole = run_pilot(study, cell, study.sizes);
    cost.flops = whole.flops, cost.given_flops = whole.given_flops;
    cost.seconds = whole.seconds;
    return cost;
  }
  cost.seconds = over_sizes(study, study.sizes, pilots, [](const Pilot& pilot) { return pilot.seconds; });
  for (std::size_t arm = 0; arm < cell.arms.size(); ++arm) {
    const auto flops = [arm](const Pilot& pilot) { return pilot.flops[arm]; };
    std::vector<Index> own = study.sizes;
    std::erase_if(own, [&](Index n) { return count_replicates(study, cell.arms[arm], n) == 0; });
    cost.given_flops.push_back(over_sizes(study, given, pilots, flops));
    cost.flops.push_back(over_sizes(study, own, pilots, flops));
  }
  return cost;
}

}  // namespace quartic::detail
