#include "experiments/engine/task.hpp"

#include <algorithm>
#include <iterator>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "experiments/engine/fit.hpp"
#include "experiments/engine/parallel.hpp"

namespace quartic::detail {

namespace {

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

/// One replicate on one world of the cell.
class WorldRun {
 public:
  WorldRun(const ReplicateTask& task, const WorldAtSizes& world);
  bool wanted() const { return !arms_.empty(); }
  std::vector<Outcome> run() const;

 private:
  std::vector<Outcome> run_on(Sample sample) const;
  void add_items(Index arm, std::span<const Index> sizes, const Sample& sample, Work& work) const;
  void share(Sample& sample, std::span<const FitItem> items) const;
  std::vector<std::vector<Fitted>> fit_all(std::span<const FitItem> items, const Sample& sample) const;
  Outcome make_outcome(const Fitted& fit, const Facts& facts) const;
  void report_progress(std::size_t fits) const {
    if (task_.fitted) task_.fitted(static_cast<Index>(fits));
  }

  const ReplicateTask& task_;
  const WorldReplicate replicate_;
  std::vector<Index> arms_;  // those that want a size
};

WorldRun::WorldRun(const ReplicateTask& task, const WorldAtSizes& world)
    : task_(task), replicate_{*task.cell, world, wanted_on(task, world), task.replicate, task.checkpoints} {
  for (Index arm = 0; arm < std::ssize(replicate_.wanted); ++arm)
    if (!replicate_.sizes_of(arm).empty()) arms_.push_back(arm);
}

void WorldRun::share(Sample& sample, std::span<const FitItem> items) const {
  if (task_.sharing == Sharing::nothing || !sample.whole) return;
  std::vector<Model> models;
  for (const FitItem& item : items)
    if (!item.named) models.push_back(item.model);
  share_moments(sample, replicate_.sizes(), models);
}

std::vector<std::vector<Fitted>> WorldRun::fit_all(std::span<const FitItem> items,
                                                   const Sample& sample) const {
  std::vector<std::vector<Fitted>> fits(items.size());
  // Isolated: a thread that waits here must not begin an arm of another replicate, which would hold up its
  // own.
  for_each_in_parallel(items.size(), [&](std::size_t i) {
    const Interruptible here(task_.abandon);  // a thread of its own, perhaps
    try {
      interruption_point();
      fits[i] = fit(replicate_, items[i], sample);
      report_progress(items[i].sizes.size());
    } catch (const Interrupted&) {  // this fit is empty, and the task is left below
    }
  });
  return fits;
}

Outcome WorldRun::make_outcome(const Fitted& fit, const Facts& facts) const {
  const std::vector<Index>& sizes = replicate_.study().sizes;
  Outcome outcome{fit.arm, std::find(sizes.begin(), sizes.end(), fit.n) - sizes.begin(), {}};
  Record& record = outcome.record;
  record.cell = replicate_.cell.cell.id;
  record.arm = replicate_.arm(fit.arm).name;
  record.n = fit.n;
  record.replicate = replicate_.number;
  record.report = fit.report;
  record.theory = fit.theory;
  if (!fit.risk || fit.report.status == FitStatus::failed) return outcome;
  const auto signal = facts.find("signal");
  require(signal != facts.end(),
          "the world has no fact \"signal\" (errors are divided by it). Let facts() of its truths give it.");
  record.excess_risk = fit.risk->excess;
  record.normalised_error = fit.risk->excess / signal->second;
  record.error_se = fit.risk->standard_error / signal->second;
  return outcome;
}

// Where an arm cannot be made ready, size by size, so that one bad size does not take the others with it.
void WorldRun::add_items(Index arm, std::span<const Index> sizes, const Sample& sample, Work& work) const {
  try {
    for (FitItem& item : make_items(replicate_, arm, sizes, sample)) work.items.push_back(std::move(item));
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
  for (std::size_t k = 0; k < sizes.size(); ++k) add_items(arm, sizes.subspan(k, 1), sample, work);
}

std::vector<Outcome> WorldRun::run_on(Sample sample) const {
  Work work;
  for (Index arm : arms_) add_items(arm, replicate_.sizes_of(arm), sample, work);
  auto& [items, fits] = work;
  share(sample, items);
  for (std::vector<Fitted>& done : fit_all(items, sample))
    for (Fitted& fitted : done) fits.push_back(std::move(fitted));
  interruption_point();
  judge(replicate_, fits, sample.truth);
  std::vector<Outcome> outcomes;
  for (const Fitted& fitted : fits) outcomes.push_back(make_outcome(fitted, sample.facts));
  return outcomes;
}

std::vector<Outcome> WorldRun::run() const {
  try {
    return run_on(draw_sample(replicate_, arms_));
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

}  // namespace

std::vector<Outcome> run_task(const ReplicateTask& task) try {
  const Interruptible here(task.abandon);
  std::vector<Outcome> outcomes;
  for (const WorldAtSizes& world : task.cell->worlds) {
    const WorldRun run(task, world);
    if (!run.wanted()) continue;
    std::vector<Outcome> more = run.run();
    std::move(more.begin(), more.end(), std::back_inserter(outcomes));
  }
  return outcomes;
} catch (const Interrupted&) {
  return {};
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
