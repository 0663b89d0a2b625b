#include "experiments/adaptive/adaptive.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/adaptive/batch.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/results/memory_archive.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

using detail::Batch;
using Json = nlohmann::ordered_json;

Allotment first_allotment(const Study& study) {
  const Cell first = study.cells.front();
  Allotment allotment(std::ssize(study.cells), std::ssize(first.arms), std::ssize(study.sizes));
  for (const Cell& cell : study.cells)
    for (Index arm = 0; arm < std::ssize(cell.arms); ++arm)
      for (Index size = 0; size < std::ssize(study.sizes); ++size) {
        if (is_further(study, study.sizes[static_cast<std::size_t>(size)])) continue;
        const Index own = cell.arms[static_cast<std::size_t>(arm)].replicates;
        allotment.at(cell.id, arm, size) = own > 0 ? own : study.adaptive->least;
      }
  return allotment;
}

void require_adaptive(const Study& study, const EngineOptions& options) {
  require(study.adaptive.has_value(),
          "the study has no adaptive replicates (it says how many by a number). Call run.");
  require(
      options.shard.count == 1,
      "adaptive replicates cannot be divided into shards (each decision needs all records so far). Run the "
      "study whole, or give replicates as a number.");
}

/// The batches, one after another: `fill` returns the results of all that is allotted so far.
AdaptiveReport decide(const Study& study, const std::function<RunResult(const Allotment&)>& fill) {
  AdaptiveReport report{.looks = {}, .allotment = first_allotment(study)};
  for (bool cut = false;;) {  // cut: the budget pays for no full batch any more
    const RunResult result = fill(report.allotment);
    report.stop = Stop::interrupted;
    if (result.interrupted) return report;
    const Batch next = detail::next_batch({study, result.cube, report.allotment});
    report.looks.push_back(next.look);
    report.stop = next.stop;
    if (next.raises.empty() || cut) return report;
    for (const detail::Raise& raise : next.raises)
      report.allotment.at(raise.cell, raise.arm, raise.size) = raise.to;
    cut = next.stop == Stop::budget;
  }
}

Json rule_json(const AdaptiveReplicates& rule) {
  Json target = nullptr;
  if (rule.target)
    target = {{"law", to_string(rule.target->law)},
              {"arm", rule.target->arm},
              {"half_width", rule.half_width},
              {"confidence", rule.target->confidence}};
  if (!rule.sizes.empty()) target["sizes"] = rule.sizes;
  return {{"least", rule.least},
          {"most", rule.most},
          {"log_error_se", rule.log_error_se > 0 ? Json(rule.log_error_se) : Json(nullptr)},
          {"target", target},
          {"budget", rule.budget}};
}

Json look_json(const Look& look) {
  Json targets = Json::array();
  for (const TargetLook& target : look.targets)
    targets.push_back({{"cell", target.cell},
                       {"estimate", target.value.estimate},
                       {"low", target.value.low},
                       {"high", target.value.high},
                       {"reached", target.reached}});
  return {{"fits", look.fits}, {"flops", look.flops}, {"open", look.open}, {"targets", targets}};
}

Json replicates_json(const Study& study, const Allotment& allotment) {
  Json list = Json::array();
  for (const Cell& cell : study.cells)
    for (Index arm = 0; arm < std::ssize(cell.arms); ++arm) {
      std::vector<Index> counts;
      for (Index size = 0; size < std::ssize(study.sizes); ++size)
        counts.push_back(allotment.at(cell.id, arm, size));
      list.push_back(
          {{"cell", cell.id}, {"arm", cell.arms[static_cast<std::size_t>(arm)].name}, {"by_size", counts}});
    }
  return list;
}

}  // namespace

std::vector<Index> opened_sizes(const Study& study, const Allotment& allotment, Index cell) {
  std::vector<Index> opened;
  const Cell first = study.cells.front();
  for (Index size = 0; size < std::ssize(study.sizes); ++size) {
    const Index n = study.sizes[static_cast<std::size_t>(size)];
    for (Index arm = 0; arm < std::ssize(first.arms); ++arm)
      if (is_further(study, n) && allotment.at(cell, arm, size) > 0) opened.push_back(n);
  }
  return opened;
}

std::string_view to_string(Stop stop) {
  static constexpr Words<Stop, 4> words = {{{Stop::rules_hold, "rules hold"},
                                            {Stop::most_replicates, "most replicates"},
                                            {Stop::budget, "budget"},
                                            {Stop::interrupted, "interrupted"}}};
  return word_for(words, stop);
}

// Batches leave their records in the archive, from which the last run hands them all to the sink.
AdaptiveRun run_adaptively(const Study& study, const EngineOptions& options, RecordSink& sink) {
  require_adaptive(study, options);
  MemoryArchive own;
  EngineOptions engine = options;
  if (!engine.archive) engine.archive = &own;
  Nowhere nowhere;
  double wall_seconds = 0, cpu_seconds = 0;
  AdaptiveRun made;
  made.report = decide(study, [&](const Allotment& allotment) {
    engine.allotment = &allotment;
    RunResult result = run(study, engine, nowhere);
    wall_seconds += result.wall_seconds, cpu_seconds += result.cpu_seconds;
    return result;
  });
  engine.allotment = &made.report.allotment;
  engine.progress = {};
  made.result = run(study, engine, sink);
  made.result.wall_seconds += wall_seconds, made.result.cpu_seconds += cpu_seconds;
  return made;
}

AdaptiveRun collect_adaptively(const Study& study, RecordSource& source, RecordSink& sink) {
  require_adaptive(study, {});
  Nowhere nowhere;
  AdaptiveRun made;
  made.report =
      decide(study, [&](const Allotment& allotment) { return collect(study, source, nowhere, &allotment); });
  made.result = collect(study, source, sink, &made.report.allotment);
  return made;
}

std::string adaptive_json(const Study& study, const AdaptiveReport& report) {
  Json looks = Json::array();
  for (const Look& look : report.looks) looks.push_back(look_json(look));
  return Json{{"rule", rule_json(*study.adaptive)},
              {"stopped", to_string(report.stop)},
              {"looks", looks},
              {"replicates", replicates_json(study, report.allotment)}}
      .dump();
}

}  // namespace quartic
