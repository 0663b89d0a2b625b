#include <optional>

#include "cli/description.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_folder.hpp"
#include "cli/pictures.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/verbs.hpp"
#include "core/require.hpp"
#include "experiments/store.hpp"

namespace quartic {

namespace {

/// Runs the study; the progress line is gone when it returns.
RunResult watched_run(const Study& study, const RunOptions& options, const Console& console,
                      RecordSink& sink) {
  const InterruptGuard guard;
  std::optional<ProgressMeter> meter;
  if (!options.quiet) meter.emplace(console);
  EngineOptions engine{
      .threads = options.threads, .memory_bytes = options.memory_bytes, .stop = &guard.stop()};
  if (meter)
    engine.progress = [&](const Progress& progress) { meter->update(progress.done, progress.total); };
  return run(study, engine, sink);
}

/// Pictures are the last step and the least: where they fail, the results are kept and a warning says why.
std::vector<std::string> pictures_of(const std::string& folder, const Console& console) {
  try {
    return draw_pictures(folder);
  } catch (const InvalidInput& error) {
    console.err << "quartic: warning: " << error.what() << std::endl;
    return {};
  }
}

int status_of(const RunResult& result) {
  if (result.interrupted) return exit_status::interrupted;
  return result.failed > 0 ? exit_status::failed_fits : exit_status::done;
}

}  // namespace

int run_study(const RunOptions& options, const Console& console) {
  const Study study = load_study(options.study);
  const std::string name = options.out.empty() ? unused_folder(study.name) : options.out;
  require_replaceable(name, study);
  RunFolder folder(name);
  const RunResult result = watched_run(study, options, console, folder);
  const std::vector<Finding> findings = evaluate_claims(study, result.cube);
  const std::string json = findings_json(study, findings);
  folder.finish({study, result, json});
  std::vector<std::string> pictures;
  if (options.plot) pictures = pictures_of(name, console);
  if (options.json)
    console.out << json;
  else if (!options.quiet)
    console.out << report({study, result, findings, name, pictures}, console);
  return status_of(result);
}

}  // namespace quartic
