#include "experiments/engine_task.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <string>

#include "core/require.hpp"
#include "experiments/engine_risk.hpp"
#include "models/linear/moments.hpp"
#include "sim/expert.hpp"

namespace quartic::detail {

namespace {

/// The rows of one table as every arm of a replicate sees them.
struct Sample {
  Table table;
  Facts facts;
  Vector y;
  std::optional<Data> whole;  // all candidates, where some arm sees them
  std::optional<Moments> moments;
};

/// The smallest piece of parallel work: one model on some sizes.
struct Item {
  Index arm = 0;
  Model model;
  std::vector<Index> sizes;
  std::shared_ptr<const std::vector<Index>> columns;  // what an expert names; null: every candidate
  std::optional<Data> named;                          // these columns; else the sample's whole
  ArmTheoryPoint point;
};

struct Fitted {
  Index arm = 0, n = 0;
  std::optional<Rule> rule;  // none where the fit failed with an exception
  FitReport report;
  std::optional<Risk> risk;
  double theory = Record::not_measured;
};

/// One replicate on one world of the cell: the sizes that share a table.
class WorldRun {
 public:
  WorldRun(const ReplicateTask& task, const WorldAtSizes& world);
  std::vector<Outcome> run() const;

 private:
  Stream stream() const { return replicate_stream(*task_.cell, task_.replicate); }
  Sample draw_sample() const;
  Data draw(const Table& table, ColumnList columns, const Vector& y) const;

  std::vector<Outcome> run_on(Sample sample) const;
  std::vector<Item> make_items(Index arm, const Sample& sample) const;
  void share_moments(Sample& sample, std::span<const Item> items) const;
  std::vector<std::vector<Fitted>> fit_all(std::span<const Item> items, const Sample& sample) const;

  std::vector<Fitted> fit(const Item& item, const Sample& sample) const;
  std::vector<Fitted> fit_or_throw(const Item& item, const Sample& sample) const;
  std::vector<Fitted> fit_sizes(const Item& item, const Prefixes& prefixes, const Table& table) const;
  Fitted fit_by_truth(const Item& item, const Data& data, const Table& table) const;
  std::vector<Fitted> failures(Index arm, std::span<const Index> sizes, const std::string& message) const;

  void judge(std::span<Fitted> fits, const Table& table) const;
  void judge_or_fail(std::span<Fitted> fits, const Table& table) const;
  Outcome outcome_of(const Fitted& fit, const Facts& facts) const;

  void report_progress(std::size_t fits) const {
    if (task_.fitted) task_.fitted(static_cast<Index>(fits));
  }
  const ArmSpec& spec(Index arm) const { return task_.cell->cell->arms[static_cast<std::size_t>(arm)]; }
  const Study& study() const { return *task_.cell->study; }

  const ReplicateTask& task_;
  const WorldAtSizes& world_;
  std::vector<Index> arms_;  // those that have this replicate
};

bool needs_anything(const Model& model) {
  const Needs needs = model.needs();
  return needs.row_gram || needs.column_gram || needs.row_factor;
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// What the exception in flight says.
std::string message_in_flight() {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return "out of memory";
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "unknown exception";
  }
}

MatrixF to_float(const Table& table, Range rows, ColumnList columns, const Stream& replicate) {
  constexpr Index block_rows = 64;
  const Index width = columns ? static_cast<Index>(columns->size()) : table.candidates();
  MatrixF x(rows.count, width);
  for (Index first = 0; first < rows.count; first += block_rows) {
    const Range block{first, std::min(block_rows, rows.count - first)};
    const Matrix part = columns ? table.columns(block, *columns, replicate.child("train"))
                                : table.x(block, {0, width}, replicate.child("train"));
    x.middleRows(first, block.count) = part.cast<float>();
  }
  return x;
}

WorldRun::WorldRun(const ReplicateTask& task, const WorldAtSizes& world) : task_(task), world_(world) {
  for (Index arm = 0; arm < static_cast<Index>(task.cell->cell->arms.size()); ++arm)
    if (task.replicate < replicates_of(study(), spec(arm))) arms_.push_back(arm);
}

Data WorldRun::draw(const Table& table, ColumnList columns, const Vector& y) const {
  const Range rows{0, y.size()};
  const quartic::Task task = world_.world.task();
  if (study().single_precision) return {to_float(table, rows, columns, stream()), y, task};
  if (columns) return {table.columns(rows, *columns, stream().child("train")), y, task};
  return {table.x(rows, {0, table.candidates()}, stream().child("train")), y, task};
}

Sample WorldRun::draw_sample() const {
  Table table = world_.world.draw(truth_stream(*task_.cell, task_.replicate));
  Vector y = table.y({0, world_.sizes.back()}, stream().child("train"));
  Sample sample{table, table.facts(), std::move(y), std::nullopt, std::nullopt};
  if (std::any_of(arms_.begin(), arms_.end(), [&](Index arm) { return !spec(arm).expert; }))
    sample.whole = draw(table, nullptr, sample.y);
  return sample;
}

std::vector<Item> WorldRun::make_items(Index arm, const Sample& sample) const {
  std::shared_ptr<const std::vector<Index>> columns;
  std::optional<Data> named;
  if (spec(arm).expert) {
    columns = std::make_shared<const std::vector<Index>>(
        named_columns(*spec(arm).expert, sample.table, stream().child("expert")));
    named = sample.whole ? sample.whole->restrict(*columns) : draw(sample.table, columns.get(), sample.y);
  }
  const Index width = columns ? static_cast<Index>(columns->size()) : sample.table.candidates();
  const double missing = columns ? missing_share(sample.table, *columns) : 0;
  const ArmModels& models = task_.cell->arms[static_cast<std::size_t>(arm)];
  std::vector<Item> items;
  for (ModelAtSizes& at : models.at(world_.sizes, sample.facts, width)) {
    if (spec(arm).select_oracle)  // a path a size: nothing is shared between sizes
      for (Index n : at.sizes)
        items.push_back({arm, at.model, {n}, columns, named, {n, width, missing, at.options}});
    else
      items.push_back({arm, at.model, std::move(at.sizes), columns, named, {0, width, missing, at.options}});
  }
  return items;
}

void WorldRun::share_moments(Sample& sample, std::span<const Item> items) const {
  Needs needs;
  int users = 0;
  for (const Item& item : items) {
    if (item.named) continue;
    needs = needs | item.model.needs();
    users += needs_anything(item.model);
  }
  if (users < 2 || task_.sharing == Sharing::nothing) return;
  try {
    sample.moments.emplace(*sample.whole, world_.sizes, needs);
  } catch (const std::bad_alloc&) {  // every model then computes what it needs, to the same bits
    sample.moments.reset();
  }
}

std::vector<Fitted> WorldRun::failures(Index arm, std::span<const Index> sizes,
                                       const std::string& message) const {
  std::vector<Fitted> failed;
  for (Index n : sizes) {
    FitReport report;
    report.status = FitStatus::failed;
    report.parameters = report.iterations = -1;
    report.cost = {.fit_flops = Record::not_measured, .tuning_flops = Record::not_measured};
    report.message = message + " [cell " + std::to_string(task_.cell->cell->id) + ", arm " + spec(arm).name +
                     ", n " + std::to_string(n) + ", replicate " + std::to_string(task_.replicate) + "]";
    failed.push_back({arm, n, std::nullopt, std::move(report), std::nullopt, Record::not_measured});
  }
  return failed;
}

std::vector<Fitted> WorldRun::fit_sizes(const Item& item, const Prefixes& prefixes,
                                        const Table& table) const {
  const bool alone = prefixes.sizes.size() == 1 && (!prefixes.moments || !needs_anything(item.model));
  const double start = thread_seconds();
  std::vector<Fit> fits = item.model.fit_prefixes(prefixes, stream().child(spec(item.arm).name).child("fit"));
  if (alone) fits.at(0).report.cost.cpu_seconds = thread_seconds() - start;
  std::vector<Fitted> done;
  for (std::size_t i = 0; i < prefixes.sizes.size(); ++i) {
    Rule rule{fits.at(i).predict, item.columns.get()};
    std::optional<Risk> risk = exact_risk(table, rule);
    done.push_back({item.arm, prefixes.sizes[i], std::move(rule), std::move(fits[i].report), risk,
                    Record::not_measured});
  }
  return done;
}

// What ranks the fits of a path: those that failed come last.
double true_risk(const Fitted& fit) {
  if (fit.report.status == FitStatus::failed || std::isnan(fit.risk->excess))
    return std::numeric_limits<double>::infinity();
  return fit.risk->excess;
}

// The fit of the path that the truth likes best. Exploring the path is billed as its dearest fit.
Fitted WorldRun::fit_by_truth(const Item& item, const Data& data, const Table& table) const {
  const Index n = item.sizes.front();
  const double start = thread_seconds();
  const std::vector<Fit> path = item.model.fit_path(
      data.prefix(n), stream().child(spec(item.arm).name).child("fit").child(static_cast<std::uint64_t>(n)));
  const double seconds = thread_seconds() - start;
  require(!path.empty(),
          "the model '" + item.model.name() +
              "' has no path of penalties (select = \"oracle\" picks from one). Remove select.");
  std::vector<Fitted> candidates;
  double flops = 0;
  for (const Fit& fit : path) {
    Rule rule{fit.predict, item.columns.get()};
    candidates.push_back({item.arm, n, rule, fit.report, exact_risk(table, rule), Record::not_measured});
    flops = std::max(flops, fit.report.cost.fit_flops + fit.report.cost.tuning_flops);
  }
  judge(candidates, table);
  Fitted& best =
      *std::min_element(candidates.begin(), candidates.end(),
                        [](const Fitted& a, const Fitted& b) { return true_risk(a) < true_risk(b); });
  best.report.cost.tuning_flops = flops - best.report.cost.fit_flops;
  best.report.cost.cpu_seconds = seconds;
  return best;
}

std::vector<Fitted> WorldRun::fit_or_throw(const Item& item, const Sample& sample) const {
  const Data& data = item.named ? *item.named : *sample.whole;
  const Moments* moments = sample.moments && !item.named ? &*sample.moments : nullptr;
  std::vector<Fitted> fits;
  if (spec(item.arm).select_oracle)
    fits.push_back(fit_by_truth(item, data, sample.table));
  else
    fits = fit_sizes(item, {data, item.sizes, moments}, sample.table);
  ArmTheoryPoint point = item.point;
  for (Fitted& fitted : fits) {
    point.n = fitted.n;
    fitted.theory = task_.cell->theory[static_cast<std::size_t>(item.arm)]->at(point, sample.facts);
  }
  return fits;
}

std::vector<Fitted> WorldRun::fit(const Item& item, const Sample& sample) const {
  try {
    return fit_or_throw(item, sample);
  } catch (...) {
    if (item.sizes.size() == 1) return failures(item.arm, item.sizes, message_in_flight());
  }
  std::vector<Fitted> fits;  // size by size, so that one bad size does not take the others with it
  for (Index n : item.sizes) {
    Item one = item;
    one.sizes = {n};
    for (Fitted& fitted : fit(one, sample)) fits.push_back(std::move(fitted));
  }
  return fits;
}

std::vector<std::vector<Fitted>> WorldRun::fit_all(std::span<const Item> items, const Sample& sample) const {
  std::vector<std::vector<Fitted>> fits(items.size());
  const auto fit_one = [&](std::size_t i) {
    fits[i] = fit(items[i], sample);
    report_progress(items[i].sizes.size());
  };
  // Isolated: a thread that waits here must not begin an arm of another replicate, which would hold up its
  // own.
  tbb::this_task_arena::isolate([&] { tbb::parallel_for(std::size_t{0}, items.size(), fit_one); });
  return fits;
}

void WorldRun::judge(std::span<Fitted> fits, const Table& table) const {
  std::vector<Rule> rules;
  for (const Fitted& fit : fits)
    if (fit.rule && !fit.risk) rules.push_back(*fit.rule);
  if (rules.empty()) return;
  const std::vector<Risk> risks = sampled_risks(table, rules, stream());
  std::size_t next = 0;
  for (Fitted& fit : fits)
    if (fit.rule && !fit.risk) fit.risk = risks[next++];
}

void WorldRun::judge_or_fail(std::span<Fitted> fits, const Table& table) const {
  try {
    judge(fits, table);
  } catch (...) {
    const std::string message = message_in_flight();
    for (Fitted& fit : fits)
      if (fit.rule && !fit.risk) fit = failures(fit.arm, std::array{fit.n}, message).front();
  }
}

Outcome WorldRun::outcome_of(const Fitted& fit, const Facts& facts) const {
  const auto size = std::find(study().sizes.begin(), study().sizes.end(), fit.n);
  Outcome outcome{fit.arm, size - study().sizes.begin(), {}};
  Record& record = outcome.record;
  record.cell = task_.cell->cell->id;
  record.arm = spec(fit.arm).name;
  record.n = fit.n;
  record.replicate = task_.replicate;
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
  std::vector<Item> items;
  std::vector<Fitted> fits;
  for (Index arm : arms_) {
    try {
      for (Item& item : make_items(arm, sample)) items.push_back(std::move(item));
    } catch (...) {
      for (Fitted& failed : failures(arm, world_.sizes, message_in_flight()))
        fits.push_back(std::move(failed));
    }
  }
  share_moments(sample, items);
  for (std::vector<Fitted>& done : fit_all(items, sample))
    for (Fitted& fitted : done) fits.push_back(std::move(fitted));
  judge_or_fail(fits, sample.table);
  std::vector<Outcome> outcomes;
  for (const Fitted& fitted : fits) outcomes.push_back(outcome_of(fitted, sample.facts));
  return outcomes;
}

std::vector<Outcome> WorldRun::run() const {
  try {
    return run_on(draw_sample());
  } catch (...) {  // the table could not be drawn or held: no arm can run
    std::vector<Outcome> outcomes;
    report_progress(arms_.size() * world_.sizes.size());
    for (Index arm : arms_)
      for (const Fitted& failed : failures(arm, world_.sizes, message_in_flight()))
        outcomes.push_back(outcome_of(failed, {}));
    return outcomes;
  }
}

}  // namespace

ReadyCell make_ready(const Study& study, const Cell& cell, const Catalogues& catalogues) {
  ReadyCell ready{&study, &cell, worlds_at(cell.world, study.sizes, catalogues.worlds), {}, {}, 0};
  for (const ArmSpec& arm : cell.arms) {
    ready.theory.push_back(std::make_unique<ArmTheory>(study, cell, arm));
    ready.arms.emplace_back(arm, catalogues.models);
    ready.replicates = std::max(ready.replicates, replicates_of(study, arm));
  }
  return ready;
}

Stream replicate_stream(const ReadyCell& cell, Index replicate) {
  return Stream(cell.study->seed).child(cell.cell->world.kind).child(static_cast<std::uint64_t>(replicate));
}

std::vector<Outcome> run_task(const ReplicateTask& task) {
  std::vector<Outcome> outcomes;
  for (const WorldAtSizes& world : task.cell->worlds)
    for (Outcome& outcome : WorldRun(task, world).run()) outcomes.push_back(std::move(outcome));
  return outcomes;
}

}  // namespace quartic::detail
