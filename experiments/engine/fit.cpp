#include "experiments/engine/fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <limits>
#include <new>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/clock.hpp"
#include "sim/parts/expert.hpp"

namespace quartic::detail {

namespace {

// A child of its own for all arms, so that an arm may be called "train".
Stream fit_stream(const WorldReplicate& replicate, Index arm) {
  return replicate.stream().child("arm").child(replicate.arm(arm).name).child("fit");
}

void judge_or_throw(const WorldReplicate& replicate, std::span<Fitted> fits, const Truth& truth) {
  std::vector<Rule> rules;
  std::vector<Fitted*> judged;
  for (Fitted& fit : fits)
    if (fit.rule && !is_judged(fit, replicate.task())) {
      rules.push_back(*fit.rule);
      judged.push_back(&fit);
    }
  if (rules.empty()) return;
  const std::vector<Sampled> sampled = on_fresh_rows(truth, replicate.task(), rules, replicate.stream());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (!judged[i]->risk) judged[i]->risk = sampled[i].risk;
    judged[i]->classes = sampled[i].classes;
  }
}

std::vector<Fitted> fitted(const FitItem& item, std::vector<Fit> fits, const Truth& truth) {
  std::vector<Fitted> done;
  for (std::size_t i = 0; i < item.sizes.size(); ++i) {
    Rule rule{fits.at(i).predict, item.columns.get(), item.model.reads_classes()};
    std::optional<Risk> risk = exact_risk(truth, rule);
    done.push_back({item.arm, item.sizes[i], std::move(rule), std::move(fits[i].report), risk});
  }
  return done;
}

// All that the bits of a fit depend on, and its cell, because equal fits of two cells may run at the same
// time.
std::string make_identity(const WorldReplicate& replicate, const FitItem& item, Index n) {
  std::string identity;
  const auto add = [&](const std::string& part) { identity += std::to_string(part.size()) + ":" + part; };
  add(std::string(version()) + " " + std::string(git_revision()) + " " + std::string(compiler_flags()));
  add(std::to_string(replicate.study().seed) + " " + std::to_string(replicate.number) + " " +
      std::to_string(n) + " " + std::to_string(replicate.cell.cell.id));
  add(std::string(to_string(replicate.study().storage)));
  add(replicate.world.world.name());
  add(replicate.world.world.fingerprint());
  add(replicate.arm(item.arm).name);
  add(item.model.fingerprint());
  if (item.columns)
    for (Index column : *item.columns) add(std::to_string(column));
  return identity;
}

// Size by size, each with a state of its own.
std::vector<Fit> fits_resuming(const WorldReplicate& replicate, const FitItem& item,
                               const Prefixes& prefixes) {
  std::vector<Fit> fits;
  for (Index n : prefixes.sizes) {
    const std::string identity = make_identity(replicate, item, n);
    fits.push_back(item.model.fit_resuming(
        prefixes.data.prefix(n), fit_stream(replicate, item.arm).child(static_cast<std::uint64_t>(n)),
        replicate.checkpoints->of(identity)));
    replicate.checkpoints->forget(identity);
  }
  return fits;
}

std::vector<Fitted> fit_sizes(const WorldReplicate& replicate, const FitItem& item, const Prefixes& prefixes,
                              const Truth& truth) {
  const bool alone = prefixes.sizes.size() == 1 && (!prefixes.shared || !needs_anything(item.model));
  const double start = thread_seconds();
  const bool resumes = replicate.checkpoints && item.model.resumes_fits();
  std::vector<Fit> fits = resumes ? fits_resuming(replicate, item, prefixes)
                                  : item.model.fit_prefixes(prefixes, fit_stream(replicate, item.arm));
  if (alone) fits.at(0).report.cost.cpu_seconds = thread_seconds() - start;
  return fitted(item, std::move(fits), truth);
}

// No time is taken: most of it would be that of the rows.
std::vector<Fitted> fit_on_demand(const WorldReplicate& replicate, const FitItem& item,
                                  const Sample& sample) {
  const RowSource rows = rows_on_demand(replicate, sample, item.columns.get());
  return fitted(item, item.model.fit_stream(rows, item.sizes, fit_stream(replicate, item.arm)), sample.truth);
}

// What ranks the fits of a path: those that failed or diverged come last.
double true_risk(const Fitted& fit) {
  const FitStatus status = fit.report.status;
  const bool learned = status != FitStatus::failed && status != FitStatus::diverged;
  return learned && !std::isnan(fit.risk->excess) ? fit.risk->excess
                                                  : std::numeric_limits<double>::infinity();
}

// The fit of the path that the truth likes best. Exploring the path is billed as its dearest fit.
Fitted fit_by_truth(const WorldReplicate& replicate, const FitItem& item, const Data& data,
                    const Truth& truth) {
  const Index n = item.sizes.front();
  const double start = thread_seconds();
  const std::vector<Fit> path = item.model.fit_path(
      data.prefix(n), fit_stream(replicate, item.arm).child(static_cast<std::uint64_t>(n)));
  const double seconds = thread_seconds() - start;
  require(!path.empty(),
          "the model '" + item.model.name() +
              "' has no path of penalties (select = \"oracle\" picks from one). Remove select.");
  std::vector<Fitted> candidates;
  double flops = 0;
  for (const Fit& fit : path) {
    Rule rule{fit.predict, item.columns.get(), item.model.reads_classes()};
    candidates.push_back({item.arm, n, rule, fit.report, exact_risk(truth, rule)});
    flops = std::max(flops, fit.report.cost.fit_flops + fit.report.cost.tuning_flops);
  }
  judge_or_throw(replicate, candidates, truth);
  Fitted& best =
      *std::min_element(candidates.begin(), candidates.end(),
                        [](const Fitted& a, const Fitted& b) { return true_risk(a) < true_risk(b); });
  best.report.cost.tuning_flops = flops - best.report.cost.fit_flops;
  best.report.cost.cpu_seconds = seconds;
  return best;
}

// Theory stands beside a fit: where it throws, the fit is as good as before, and its message says why it has
// none.
void add_theory(const WorldReplicate& replicate, const ArmTheoryPoint& point, const Facts& facts,
                Fitted& fitted) {
  try {
    fitted.theory = replicate.cell.theory[static_cast<std::size_t>(fitted.arm)]->at(point, facts);
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    std::string& message = fitted.report.message;
    message += (message.empty() ? "no theory: " : "; no theory: ") + message_in_flight();
  }
}

std::vector<Fitted> fit_rows(const WorldReplicate& replicate, const FitItem& item, const Sample& sample) {
  if (replicate.study().storage == Storage::stream) return fit_on_demand(replicate, item, sample);
  const Data& data = item.named ? *item.named : *sample.whole;
  const Moments* moments = sample.moments && !item.named ? &*sample.moments : nullptr;
  if (replicate.arm(item.arm).select_oracle) return {fit_by_truth(replicate, item, data, sample.truth)};
  return fit_sizes(replicate, item, {data, item.sizes, moments}, sample.truth);
}

std::vector<Fitted> fit_or_throw(const WorldReplicate& replicate, const FitItem& item, const Sample& sample) {
  std::vector<Fitted> fits = fit_rows(replicate, item, sample);
  ArmTheoryPoint point = item.point;
  for (Fitted& fitted : fits) {
    point.n = fitted.n;
    add_theory(replicate, point, sample.facts, fitted);
  }
  return fits;
}

}  // namespace

bool is_judged(const Fitted& fit, Task task) {
  return fit.risk && (fit.classes || task == Task::regression);
}

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

bool shares_sizes(const Study& study, const ArmSpec& arm, const Model& model) {
  return study.storage == Storage::stream || (!arm.select_oracle && model.shares_sizes());
}

std::vector<FitItem> make_items(const WorldReplicate& replicate, Index arm, std::span<const Index> sizes,
                                const Sample& sample) {
  const ArmSpec& spec = replicate.arm(arm);
  std::shared_ptr<const std::vector<Index>> columns;
  std::optional<Data> named;
  if (spec.expert) {
    columns = std::make_shared<const std::vector<Index>>(
        named_columns(*spec.expert, sample.truth, replicate.stream().child("expert")));
    if (sample.whole && sample.whole->rows() >= sizes.back())
      named = sample.whole->restrict(*columns);
    else if (replicate.study().storage != Storage::stream)
      named = draw_rows(replicate, sample, columns.get(), sizes.back());
  }
  const Index width = columns ? static_cast<Index>(columns->size()) : sample.truth.candidates();
  const bool is_classes = replicate.task() == Task::classification;
  const double missing = is_classes ? nan : columns ? missing_share(sample.truth, *columns) : 0;
  const ArmModels& models = replicate.cell.arms[static_cast<std::size_t>(arm)];
  std::vector<FitItem> items;
  for (ModelAtSizes& at : models.at(sizes, sample.facts, width)) {
    if (!shares_sizes(replicate.study(), spec, at.model))
      for (Index n : at.sizes)
        items.push_back({arm, at.model, {n}, columns, named, {n, width, missing, at.options}});
    else
      items.push_back({arm, at.model, std::move(at.sizes), columns, named, {0, width, missing, at.options}});
  }
  return items;
}

FitReport failure_report(const std::string& message) {
  FitReport report;
  report.status = FitStatus::failed;
  report.parameters = report.iterations = -1;
  report.cost = {.fit_flops = Record::not_measured, .tuning_flops = Record::not_measured};
  report.message = message;
  return report;
}

std::vector<Fitted> failures(Index arm, std::span<const Index> sizes, const std::string& message) {
  std::vector<Fitted> failed;
  for (Index n : sizes) failed.push_back({arm, n, std::nullopt, failure_report(message), std::nullopt});
  return failed;
}

std::vector<Fitted> fit(const WorldReplicate& replicate, const FitItem& item, const Sample& sample) {
  try {
    return fit_or_throw(replicate, item, sample);
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    if (item.sizes.size() == 1) return failures(item.arm, item.sizes, message_in_flight());
  }
  std::vector<Fitted> fits;  // size by size, so that one bad size does not take the others with it
  for (Index n : item.sizes) {
    FitItem one = item;
    one.sizes = {n};
    for (Fitted& fitted : fit(replicate, one, sample)) fits.push_back(std::move(fitted));
  }
  return fits;
}

void judge(const WorldReplicate& replicate, std::span<Fitted> fits, const Truth& truth) {
  try {
    judge_or_throw(replicate, fits, truth);
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    if (fits.size() == 1) {
      fits[0] = failures(fits[0].arm, std::array{fits[0].n}, message_in_flight()).front();
      return;
    }
    for (std::size_t i = 0; i < fits.size(); ++i) judge(replicate, fits.subspan(i, 1), truth);
  }
}

}  // namespace quartic::detail
