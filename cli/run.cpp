#include <mutex>
#include <optional>

#include "cli/description.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_folder.hpp"
#include "cli/pictures.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/table_run.hpp"
#include "cli/verbs.hpp"
#include "core/require.hpp"
#include "experiments/adaptive.hpp"
#include "experiments/store.hpp"

namespace quartic {

namespace {

/// What a run came to; its files stand.
struct Finished {
  RunResult result;
  std::vector<Finding> findings;
  std::optional<CausesFinding> causes;
  std::optional<AdaptiveReport> adaptive;
  std::string json;

  const CausesFinding* causes_or_null() const { return causes ? &*causes : nullptr; }
  const AdaptiveReport* adaptive_or_null() const { return adaptive ? &*adaptive : nullptr; }
};

void warn(const std::string& message, const Console& console) {
  console.err << (console.live ? "\r\033[K" : "") << "quartic: warning: " << message << std::endl;
}

Finished run_engine(const Study& study, const EngineOptions& options, RecordSink& sink) {
  if (!study.adaptive) return {run(study, options, sink), {}, {}, {}, {}};
  AdaptiveRun ran = run_adaptively(study, options, sink);
  return {std::move(ran.result), {}, {}, std::move(ran.report), {}};
}

/// Ctrl-C is heard until the files stand, so that it never costs what is complete.
Finished run_into(RunFolder& folder, const Study& study, const RunOptions& options, const Console& console) {
  const InterruptGuard guard;
  std::mutex speaking;  // warnings come from fits, progress from tasks
  std::optional<CheckpointFolder> checkpoints;
  if (!options.checkpoints.empty())
    checkpoints.emplace(options.checkpoints, [&](const std::string& message) {
      const std::scoped_lock lock(speaking);
      warn("a fit goes on without a checkpoint: " + message, console);
    });
  EngineOptions engine{.threads = options.threads,
                       .memory_bytes = options.memory_bytes,
                       .stop = &guard.stop(),
                       .abandon = &guard.abandon(),
                       .checkpoints = checkpoints ? &*checkpoints : nullptr};
  std::optional<ProgressMeter> meter;
  if (!options.quiet) {
    meter.emplace(console);
    engine.progress = [&](const Progress& progress) {
      const std::scoped_lock lock(speaking);
      meter->update(progress.done, progress.total);
    };
  }
  Finished finished = run_engine(study, engine, folder);
  meter.reset();
  finished.findings = evaluate_claims(study, finished.result.cube);
  if (study.causes) finished.causes = evaluate_causes(study, finished.result.cube);
  finished.json =
      findings_json(study, finished.findings, finished.causes_or_null(), finished.adaptive_or_null());
  folder.finish({study, finished.result, finished.json});
  return finished;
}

/// Pictures are the last step and the least: where they fail, the results are kept and a warning says why.
std::vector<std::string> pictures_of(const std::string& folder, const Console& console) {
  try {
    return draw_pictures(folder);
  } catch (const InvalidInput& error) {
    warn(error.what(), console);
    return {};
  }
}

int status_of(const RunResult& result) {
  if (result.interrupted) return exit_status::interrupted;
  return result.failed > 0 ? exit_status::failed_fits : exit_status::done;
}

}  // namespace

int run_study(const RunOptions& options, const Console& console) {
  const StudySource source = read_study_source(options.study);
  if (is_table_study(source.text, source.file))
    return run_table_study(parse_table_study(source.text, source.file, source.edits), options, console);
  const LimitedStudy limited = within_limits(
      source, options.limits, {.threads = options.threads, .memory_bytes = options.memory_bytes});
  if (!limited.trimmed.empty() && !options.quiet) console.err << limited.trimmed << std::endl;
  const Study& study = limited.study;
  const std::string name = options.out.empty() ? unused_folder(study.name) : options.out;
  require_replaceable(name, study.text);
  RunFolder folder(name);
  const Finished run = run_into(folder, study, options, console);
  std::vector<std::string> pictures;
  if (options.plot) pictures = pictures_of(name, console);
  if (options.json)
    console.out << run.json;
  else if (!options.quiet)
    console.out << report(
        {study, run.result, run.findings, name, pictures, run.causes_or_null(), run.adaptive_or_null()},
        console);
  return status_of(run.result);
}

}  // namespace quartic
