#include "cli/verbs/folder_run.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <mutex>

#include "cli/help/common_options.hpp"
#include "cli/help/description.hpp"
#include "cli/pictures/pictures.hpp"
#include "cli/report/report.hpp"
#include "cli/terminal/interrupt.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/output_folder.hpp"
#include "core/require.hpp"
#include "experiments/adaptive/adaptive.hpp"
#include "experiments/findings/judged.hpp"
#include "experiments/findings/total_flops.hpp"
#include "experiments/store/export.hpp"
#include "experiments/store/reader.hpp"
#include "experiments/store/views.hpp"

namespace quartic {

namespace {

/// What a run came to; its files stand.
struct Finished {
  RunResult result;
  Judged judged = {};
  std::optional<AdaptiveReport> adaptive = {};
  int signal = 0;  ///< that ended it early

  const CausesFinding* causes_or_null() const { return judged.causes ? &*judged.causes : nullptr; }
  const RemediesFinding* remedies_or_null() const { return judged.remedies ? &*judged.remedies : nullptr; }
  const AdaptiveReport* adaptive_or_null() const { return adaptive ? &*adaptive : nullptr; }
};

void warn(const std::string& message, const Console& console) {
  if (console.live) clear_line(console.err);
  console.err << "quartic: warning: " << message << std::endl;
}

/// Results whose last digits depend on who computed which record.
void warn_of_a_mixture(const std::vector<Builder>& builders, const std::string& folder,
                       const Console& console) {
  if (builders.size() < 2) return;
  std::string text;
  for (const Builder& one : builders)
    text +=
        (text.empty() ? "" : "; ") +
        (one.records > 0 ? with_thousands(one.records) + " records" : std::string("those still missing")) +
        (text.empty() ? "" : " by another (" + one.differences(builders.front()) + ")");
  warn("the results in " + folder + " are the work of " + std::to_string(builders.size()) +
           " programs or kinds of processor, whose fits may differ in their last digits: " + text +
           ". quartic verify " + folder + " says whether they do.",
       console);
}

void warn_of_missing_bills(const Cube& cube, const std::string& folder, const Console& console) {
  if (const Index count = count_unbilled(cube))
    warn(
        with_thousands(count) + " fits in " + folder +
            " have no bill of their pre-training and their predictions (an older version of quartic made them, "
            "and no resume fills it in): what they cost in total is not known. Run the study again in a new folder to "
            "have it.",
        console);
}

void judge_and_write(Finished& finished, KeptRun& kept) {
  finished.judged = judge(kept.study, finished.result.cube,
                          finished.adaptive ? adaptive_json(kept.study, *finished.adaptive) : "");
  kept.finish(finished.result, finished.judged.json);
}

/// For queries in SQL. The results stand by now: where this fails, a warning says why.
void make_views_or_warn(const std::string& folder, const Study& study, const Console& console) {
  try {
    detail::make_views(folder, study);
  } catch (const Refusal& error) {
    warn(error.what(), console);
  }
}

/// Warnings come from fits, progress from tasks: `speaking` keeps them apart.
struct Speech {
  const Console& console;
  bool quiet = false;
  std::mutex speaking = {};
};

Finished run_and_tell(RunFolder& folder, const Study& study, EngineOptions engine, Speech& speech) {
  std::optional<ProgressMeter> meter;
  if (!speech.quiet) {
    meter.emplace(speech.console);
    engine.progress = [&](const Progress& now) {
      const std::scoped_lock lock(speech.speaking);
      meter->update(now.done, now.total, now.share);
    };
  }
  if (!study.adaptive) return {run(study, engine, folder)};
  AdaptiveRun ran = run_adaptively(study, engine, folder);
  Finished finished{std::move(ran.result)};
  finished.adaptive = std::move(ran.report);
  return finished;
}

void tell_of_running_fits(double seconds, const Console& console) {
  if (console.live) clear_line(console.err);
  console.err
      << "quartic: "
      << (std::isnan(seconds)
              ? "nobody knows how long the running fits take: none of their arm, as large or smaller, "
                "has ended"
              : "the running fits take about " + duration(std::max(seconds, 1.0)) + " more")
      << std::endl;
}

/// Signals are heard until the files stand, so that they never cost what is complete.
Finished finished_run(HeldFolder& folder, const Study& study, const FolderRun& options,
                      const Console& console) {
  const InterruptGuard guard;
  Speech speech{console, options.quiet};
  std::optional<CheckpointFolder> checkpoints;
  if (!options.checkpoints.empty())
    checkpoints.emplace(options.checkpoints, [&](const std::string& message) {
      const std::scoped_lock lock(speech.speaking);
      warn("a fit goes on without a checkpoint: " + message, console);
    });
  KeptRun kept(folder, study,
               {.retry_failed = options.retry_failed, .threads = options.threads, .shard = options.shard});
  if (!study.adaptive) warn_of_a_mixture(kept.store.builders(study).and_this(), folder.name(), console);
  EngineOptions engine{.threads = options.threads,
                       .memory_bytes = options.memory_bytes,
                       .stop = &guard.stop(),
                       .stopping =
                           [&](double seconds) {
                             const std::scoped_lock lock(speech.speaking);
                             tell_of_running_fits(seconds, console);
                           },
                       .abandon = &guard.abandon(),
                       .checkpoints = checkpoints ? &*checkpoints : nullptr};
  engine.archive = &kept.store;
  engine.shard = options.shard;
  Finished finished = run_and_tell(kept.files, study, engine, speech);
  warn_of_missing_bills(finished.result.cube, folder.name(), console);
  judge_and_write(finished, kept);
  if (study.adaptive)  // how much was missing is known only now
    warn_of_a_mixture(kept.store.builders(study).builders, folder.name(), console);
  if (kept.store.unsound() > 0 && !options.quiet)
    console.err << "quartic: " << with_thousands(kept.store.unsound())
                << " records in the store had been changed (their checksums fail); they were computed again"
                << std::endl;
  make_views_or_warn(folder.name(), study, console);
  finished.signal = guard.signal();
  return finished;
}

/// Pictures are the last step and the least: where they fail, the results are kept and a warning says why.
std::vector<std::string> draw_or_warn(const std::string& folder, const Study& study, const Console& console) {
  try {
    return draw_pictures(folder, study.catalogues);
  } catch (const Refusal& error) {
    warn(error.what(), console);
    return {};
  }
}

int choose_exit_status(const Finished& finished) {
  if (finished.result.interrupted)
    return finished.signal > 0 ? exit_status::signalled + finished.signal : exit_status::interrupted;
  const bool sound = finished.result.failed == 0 && finished.result.cube.count(FitStatus::diverged) == 0;
  return sound ? exit_status::done : exit_status::failed_fits;
}

int tell(const Finished& run, const std::string& folder, const Study& study, const FolderRun& options,
         const Console& console) {
  std::vector<std::string> pictures;
  if (options.plot) pictures = draw_or_warn(folder, study, console);
  if (options.json)
    console.out << run.judged.json;
  else if (!options.quiet)
    console.out << report({study, run.result, run.judged.findings, folder, pictures, run.causes_or_null(),
                           run.remedies_or_null(), run.adaptive_or_null()},
                          console);
  return choose_exit_status(run);
}

Index number_of_shard(std::string_view text) {
  Index number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  const Shard shard{
      number_of_shard(std::string_view(text).substr(0, slash)),
      slash == std::string::npos ? 0 : number_of_shard(std::string_view(text).substr(slash + 1))};
  require(
      shard.index >= 1 && shard.index <= shard.count && shard.count <= 1000000,
      "\"" + text + "\" is no shard (a shard is one of N parts, counted from 1). Write i/N, such as 2/8.");
  return shard;
}

}  // namespace

FolderRun read_folder_run(const Request& request) {
  const std::string shard = read_name(request, "--shard");
  return {.threads = read_threads(request),
          .memory_bytes = read_memory(request),
          .checkpoints = read_name(request, "--checkpoints"),
          .shard = shard.empty() ? Shard{} : parse_shard(shard),
          .retry_failed = request.has("--retry-failed"),
          .plot = request.has("--plot"),
          .json = request.has("--json"),
          .quiet = request.has("--quiet")};
}

void require_same_study(const std::string& folder, const Study& study, OtherStudy other) {
  if (!StoreReader::exists(folder)) return require_replaceable(folder, study.text);
  StoreReader store(folder);
  if (other == OtherStudy::extend || !store.holds_another(study)) return;
  const StoreCounts counts = stored_counts(store, study);
  throw InvalidInput(
      "the folder " + folder + " holds another run (its study.toml differs from this study, of whose " +
      with_thousands(counts.total) + " fits it has " + with_thousands(counts.done) + "). " +
      (other == OtherStudy::offer_to_extend
           ? "Add --extend to compute what is missing and to replace the results by those of this study, or "
             "choose another folder with --out."
           : "Choose another folder."));
}

int run_in_folder(HeldFolder& folder, const Study& study, const FolderRun& options, const Console& console) {
  return tell(finished_run(folder, study, options, console), folder.name(), study, options, console);
}

int collect_in_folder(KeptRun& kept, const FolderRun& options, const Console& console) {
  const Study& study = kept.study;
  const std::string& folder = kept.files.path();
  StoredResults stored = stored_results(kept.store, study, kept.files);
  Finished finished{std::move(stored.result)};
  finished.adaptive = std::move(stored.adaptive);
  warn_of_a_mixture(kept.store.builders(study).builders, folder, console);
  warn_of_missing_bills(finished.result.cube, folder, console);
  judge_and_write(finished, kept);
  make_views_or_warn(folder, study, console);
  return tell(finished, folder, study, options, console);
}

}  // namespace quartic
