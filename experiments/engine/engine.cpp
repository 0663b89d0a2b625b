#include "experiments/engine/engine.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "core/require.hpp"
#include "experiments/engine/open_cell.hpp"
#include "experiments/engine/setup.hpp"
#include "experiments/engine/task.hpp"
#include "experiments/engine/work_left.hpp"
#include "experiments/engine/workers.hpp"
#include "experiments/platform/clock.hpp"

namespace quartic {

namespace {

using detail::OpenCell;
using detail::Outcome;

/// A replicate of a cell that is to be run; without a replicate, a cell of which nothing is.
struct Ticket {
  std::shared_ptr<OpenCell> cell;
  std::optional<Index> replicate;
};

/// A task under way; a thread that keeps some of its fits holds the mutex.
struct Running {
  Running(detail::ReplicateTask what, std::shared_ptr<OpenCell> where)
      : task(std::move(what)), cell(std::move(where)) {}
  detail::RunningTask task;
  std::shared_ptr<OpenCell> cell;
  std::mutex keeping;
};

class Runner {
 public:
  Runner(const Study& study, const EngineOptions& options, RecordSink& sink);
  RunResult run();

 private:
  void work();
  void work_in_parallel();
  bool stopping() const;
  std::optional<Ticket> next_ticket();
  Ticket next_in_line();
  std::shared_ptr<OpenCell> open_next_cell();
  void run_ticket(const Ticket& ticket);
  detail::TaskEnd run_replicate(const Ticket& ticket);
  detail::TaskEnd run_task(detail::ReplicateTask task, const std::shared_ptr<OpenCell>& cell);
  std::vector<std::shared_ptr<Running>> list_running();
  bool look();
  void keep_what_has_ended();
  double seconds_left();
  void keep(OpenCell& cell, std::vector<Outcome> outcomes);
  void count_opened(const OpenCell& cell);
  void report_progress(Index fits);
  void count_work(std::span<const Outcome> outcomes);
  void write_finished_cells();
  void abandon();
  void write_front();
  void write_what_is_there();
  Index cell_count() const { return setup_.axes.cells; }

  const Study& study_;
  const EngineOptions& options_;
  RecordSink& sink_;
  detail::Setup setup_;
  const SeriesKeys keys_;
  Cube cube_;
  std::mutex ticket_mutex_;
  std::shared_ptr<OpenCell> current_;  // whose tasks are handed out
  Index opened_ = 0;
  std::mutex writer_mutex_;
  std::deque<std::shared_ptr<OpenCell>> open_;  // not yet written
  Index written_ = 0, failed_ = 0;              // written: those that are complete
  std::atomic<bool> abandoned_ = false;         // an exception is on its way out
  std::exception_ptr error_;
  detail::FitTimes times_;
  std::mutex running_mutex_;
  std::vector<std::shared_ptr<Running>> running_;
  std::mutex progress_mutex_;
  Progress progress_;
  Index opened_fits_ = 0;
  double unopened_fits_ = 0;  // of this shard, as far as can be told
  detail::WorkLeft work_;
  bool told_ = false;  // how long the running fits take
};

Runner::Runner(const Study& study, const EngineOptions& options, RecordSink& sink)
    : study_(study),
      options_(options),
      sink_(sink),
      setup_(detail::make_setup(study, options)),
      keys_(study),
      cube_(setup_.axes),
      unopened_fits_(static_cast<double>(setup_.fits) / static_cast<double>(options.shard.count)),
      work_(setup_.axes.arms.size()) {}

bool Runner::stopping() const {
  return abandoned_ || (options_.stop && *options_.stop);
}

void Runner::report_progress(Index fits) {
  if (!options_.progress) return;
  const std::scoped_lock lock(progress_mutex_);
  progress_.done = std::min(progress_.done + fits, progress_.total);
  options_.progress(progress_);
}

void Runner::count_work(std::span<const Outcome> outcomes) {
  const std::scoped_lock lock(progress_mutex_);
  for (const Outcome& outcome : outcomes) {
    const Cost& cost = outcome.record.report.cost;
    work_.count(outcome.arm, cost.fit_flops + cost.tuning_flops);
  }
  progress_.share = work_.share_done(static_cast<double>(progress_.total - progress_.done));
}

// The total is exact for the cells that were opened, and the share of the shard for the others.
void Runner::count_opened(const OpenCell& cell) {
  const std::scoped_lock lock(progress_mutex_);
  Index all = 0;
  for (Index arm = 0; arm < std::ssize(setup_.axes.arms); ++arm) {
    Index fits = 0;
    for (Index size = 0; size < std::ssize(setup_.axes.sizes); ++size)
      fits += detail::replicates_at(study_, options_, cell.cell(), arm, size);
    work_.expect(arm, fits);
    all += fits;
  }
  unopened_fits_ -= static_cast<double>(all) / static_cast<double>(options_.shard.count);
  opened_fits_ += cell.fits();
  progress_.total = opened_fits_ + std::llround(std::max(unopened_fits_, 0.0));
  progress_.found += cell.found();
}

// Under the tickets' lock.
std::shared_ptr<OpenCell> Runner::open_next_cell() {
  auto cell = std::make_shared<OpenCell>(detail::RunPlace{study_, options_, keys_, cube_, options_.archive},
                                         opened_++);
  count_opened(*cell);
  if (cell->found() > 0) report_progress(cell->found());
  const std::scoped_lock lock(writer_mutex_);
  open_.push_back(cell);
  return cell;
}

// Without a cell: none is left.
Ticket Runner::next_in_line() {
  const std::scoped_lock lock(ticket_mutex_);
  Ticket ticket{current_, {}};
  if (current_) ticket.replicate = current_->next_replicate();
  if (ticket.replicate) return ticket;
  if (opened_ == cell_count()) return {};
  current_ = open_next_cell();
  return {current_, current_->next_replicate()};
}

// Cells that the archive knows whole are written by one thread while the next opens the cell that follows.
std::optional<Ticket> Runner::next_ticket() {
  while (!stopping()) {
    Ticket ticket = next_in_line();
    if (!ticket.cell) return std::nullopt;
    if (ticket.replicate) return ticket;
    write_finished_cells();
  }
  return std::nullopt;
}

void Runner::keep(OpenCell& cell, std::vector<Outcome> outcomes) {
  if (outcomes.empty()) return;
  count_work(outcomes);
  if (options_.archive) {
    std::vector<Record> records;
    for (const Outcome& outcome : outcomes) records.push_back(outcome.record);
    options_.archive->keep(study_, cell.cell(), records);
  }
  cell.keep(std::move(outcomes));
}

// The first exception is passed on. Under the writer's lock.
void Runner::abandon() {
  if (!abandoned_) error_ = std::current_exception();
  abandoned_ = true;
}

void Runner::write_front() {
  open_.front()->write(sink_);
  failed_ += open_.front()->failed();
  written_ += open_.front()->complete();
  open_.pop_front();
}

// Cells in their order, as soon as the next one is complete; none after the sink has thrown.
void Runner::write_finished_cells() {
  const std::scoped_lock lock(writer_mutex_);
  try {
    while (!abandoned_ && !open_.empty() && open_.front()->complete()) write_front();
  } catch (...) {
    abandon();
    throw;
  }
}

// After an interruption: what is complete of the cells that had begun, and what the archive has of the rest.
void Runner::write_what_is_there() {
  while (!open_.empty()) write_front();
  if (!options_.archive) return;
  while (opened_ < cell_count()) {
    open_next_cell();
    write_front();
  }
}

detail::TaskEnd Runner::run_replicate(const Ticket& ticket) {
  const Index replicate = ticket.replicate.value();
  detail::SizesByArm wanted = ticket.cell->missing(replicate);
  const detail::ReadyCell* cell = nullptr;
  try {
    cell = &ticket.cell->ready();
  } catch (const InvalidInput& error) {  // of very many cells only a sample is tried before the run
    std::vector<Outcome> outcomes =
        detail::refusals(study_, ticket.cell->cell(), {replicate, wanted, error.what()});
    report_progress(std::ssize(outcomes));
    return {std::move(outcomes)};
  }
  return run_task({.cell = cell,
                   .replicate = replicate,
                   .sharing = setup_.budget.sharing,
                   .fitted = [this](Index fits) { report_progress(fits); },
                   .stop = options_.stop,
                   .abandon = options_.abandon,
                   .checkpoints = options_.checkpoints,
                   .wanted = std::move(wanted),
                   .long_seconds = options_.long_seconds,
                   .times = &times_},
                  ticket.cell);
}

// Under the eyes of the thread that watches. What that has taken is kept before this returns.
detail::TaskEnd Runner::run_task(detail::ReplicateTask task, const std::shared_ptr<OpenCell>& cell) {
  const auto running = std::make_shared<Running>(std::move(task), cell);
  {
    const std::scoped_lock lock(running_mutex_);
    running_.push_back(running);
  }
  detail::TaskEnd end = running->task.run();
  {
    const std::scoped_lock lock(running_mutex_);
    std::erase(running_, running);
  }
  const std::scoped_lock kept(running->keeping);
  return end;
}

std::vector<std::shared_ptr<Running>> Runner::list_running() {
  const std::scoped_lock lock(running_mutex_);
  return running_;
}

void Runner::keep_what_has_ended() {
  for (const std::shared_ptr<Running>& running : list_running()) {
    const std::scoped_lock lock(running->keeping);
    keep(*running->cell, running->task.take_ended());
  }
}

double Runner::seconds_left() {
  double longest = 0;
  for (const std::shared_ptr<Running>& running : list_running()) {
    const double seconds = running->task.seconds_left();
    if (std::isnan(seconds)) return seconds;
    longest = std::max(longest, seconds);
  }
  return longest;
}

// By a thread of its own: those that fit are busy, for hours perhaps.
bool Runner::look() {
  try {
    keep_what_has_ended();
  } catch (...) {
    const std::scoped_lock writing(writer_mutex_);
    abandon();
    return false;
  }
  if (!told_ && options_.stopping && options_.stop && *options_.stop) {
    options_.stopping(seconds_left());
    told_ = true;
  }
  return true;
}

void Runner::run_ticket(const Ticket& ticket) {
  detail::TaskEnd end = run_replicate(ticket);
  keep(*ticket.cell, std::move(end.outcomes));
  if (!end.whole) return;
  ticket.cell->end_task();
  write_finished_cells();
}

void Runner::work() {
  try {
    while (const std::optional<Ticket> ticket = next_ticket()) run_ticket(*ticket);
  } catch (...) {
    const std::scoped_lock lock(writer_mutex_);
    abandon();
  }
}

void Runner::work_in_parallel() {
  detail::run_crew({.workers = static_cast<int>(std::min<Index>(setup_.budget.tasks, setup_.tasks)),
                    .threads = setup_.budget.threads,
                    .work = [this] { work(); },
                    .look = [this] { return look(); }});
  if (error_) std::rethrow_exception(error_);
}

RunResult Runner::run() {
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = process_seconds();
  work_in_parallel();
  RunResult result;
  result.threads = setup_.budget.threads;
  write_what_is_there();
  result.interrupted = written_ < cell_count();  // not where the archive has all that was left
  result.failed = failed_;
  result.cube = std::move(cube_);
  result.wall_seconds = seconds_since(start);
  result.cpu_seconds = process_seconds() - cpu_start;
  return result;
}

}  // namespace

RunResult run(const Study& study, const EngineOptions& options, RecordSink& sink) {
  return Runner(study, options, sink).run();
}

RunResult collect(const Study& study, RecordSource& source, RecordSink& sink, const Allotment* allotment) {
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = process_seconds();
  const EngineOptions options{.allotment = allotment};
  const SeriesKeys keys(study);
  RunResult result;
  result.cube = Cube(detail::make_results_setup(study, options).axes);
  const Index cells = result.cube.axes().cells;
  Index complete = 0;
  for (Index position = 0; position < cells; ++position) {
    const OpenCell cell({study, options, keys, result.cube, &source}, position);
    cell.write(sink);
    result.failed += cell.failed();
    complete += cell.complete();
  }
  result.interrupted = complete < cells;
  result.wall_seconds = seconds_since(start);
  result.cpu_seconds = process_seconds() - cpu_start;
  return result;
}

}  // namespace quartic
