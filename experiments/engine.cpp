#include "experiments/engine.hpp"

#include <oneapi/tbb/task_arena.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <tuple>

#include "core/require.hpp"
#include "experiments/engine_memory.hpp"
#include "experiments/engine_setup.hpp"
#include "experiments/engine_task.hpp"

namespace quartic {

namespace {

using detail::Outcome;
using detail::ReadyCell;

/// A cell that is under way, and what the cube cannot hold of it.
struct CellNotes {
  std::mutex mutex;
  std::shared_ptr<const ReadyCell> ready;  // from its first task to its last
  Index tasks_left = 0;
  std::map<std::tuple<Index, Index, Index>, std::string> messages;  // arm, size, replicate
  std::map<std::tuple<Index, Index, Index>, double> seconds;
  std::map<std::tuple<Index, Index, Index>, std::vector<TrainingPoint>> histories;
};

class Runner {
 public:
  Runner(const Study& study, const EngineOptions& options, RecordSink& sink);
  RunResult run();

 private:
  void work();
  void work_in_parallel();
  bool stopping() const;
  void run_ticket(Index ticket);
  std::shared_ptr<const ReadyCell> ready(Index cell);
  std::vector<Outcome> run_replicate(const detail::TaskPlace& place);
  void keep(Index cell, std::vector<Outcome> outcomes);
  void keep_numbers(const Slot& slot, const Record& record);
  void report_progress(Index fits);
  void write_finished_cells();
  void write_cell(Index cell);
  std::vector<Record> records_of(Slot first) const;
  Record record_at(const Slot& slot) const;

  const Study& study_;
  const EngineOptions& options_;
  RecordSink& sink_;
  detail::Setup setup_;
  Cube cube_;
  std::vector<CellNotes> notes_;
  std::atomic<Index> next_ticket_ = 0, tasks_done_ = 0, failed_ = 0;
  std::atomic<bool> abandoned_ = false;  // an exception is on its way out
  std::exception_ptr error_;
  std::mutex progress_mutex_, writer_mutex_;
  Progress progress_;
  Index next_cell_ = 0;  // to be written
};

Runner::Runner(const Study& study, const EngineOptions& options, RecordSink& sink)
    : study_(study),
      options_(options),
      sink_(sink),
      setup_(detail::make_setup(study, options)),
      cube_(setup_.axes),
      notes_(study.cells.size()) {
  for (std::size_t cell = 0; cell < notes_.size(); ++cell)
    notes_[cell].tasks_left = detail::tasks_of(setup_, static_cast<Index>(cell));
  progress_.total = setup_.fits;
}

bool Runner::stopping() const {
  return abandoned_ || (options_.stop && *options_.stop);
}

void Runner::report_progress(Index fits) {
  if (!options_.progress) return;
  const std::scoped_lock lock(progress_mutex_);
  progress_.done = std::min(progress_.done + fits, progress_.total);
  options_.progress(progress_);
}

void Runner::keep_numbers(const Slot& slot, const Record& record) {
  const FitReport& report = record.report;
  const auto count = [](Index value) {
    return value < 0 ? Record::not_measured : static_cast<double>(value);
  };
  cube_.set(slot, Measure::normalised_error, record.normalised_error);
  cube_.set(slot, Measure::excess_risk, record.excess_risk);
  cube_.set(slot, Measure::error_se, record.error_se);
  cube_.set(slot, Measure::theory, record.theory);
  cube_.set(slot, Measure::fit_flops, report.cost.fit_flops);
  cube_.set(slot, Measure::tuning_flops, report.cost.tuning_flops);
  cube_.set(slot, Measure::parameters, count(report.parameters));
  cube_.set(slot, Measure::iterations, count(report.iterations));
  cube_.set(slot, Measure::certificate, report.certificate);
  cube_.set(slot, Measure::status, static_cast<double>(report.status));
}

void Runner::keep(Index cell, std::vector<Outcome> outcomes) {
  CellNotes& notes = notes_[static_cast<std::size_t>(cell)];
  const std::scoped_lock lock(notes.mutex);
  for (Outcome& outcome : outcomes) {
    Record& record = outcome.record;
    keep_numbers({cell, outcome.arm, outcome.size, record.replicate}, record);
    const std::tuple place{outcome.arm, outcome.size, record.replicate};
    if (!record.report.message.empty()) notes.messages.emplace(place, std::move(record.report.message));
    if (!std::isnan(record.report.cost.cpu_seconds))
      notes.seconds.emplace(place, record.report.cost.cpu_seconds);
    if (!record.report.history.empty()) notes.histories.emplace(place, std::move(record.report.history));
    failed_ += record.report.status == FitStatus::failed;
  }
  if (--notes.tasks_left == 0) notes.ready.reset();
}

Record Runner::record_at(const Slot& slot) const {
  const auto number = [&](Measure measure) { return cube_.at(slot, measure); };
  const auto count = [&](Measure measure) {
    return std::isnan(number(measure)) ? Index{-1} : std::lround(number(measure));
  };
  const CellNotes& notes = notes_[static_cast<std::size_t>(slot.cell)];
  const std::tuple place{slot.arm, slot.size, slot.replicate};
  Record record;
  record.cell = study_.cells[static_cast<std::size_t>(slot.cell)].id;
  record.arm = setup_.axes.arms[static_cast<std::size_t>(slot.arm)];
  record.n = study_.sizes[static_cast<std::size_t>(slot.size)];
  record.replicate = slot.replicate;
  record.excess_risk = number(Measure::excess_risk);
  record.normalised_error = number(Measure::normalised_error);
  record.error_se = number(Measure::error_se);
  record.theory = number(Measure::theory);
  record.report.status = static_cast<FitStatus>(count(Measure::status));
  record.report.parameters = count(Measure::parameters);
  record.report.iterations = count(Measure::iterations);
  record.report.certificate = number(Measure::certificate);
  record.report.cost = {.fit_flops = number(Measure::fit_flops),
                        .tuning_flops = number(Measure::tuning_flops)};
  if (const auto found = notes.messages.find(place); found != notes.messages.end())
    record.report.message = found->second;
  if (const auto found = notes.histories.find(place); found != notes.histories.end())
    record.report.history = found->second;
  if (const auto found = notes.seconds.find(place); found != notes.seconds.end())
    record.report.cost.cpu_seconds = found->second;
  return record;
}

std::vector<Record> Runner::records_of(Slot slot) const {
  std::vector<Record> records;
  for (slot.replicate = 0; slot.replicate < setup_.axes.replicates; ++slot.replicate)
    if (!std::isnan(cube_.at(slot, Measure::status))) records.push_back(record_at(slot));
  return records;
}

void Runner::write_cell(Index cell) {
  for (Index arm = 0; arm < static_cast<Index>(setup_.axes.arms.size()); ++arm)
    for (Index size = 0; size < static_cast<Index>(setup_.axes.sizes.size()); ++size)
      if (const std::vector<Record> records = records_of({cell, arm, size, 0}); !records.empty())
        sink_.write(records);
  CellNotes& notes = notes_[static_cast<std::size_t>(cell)];
  notes.messages.clear();
  notes.seconds.clear();
  notes.histories.clear();
}

// Cells in their order, as soon as the next one is complete.
void Runner::write_finished_cells() {
  const std::scoped_lock lock(writer_mutex_);
  while (next_cell_ < static_cast<Index>(notes_.size())) {
    CellNotes& notes = notes_[static_cast<std::size_t>(next_cell_)];
    {
      const std::scoped_lock cell_lock(notes.mutex);
      if (notes.tasks_left > 0) return;
    }
    write_cell(next_cell_++);
  }
}

std::shared_ptr<const ReadyCell> Runner::ready(Index cell) {
  CellNotes& notes = notes_[static_cast<std::size_t>(cell)];
  const std::scoped_lock lock(notes.mutex);
  if (!notes.ready)
    notes.ready = std::make_shared<const ReadyCell>(
        detail::make_ready(study_, study_.cells[static_cast<std::size_t>(cell)], options_.catalogues));
  return notes.ready;
}

std::vector<Outcome> Runner::run_replicate(const detail::TaskPlace& place) {
  std::shared_ptr<const ReadyCell> cell;
  try {
    cell = ready(place.cell);
  } catch (const InvalidInput& error) {  // of very many cells only a sample is tried before the run
    const Cell refused = study_.cells[static_cast<std::size_t>(place.cell)];
    std::vector<Outcome> outcomes = detail::refusals(study_, refused, place.replicate, error.what());
    report_progress(std::ssize(outcomes));
    return outcomes;
  }
  return detail::run_task({.cell = cell.get(),
                           .replicate = place.replicate,
                           .sharing = setup_.budget.sharing,
                           .fitted = [this](Index fits) { report_progress(fits); },
                           .abandon = options_.abandon,
                           .checkpoints = options_.checkpoints});
}

void Runner::run_ticket(Index ticket) {
  const detail::TaskPlace place = detail::place_of(setup_, ticket);
  std::vector<Outcome> outcomes = run_replicate(place);
  if (outcomes.empty()) return;
  keep(place.cell, std::move(outcomes));
  ++tasks_done_;
  write_finished_cells();
}

void Runner::work() {
  try {
    while (!stopping()) {
      const Index ticket = next_ticket_++;
      if (ticket >= setup_.tasks) return;
      run_ticket(ticket);
    }
  } catch (...) {
    const std::scoped_lock lock(writer_mutex_);
    if (!abandoned_) error_ = std::current_exception();
    abandoned_ = true;
  }
}

// Replicates have threads of their own, which enter the arena; idle threads of the arena help with their
// arms. (Handed to the arena as tasks instead, replicates sometimes all ran on one thread: oneTBB 2021.8 may
// leave its workers asleep when a process runs many short studies.)
void Runner::work_in_parallel() {
  const int workers = static_cast<int>(std::min<Index>(setup_.budget.tasks, setup_.tasks));
  tbb::task_arena arena(setup_.budget.threads, static_cast<unsigned>(workers));
  const auto enter = [&] { arena.execute([&] { work(); }); };
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < workers; ++i) others.emplace_back(enter);
    enter();
  }
  if (error_) std::rethrow_exception(error_);
}

double process_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

RunResult Runner::run() {
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = process_seconds();
  work_in_parallel();
  RunResult result;
  result.failed = failed_;
  result.interrupted = tasks_done_ < setup_.tasks;
  result.threads = setup_.budget.threads;
  for (; next_cell_ < static_cast<Index>(notes_.size()); ++next_cell_)
    write_cell(next_cell_);  // what is complete
  result.cube = std::move(cube_);
  result.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.cpu_seconds = process_seconds() - cpu_start;
  return result;
}

}  // namespace

RunResult run(const Study& study, const EngineOptions& options, RecordSink& sink) {
  return Runner(study, options, sink).run();
}

}  // namespace quartic
