#include "experiments/engine/task.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "experiments/engine/fit.hpp"
#include "experiments/engine/parallel.hpp"
#include "experiments/platform/clock.hpp"

namespace quartic::detail {

namespace {

using Clock = std::chrono::steady_clock;

/// Fits to be run, and those that failed before they could be.
struct Work {
  std::vector<FitItem> items;
  std::vector<Fitted> fits;
};

/// The sizes wanted of each arm that this world serves.
SizesByArm wanted_on(const ReplicateTask& task, const WorldAtSizes& world) {
  const ReadyCell& cell = *task.cell;
  const SizesByArm all =
      task.wanted.empty() ? every_size(*cell.study, cell.cell, task.replicate) : task.wanted;
  SizesByArm wanted(all.size());
  for (std::size_t arm = 0; arm < all.size(); ++arm)
    std::set_intersection(world.sizes.begin(), world.sizes.end(), all[arm].begin(), all[arm].end(),
                          std::back_inserter(wanted[arm]));
  return wanted;
}

}  // namespace

/// One replicate on one world of the cell.
class RunningTask::WorldRun {
 public:
  WorldRun(RunningTask& owner, const WorldAtSizes& world);
  WorldRun(const WorldRun&) = delete;
  WorldRun& operator=(const WorldRun&) = delete;
  ~WorldRun() { owner_.set_current(nullptr); }
  bool wanted() const { return !arms_.empty(); }
  std::vector<Outcome> run();
  std::vector<Outcome> take_ended();
  double seconds_left();

 private:
  /// What is known of an item, by its place in the list.
  struct ItemTime {
    FitPlace place;
    Clock::time_point start = {};
    bool runs = false;
  };
  std::vector<Outcome> run_on_sample();
  void add_items(Index arm, std::span<const Index> sizes, Work& work) const;
  void share(std::span<const FitItem> items);
  void fit_all(std::span<const FitItem> items);
  std::vector<Fitted> fit_alone(const FitItem& item) const;
  void fit_one(const FitItem& item, ItemTime& time);
  void add_ended(std::vector<Fitted> fits);
  std::vector<Outcome> judged(std::vector<Fitted> fits) const;
  Outcome make_outcome(const Fitted& fit, const Facts& facts) const;
  void report_progress(std::size_t fits) const {
    if (task_.fitted) task_.fitted(static_cast<Index>(fits));
  }

  RunningTask& owner_;
  const ReplicateTask& task_;
  const WorldReplicate replicate_;
  std::vector<Index> arms_;       // those that want a size
  std::optional<Sample> sample_;  // set before a fit begins
  std::mutex mutex_;              // of what follows
  std::vector<ItemTime> times_;
  std::vector<Fitted> ended_;  // and not judged
};

RunningTask::WorldRun::WorldRun(RunningTask& owner, const WorldAtSizes& world)
    : owner_(owner),
      task_(owner.task_),
      replicate_{*task_.cell, world, wanted_on(task_, world), task_.replicate, task_.checkpoints} {
  for (Index arm = 0; arm < std::ssize(replicate_.wanted); ++arm)
    if (!replicate_.sizes_of(arm).empty()) arms_.push_back(arm);
}

void RunningTask::WorldRun::share(std::span<const FitItem> items) {
  if (task_.sharing == Sharing::nothing || !sample_->whole) return;
  std::vector<Model> models;
  std::set<Index> sizes;
  for (const FitItem& item : items) {
    if (item.named) continue;
    models.push_back(item.model);
    sizes.insert(item.sizes.begin(), item.sizes.end());
  }
  share_moments(*sample_, std::vector<Index>(sizes.begin(), sizes.end()), models);
}

void RunningTask::WorldRun::add_ended(std::vector<Fitted> fits) {
  const std::scoped_lock lock(mutex_);
  std::move(fits.begin(), fits.end(), std::back_inserter(ended_));
}

// Rules of large models are judged at once, and let go: several of them would take more memory than a fit.
// The others wait, and share the fresh rows.
std::vector<Fitted> RunningTask::WorldRun::fit_alone(const FitItem& item) const {
  constexpr double large = 8 << 20;
  std::vector<Fitted> fits = fit(replicate_, item, *sample_);
  if (item.model.working_bytes(item.sizes.back(), item.point.columns) > large)
    judge(replicate_, fits, sample_->truths);
  for (Fitted& one : fits)
    if (is_judged(one, replicate_.task())) one.rule.reset();
  return fits;
}

void RunningTask::WorldRun::fit_one(const FitItem& item, ItemTime& time) {
  {
    const std::scoped_lock lock(mutex_);
    time = {{item.arm, item.sizes.back()}, Clock::now(), true};
  }
  std::vector<Fitted> fits = fit_alone(item);
  if (task_.times) task_.times->note(time.place, seconds_since(time.start));
  const std::scoped_lock lock(mutex_);
  time.runs = false;
  std::move(fits.begin(), fits.end(), std::back_inserter(ended_));
}

void RunningTask::WorldRun::fit_all(std::span<const FitItem> items) {
  // Isolated: a thread that waits here must not begin an arm of another replicate, which would hold up its
  // own.
  for_each_in_parallel(items.size(), [&](std::size_t i) {
    const Interruptible here(task_.abandon);  // a thread of its own, perhaps
    if (task_.stop && *task_.stop && owner_.is_long()) {
      owner_.left_out_ = true;
      return;
    }
    try {
      interruption_point();
      fit_one(items[i], times_[i]);
      report_progress(items[i].sizes.size());
    } catch (const Interrupted&) {  // this fit is missing, and the task is left below
    }
  });
}

Outcome RunningTask::WorldRun::make_outcome(const Fitted& fit, const Facts& facts) const {
  const std::vector<Index>& sizes = replicate_.study().sizes;
  Outcome outcome{fit.arm, std::find(sizes.begin(), sizes.end(), fit.n) - sizes.begin(), {}};
  Record& record = outcome.record;
  record.cell = replicate_.cell.cell.id;
  record.arm = replicate_.arm(fit.arm).name;
  record.n = fit.n;
  record.replicate = replicate_.number;
  record.report = fit.report;
  record.theory = fit.theory;
  record.inference_flops = fit.inference_flops;
  if (!fit.risk || fit.report.status == FitStatus::failed) return outcome;
  const double scale = error_scale(facts, replicate_.task());
  record.excess_risk = fit.risk->excess;
  record.normalised_error = fit.risk->excess / scale;
  record.error_se = fit.risk->standard_error / scale;
  if (!fit.classes) return outcome;
  record.auc = fit.classes->auc;
  record.log_loss = fit.classes->log_loss;
  record.brier = fit.classes->brier;
  return outcome;
}

// Where an arm cannot be made ready, size by size, so that one bad size does not take the others with it.
void RunningTask::WorldRun::add_items(Index arm, std::span<const Index> sizes, Work& work) const {
  try {
    for (FitItem& item : make_items(replicate_, arm, sizes, *sample_)) work.items.push_back(std::move(item));
    return;
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    if (sizes.size() == 1) {
      work.fits.push_back(failures(arm, sizes, message_in_flight()).front());
      report_progress(1);
      return;
    }
  }
  for (std::size_t k = 0; k < sizes.size(); ++k) add_items(arm, sizes.subspan(k, 1), work);
}

// By arm and size, whichever ended first.
std::vector<Outcome> RunningTask::WorldRun::judged(std::vector<Fitted> fits) const {
  std::stable_sort(fits.begin(), fits.end(), [](const Fitted& a, const Fitted& b) {
    return std::pair(a.arm, a.n) < std::pair(b.arm, b.n);
  });
  judge(replicate_, fits, sample_->truths);
  std::vector<Outcome> outcomes;
  for (const Fitted& fitted : fits) outcomes.push_back(make_outcome(fitted, sample_->truths.judged.facts()));
  return outcomes;
}

// Each fit is judged on the same fresh rows, whenever, and beside whichever others.
std::vector<Outcome> RunningTask::WorldRun::take_ended() {
  std::vector<Fitted> ended;
  {
    const std::scoped_lock lock(mutex_);
    ended.swap(ended_);
  }
  return judged(std::move(ended));
}

double RunningTask::WorldRun::seconds_left() {
  const std::scoped_lock lock(mutex_);
  double longest = 0;
  for (const ItemTime& time : times_) {
    if (!time.runs) continue;
    const double left = task_.times->about(time.place) - seconds_since(time.start);
    if (std::isnan(left)) return left;
    longest = std::max(longest, left);
  }
  return longest;
}

std::vector<Outcome> RunningTask::WorldRun::run_on_sample() {
  Work work;
  for (Index arm : arms_) add_items(arm, replicate_.sizes_of(arm), work);
  share(work.items);
  add_ended(std::move(work.fits));
  times_.resize(work.items.size());
  owner_.set_current(this);
  fit_all(work.items);
  owner_.set_current(nullptr);
  interruption_point();
  return judged(std::move(ended_));
}

std::vector<Outcome> RunningTask::WorldRun::run() {
  try {
    sample_ = draw_sample(replicate_, arms_);
    return run_on_sample();
  } catch (const Interrupted&) {
    throw;
  } catch (...) {  // the truth could not be drawn or held: no arm can run
    std::vector<Outcome> outcomes;
    for (Index arm : arms_) {
      report_progress(replicate_.sizes_of(arm).size());
      for (const Fitted& failed : failures(arm, replicate_.sizes_of(arm), message_in_flight()))
        outcomes.push_back(make_outcome(failed, {}));
    }
    return outcomes;
  }
}

RunningTask::RunningTask(ReplicateTask task)
    : task_(std::move(task)), start_(std::chrono::steady_clock::now()) {}

RunningTask::~RunningTask() = default;

bool RunningTask::is_long() const {
  return seconds_since(start_) > task_.long_seconds;
}

void RunningTask::set_current(WorldRun* run) {
  const std::scoped_lock lock(mutex_);
  current_ = run;
}

TaskEnd RunningTask::run() try {
  const Interruptible here(task_.abandon);
  for (const WorldAtSizes& world : task_.cell->worlds) {
    WorldRun run(*this, world);
    if (!run.wanted()) continue;
    std::vector<Outcome> more = run.run();
    const std::scoped_lock lock(mutex_);
    std::move(more.begin(), more.end(), std::back_inserter(outcomes_));
  }
  const std::scoped_lock lock(mutex_);
  return {std::move(outcomes_), !left_out_};
} catch (const Interrupted&) {
  return {.outcomes = {}, .whole = false};
}

std::vector<Outcome> RunningTask::take_ended() try {
  if (!is_long()) return {};
  const Interruptible here(task_.abandon);
  const std::scoped_lock lock(mutex_);
  std::vector<Outcome> ended = std::exchange(outcomes_, {});
  std::vector<Outcome> more = current_ ? current_->take_ended() : std::vector<Outcome>();
  std::move(more.begin(), more.end(), std::back_inserter(ended));
  return ended;
} catch (const Interrupted&) {
  return {};
}

double RunningTask::seconds_left() {
  const std::scoped_lock lock(mutex_);
  return current_ ? current_->seconds_left() : 0;
}

std::vector<Outcome> run_task(ReplicateTask task) {
  return RunningTask(std::move(task)).run().outcomes;
}

std::vector<Outcome> refusals(const Study& study, const Cell& cell, const RefusedCell& refused) {
  std::vector<Outcome> outcomes;
  for (Index arm = 0; arm < std::ssize(refused.wanted); ++arm)
    for (const Index n : refused.wanted[static_cast<std::size_t>(arm)]) {
      const auto size = std::lower_bound(study.sizes.begin(), study.sizes.end(), n);
      outcomes.push_back({arm, size - study.sizes.begin(),
                          Record{.cell = cell.id,
                                 .arm = cell.arms[static_cast<std::size_t>(arm)].name,
                                 .n = n,
                                 .replicate = refused.replicate,
                                 .report = failure_report(refused.message)}});
    }
  return outcomes;
}

}  // namespace quartic::detail
