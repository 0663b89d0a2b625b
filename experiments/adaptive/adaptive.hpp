#pragma once
/// Studies that say how sharp their answers must be instead of how many replicates to run.
///
/// A loop of engine runs, each with more replicates than the last. After each the results are looked at:
/// where the study's rule holds nothing more is run. Interval and error bar are random, and a rule that stops
/// as soon as they happen to be small stops too early; therefore looks come only after batches that double
/// what there was, and never before `least` replicates. Decisions are made of complete batches alone, so that
/// they depend neither on threads nor on interruptions: a run that is resumed from its archive repeats them.
#include <string>
#include <vector>

#include "experiments/engine/engine.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// The target in one cell, at one look.
struct TargetLook {
  Index cell = 0;
  Interval value;  ///< of the target's law
  bool reached = false;
};

/// What was seen after a batch.
struct Look {
  double flops = 0;  ///< of all fits so far, tuning included
  Index fits = 0;    ///< so far
  Index open = 0;    ///< curves' points (cell, arm, size) whose rule on the log error does not hold yet
  std::vector<TargetLook> targets;
};

/// Why no further batch was run: the rules hold; every point that a rule still asks for has `most`
/// replicates; the budget pays for no further replicate; the run was interrupted.
enum class Stop { rules_hold, most_replicates, budget, interrupted };
/// As in findings.json: "rules hold", ...
std::string_view to_string(Stop stop);

/// What was decided, and why.
struct AdaptiveReport {
  std::vector<Look> looks;
  Stop stop = Stop::rules_hold;
  Allotment allotment{0, 0, 0};  ///< replicates that were run
};

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
///   - a batch that the budget does not pay for is cut: targets spend what is left in proportion, points go
///     by standard error gained per flop. The first batch is run whatever the budget.
/// Throws as run does, and InvalidInput for a shard (decisions need all records).
AdaptiveRun run_adaptively(const Study& study, const EngineOptions& options, RecordSink& sink);

/// The same decisions made anew of what `source` has; nothing is run.
AdaptiveRun collect_adaptively(const Study& study, RecordSource& source, RecordSink& sink);

/// The further sizes that the target's arm was given in a cell.
std::vector<Index> opened_sizes(const Study& study, const Allotment& allotment, Index cell);

/// What findings.json has under "adaptive".
std::string adaptive_json(const Study& study, const AdaptiveReport& report);

}  // namespace quartic
