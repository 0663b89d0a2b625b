#include "experiments/adaptive/adaptive.hpp"

#include <functional>

#include "core/require.hpp"
#include "experiments/adaptive/batch.hpp"
#include "experiments/results/memory_archive.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

using detail::Batch;

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

}  // namespace

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

}  // namespace quartic
