#include "experiments/engine/fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <functional>
#include <limits>
#include <new>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/clock.hpp"
#include "models/with_signs.hpp"
#include "sim/experts/expert.hpp"

namespace quartic::detail {

namespace {

// A child of its own for all arms, so that an arm may be called "train".
Stream fit_stream(const WorldReplicate& replicate, Index arm) {
  return replicate.stream().child("arm").child(replicate.arm(arm).name).child("fit");
}

// Under another law than that of training a reading varies otherwise than its column did there, which closed forms of
// bad readings do not know.
std::optional<Risk> known_risk(const Truths& truths, const Rule& rule, Task task) {
  if (rule.view && !rule.view->is_plain() && truths.truth.tested()) return std::nullopt;
  return exact_risk(truths.judge_of(rule.view), rule, task);
}

// All of them rules of columns of this truth.
void judge_together(const WorldReplicate& replicate, std::span<Fitted* const> fits, const Truth& truth) {
  std::vector<Rule> rules;
  for (const Fitted* fit : fits) rules.push_back(*fit->rule);
  if (rules.empty()) return;
  const std::vector<Sampled> sampled = on_fresh_rows(truth, replicate.task(), rules, replicate.stream());
  for (std::size_t i = 0; i < fits.size(); ++i) {
    if (!fits[i]->risk) fits[i]->risk = sampled[i].risk;
    fits[i]->classes = sampled[i].classes;
  }
}

void judge_or_throw(const WorldReplicate& replicate, std::span<Fitted> fits, const Truths& truths) {
  std::vector<Fitted*> of_candidates, of_findings;
  for (Fitted& fit : fits)
    if (fit.rule && !is_judged(fit, replicate.task()))
      (fit.rule->view && truths.findings ? of_findings : of_candidates).push_back(&fit);
  judge_together(replicate, of_candidates, truths.judged);
  if (!of_findings.empty()) judge_together(replicate, of_findings, *truths.judged_findings);
}

std::vector<Fitted> fitted(const WorldReplicate& replicate, const FitItem& item, std::vector<Fit> fits,
                           const Truths& truths) {
  std::vector<Fitted> done;
  for (std::size_t i = 0; i < item.sizes.size(); ++i) {
    Rule rule{fits.at(i).predict, item.view.get(), item.model.reads_classes()};
    std::optional<Risk> risk = known_risk(truths, rule, replicate.task());
    done.push_back({item.arm, item.sizes[i], std::move(rule), std::move(fits[i].report), risk});
  }
  return done;
}

void add_view(const ColumnReading& view, const std::function<void(const std::string&)>& add) {
  for (const Index column : view.columns) add(std::to_string(column));
  if (view.is_plain()) return;
  add(shortest(view.noise) + " " + shortest(view.missing));
  for (const bool thresholded : view.thresholded) add(thresholded ? "1" : "0");
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
  if (item.view) add_view(*item.view, add);
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
                              const Truths& truths) {
  const bool alone = prefixes.sizes.size() == 1 && (!prefixes.shared || !needs_anything(item.model));
  const double start = thread_seconds();
  const bool resumes = replicate.checkpoints && item.model.resumes_fits();
  std::vector<Fit> fits = resumes ? fits_resuming(replicate, item, prefixes)
                                  : item.model.fit_prefixes(prefixes, fit_stream(replicate, item.arm));
  if (alone) fits.at(0).report.cost.cpu_seconds = thread_seconds() - start;
  return fitted(replicate, item, std::move(fits), truths);
}

// No time is taken: most of it would be that of the rows.
std::vector<Fitted> fit_on_demand(const WorldReplicate& replicate, const FitItem& item,
                                  const Sample& sample) {
  const RowSource rows = rows_on_demand(replicate, sample, item.view.get());
  return fitted(replicate, item, item.model.fit_stream(rows, item.sizes, fit_stream(replicate, item.arm)),
                sample.truths);
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
                    const Truths& truths) {
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
    Rule rule{fit.predict, item.view.get(), item.model.reads_classes()};
    candidates.push_back({item.arm, n, rule, fit.report, known_risk(truths, rule, replicate.task())});
    flops = std::max(flops, fit.report.cost.fit_flops + fit.report.cost.tuning_flops);
  }
  judge_or_throw(replicate, candidates, truths);
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
  if (replicate.arm(item.arm).select_oracle) return {fit_by_truth(replicate, item, data, sample.truths)};
  return fit_sizes(replicate, item, {data, item.sizes, moments}, sample.truths);
}

std::vector<Fitted> fit_or_throw(const WorldReplicate& replicate, const FitItem& item, const Sample& sample) {
  std::vector<Fitted> fits = fit_rows(replicate, item, sample);
  ArmTheoryPoint point = item.point;
  for (Fitted& fitted : fits) {
    point.n = fitted.n;
    fitted.inference_flops = fitted.rule->predict.score_flops();
    add_theory(replicate, point, sample.facts, fitted);
  }
  return fits;
}

/// What one arm sees of one truth.
struct Seen {
  std::shared_ptr<const ColumnReading> view;  ///< null: every candidate
  Vector forbidden = Vector();                ///< signs, see Advice
  ArmTheoryPoint point;                       ///< without size and options
  std::vector<Index> named = {};              ///< of models that see all and take advice

  Model told(const Model& model) const {
    if (model.takes_advice()) return model.advised(named);
    return forbidden.size() > 0 ? with_signs(model, forbidden) : model;
  }
};

Seen see_all(const Sample& sample) {
  return {.view = nullptr, .point = {.columns = sample.truths.truth.candidates()}};
}

// The expert's names beside all columns.
Seen see_all_advised(const WorldReplicate& replicate, const Expert& expert, const Sample& sample) {
  Seen seen = see_all(sample);
  seen.named = named_columns(expert, sample.truths.truth, replicate.stream().child("expert"));
  seen.point.named = count_named(sample.truths.truth, seen.named);
  return seen;
}

Seen ask_expert(const WorldReplicate& replicate, const Expert& expert, const Sample& sample) {
  const Truth& truth = sample.truths.of_experts();
  Advice advice = advise(expert, truth, replicate.stream().child("expert"));
  ArmTheoryPoint point{.columns = std::ssize(advice.reading.columns),
                       .read = describe_reading(truth, advice)};
  if (!point.read) point.missing_share = missing_share(truth, replicate.task(), advice.reading.columns);
  return {std::make_shared<const ColumnReading>(std::move(advice.reading)), std::move(advice.forbidden),
          std::move(point)};
}

// Rows that are held whole serve those who read them as they are: what a reading changes is a double, which
// may have been rounded there.
std::optional<Data> draw_named(const WorldReplicate& replicate, View view, Index rows, const Sample& sample) {
  if (!view) return std::nullopt;
  if (view->is_plain() && !sample.truths.findings && sample.whole && sample.whole->rows() >= rows)
    return sample.whole->restrict(view->columns);
  if (replicate.study().storage == Storage::stream) return std::nullopt;
  return draw_rows(replicate, sample, view, rows);
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
  const Seen seen = !spec.expert                   ? see_all(sample)
                    : replicate.cell.sees_all(arm) ? see_all_advised(replicate, *spec.expert, sample)
                                                   : ask_expert(replicate, *spec.expert, sample);
  const std::optional<Data> named = draw_named(replicate, seen.view.get(), sizes.back(), sample);
  const ArmModels& models = replicate.cell.arms[static_cast<std::size_t>(arm)];
  std::vector<FitItem> items;
  for (ModelAtSizes& at : models.at(sizes, sample.facts, seen.point.columns)) {
    const Model model = spec.expert ? seen.told(at.model) : at.model;
    ArmTheoryPoint point = seen.point;
    point.options = at.options;
    if (shares_sizes(replicate.study(), spec, model)) {
      items.push_back({arm, model, std::move(at.sizes), seen.view, named, point});
      continue;
    }
    for (Index n : at.sizes) {
      point.n = n;
      items.push_back({arm, model, {n}, seen.view, named, point});
    }
  }
  return items;
}

FitReport failure_report(const std::string& message) {
  FitReport report;
  report.status = FitStatus::failed;
  report.parameters = report.iterations = -1;
  report.cost = {.fit_flops = Record::not_measured,
                 .tuning_flops = Record::not_measured,
                 .pretraining_flops = Record::not_measured};
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

void judge(const WorldReplicate& replicate, std::span<Fitted> fits, const Truths& truths) {
  try {
    judge_or_throw(replicate, fits, truths);
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    if (fits.size() == 1) {
      fits[0] = failures(fits[0].arm, std::array{fits[0].n}, message_in_flight()).front();
      return;
    }
    for (std::size_t i = 0; i < fits.size(); ++i) judge(replicate, fits.subspan(i, 1), truths);
  }
}

}  // namespace quartic::detail
