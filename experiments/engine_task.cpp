#include "experiments/engine_task.hpp"

#include <algorithm>
#include <iterator>

#include "experiments/engine_fit.hpp"
#include "experiments/engine_parallel.hpp"

namespace quartic::detail {

namespace {

/// One replicate on one world of the cell.
class WorldRun {
 public:
  WorldRun(const ReplicateTask& task, const WorldAtSizes& world);
  std::vector<Outcome> run() const;

 private:
  std::vector<Outcome> run_on(Sample sample) const;
  void share(Sample& sample, std::span<const FitItem> items) const;
  std::vector<std::vector<Fitted>> fit_all(std::span<const FitItem> items, const Sample& sample) const;
  Outcome outcome_of(const Fitted& fit, const Facts& facts) const;
  void report_progress(std::size_t fits) const {
    if (task_.fitted) task_.fitted(static_cast<Index>(fits));
  }
  bool abandoned() const { return task_.abandon && *task_.abandon; }

  const ReplicateTask& task_;
  const WorldReplicate replicate_;
  std::vector<Index> arms_;  // those that have this replicate
};

WorldRun::WorldRun(const ReplicateTask& task, const WorldAtSizes& world)
    : task_(task), replicate_{*task.cell, world, task.replicate, task.checkpoints} {
  for (Index arm = 0; arm < static_cast<Index>(task.cell->cell.arms.size()); ++arm)
    if (task.replicate < replicates_of(replicate_.study(), replicate_.arm(arm))) arms_.push_back(arm);
}

void WorldRun::share(Sample& sample, std::span<const FitItem> items) const {
  if (task_.sharing == Sharing::nothing || !sample.whole) return;
  std::vector<Model> models;
  for (const FitItem& item : items)
    if (!item.named) models.push_back(item.model);
  share_moments(sample, replicate_.world.sizes, models);
}

std::vector<std::vector<Fitted>> WorldRun::fit_all(std::span<const FitItem> items,
                                                   const Sample& sample) const {
  std::vector<std::vector<Fitted>> fits(items.size());
  // Isolated: a thread that waits here must not begin an arm of another replicate, which would hold up its
  // own.
  for_each_in_parallel(items.size(), [&](std::size_t i) {
    if (abandoned()) return;
    fits[i] = fit(replicate_, items[i], sample);
    report_progress(items[i].sizes.size());
  });
  return fits;
}

Outcome WorldRun::outcome_of(const Fitted& fit, const Facts& facts) const {
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
  const double signal = facts.find("signal")->second;
  record.excess_risk = fit.risk->excess;
  record.normalised_error = fit.risk->excess / signal;
  record.error_se = fit.risk->standard_error / signal;
  return outcome;
}

std::vector<Outcome> WorldRun::run_on(Sample sample) const {
  std::vector<FitItem> items;
  std::vector<Fitted> fits;
  for (Index arm : arms_) {
    try {
      for (FitItem& item : make_items(replicate_, arm, sample)) items.push_back(std::move(item));
    } catch (...) {
      for (Fitted& failed : failures(replicate_, arm, replicate_.world.sizes, message_in_flight()))
        fits.push_back(std::move(failed));
    }
  }
  share(sample, items);
  for (std::vector<Fitted>& done : fit_all(items, sample))
    for (Fitted& fitted : done) fits.push_back(std::move(fitted));
  if (abandoned()) return {};
  judge(replicate_, fits, sample.table);
  std::vector<Outcome> outcomes;
  for (const Fitted& fitted : fits) outcomes.push_back(outcome_of(fitted, sample.facts));
  return outcomes;
}

std::vector<Outcome> WorldRun::run() const {
  try {
    return run_on(draw_sample(replicate_, arms_));
  } catch (...) {  // the table could not be drawn or held: no arm can run
    std::vector<Outcome> outcomes;
    report_progress(arms_.size() * replicate_.world.sizes.size());
    for (Index arm : arms_)
      for (const Fitted& failed : failures(replicate_, arm, replicate_.world.sizes, message_in_flight()))
        outcomes.push_back(outcome_of(failed, {}));
    return outcomes;
  }
}

}  // namespace

std::vector<Outcome> run_task(const ReplicateTask& task) {
  std::vector<Outcome> outcomes;
  for (const WorldAtSizes& world : task.cell->worlds) {
    std::vector<Outcome> more = WorldRun(task, world).run();
    if (more.empty()) return {};
    std::move(more.begin(), more.end(), std::back_inserter(outcomes));
  }
  return outcomes;
}

std::vector<Outcome> refusals(const Study& study, const Cell& cell, Index replicate,
                              const std::string& message) {
  std::vector<Outcome> outcomes;
  for (Index arm = 0; arm < std::ssize(cell.arms); ++arm) {
    const ArmSpec& spec = cell.arms[static_cast<std::size_t>(arm)];
    if (replicate >= replicates_of(study, spec)) continue;
    for (Index size = 0; size < std::ssize(study.sizes); ++size) {
      Record record{.cell = cell.id,
                    .arm = spec.name,
                    .n = study.sizes[static_cast<std::size_t>(size)],
                    .replicate = replicate};
      record.report = failure_report(message, record);
      outcomes.push_back({arm, size, std::move(record)});
    }
  }
  return outcomes;
}

}  // namespace quartic::detail
