#pragma once
/// Studies that say how sharp their answers must be instead of how many replicates to run.
///
/// A loop of engine runs, each with more replicates than the last. After each the results are looked at:
/// where the study's rule holds nothing more is run. Interval and error bar are random, and a rule that stops
/// as soon as they happen to be small stops too early; therefore looks come only after batches that double
/// what there was, and never before `least` replicates. Decisions are made of complete batches alone, so that
/// they depend neither on threads nor on interruptions: a run that is resumed from its archive repeats them.
#include "experiments/adaptive/report.hpp"
#include "experiments/engine/engine.hpp"

namespace quartic {

struct AdaptiveRun {
  RunResult result;
  AdaptiveReport report;
};

/// Runs a study that has adaptive replicates. The sink gets all records at the end, in study order. Batches:
///   - rule on the log error: every point where it does not hold gets as many replicates again
///   - target: the target's arm gets, in every cell where the interval is too wide, replicates that cost as
///     much as all before, at the sizes where they shrink the interval most per flop
///     (laws/curves/allocation.hpp); the size in place of flops where an arm has none. A further size of the
///     target begins with `least` replicates
///   - target of a crossing: sizes about it for its two arms, then replicates there that cost as much as all before
///     (crossing_target.hpp); nothing where the arm never gets ahead
///   - a batch that the budget does not pay for is cut: targets spend what is left in proportion, points go
///     by standard error gained per flop. The first batch is run whatever the budget.
/// Throws as run does, and InvalidInput for a shard (decisions need all records).
AdaptiveRun run_adaptively(const Study& study, const EngineOptions& options, RecordSink& sink);

/// The same decisions made anew of what `source` has; nothing is run.
AdaptiveRun collect_adaptively(const Study& study, RecordSource& source, RecordSink& sink);

}  // namespace quartic
