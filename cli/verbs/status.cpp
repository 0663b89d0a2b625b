#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/help/common_options.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/platform/folder_lock.hpp"
#include "experiments/store/export.hpp"

namespace quartic {

namespace {

constexpr std::size_t failures_shown = 5;
struct Status {
  std::string folder;
  StoreCounts counts;
  Index unsound = 0;  ///< rows whose checksum fails
  Shard shard;
  std::optional<StoredRun> last_run;
  std::optional<std::string> holder;  ///< the process that writes there now
  std::vector<FoundRecord> failures;
  bool may_grow = false;  ///< the study's rule may ask for more fits than the total

  Index left() const { return counts.total - counts.done; }
  bool troubled() const { return counts.failed + counts.diverged > 0; }
  /// Fits a second of the last run, by its own clock; NaN where it has none.
  double rate() const {
    if (!last_run || last_run->records == 0 || last_run->seconds <= 0) return nan;
    return static_cast<double>(last_run->records) / last_run->seconds;
  }
  double seconds_left() const { return left() == 0 ? 0 : static_cast<double>(left()) / rate(); }
};

Status find_status(const std::string& folder, const Study& study) {
  StoreReader store(folder);
  Status status{.folder = folder,
                .counts = {},
                .shard = store.shard().value_or(Shard{}),
                .last_run = store.last_run(),
                .holder = FolderLock::holder(folder),
                .failures = {},
                .may_grow = false};
  status.counts = stored_counts(store, study, status.shard);
  status.may_grow = study.adaptive && status.left() > 0;
  if (!status.holder) status.unsound = store.unsound(study);  // who runs it computes them again
  if (status.troubled()) status.failures = store.without_success(study, failures_shown);
  return status;
}

std::string render_text(const Shard& shard) {
  return std::to_string(shard.index) + "/" + std::to_string(shard.count);
}

std::string render_json(const Status& status) {
  nlohmann::ordered_json json;
  json["folder"] = status.folder;
  json["total"] = status.counts.total;
  json["done"] = status.counts.done;
  json["failed"] = status.counts.failed;
  json["diverged"] = status.counts.diverged;
  json["left"] = status.left();
  json["may_grow"] = status.may_grow;
  json["running"] = status.holder.has_value();
  json["holder"] = status.holder ? nlohmann::ordered_json(*status.holder) : nlohmann::ordered_json(nullptr);
  json["fits_per_second"] = status.rate();
  json["seconds_left"] = status.seconds_left();
  json["unsound"] = status.unsound;
  json["shard"] = render_text(status.shard);
  if (status.last_run) {
    json["started"] = status.last_run->started;
    json["last_commit"] = status.last_run->last_commit;
  }
  json["failures"] = nlohmann::ordered_json::array();
  for (const FoundRecord& found : status.failures)
    json["failures"].push_back(
        {{"key", to_string(RecordName{found.key, found.record.n, found.record.replicate})},
         {"arm", found.record.arm},
         {"message", found.record.report.message}});
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string render_progress(const Status& status) {
  const StoreCounts& counts = status.counts;
  const double share =
      counts.total > 0 ? static_cast<double>(counts.done) / static_cast<double>(counts.total) : 0;
  const std::string diverged = counts.diverged > 0 ? with_thousands(counts.diverged) + " diverged, " : "";
  std::string text =
      fmt::format("{} of {} fits done ({} %), {} failed, {}{} left", with_thousands(counts.done),
                  with_thousands(counts.total), static_cast<int>(100 * share), with_thousands(counts.failed),
                  diverged, with_thousands(status.left()));
  if (status.may_grow) text += "; the rule of the study may ask for more";
  if (status.shard.count > 1) text += "; shard " + render_text(status.shard);
  text += "\n";
  if (status.unsound > 0)
    text += with_thousands(status.unsound) +
            " of these records were changed since (their checksums fail); quartic resume " + status.folder +
            " computes them again\n";
  return text;
}

std::string find_activity(const Status& status) {
  if (!status.holder)
    return status.left() == 0 ? "finished\n"
                              : "nobody is running it: quartic resume " + status.folder + " goes on\n";
  std::string text = "running: " + *status.holder;
  if (std::isfinite(status.rate()))
    text += "; " + short_number(status.rate()) + " fits/s; " + duration(status.seconds_left()) + " left";
  return text + "\n";
}

std::string render_text(const Status& status) {
  std::string text = render_progress(status) + find_activity(status);
  if (status.failures.empty()) return text;
  text += "the first that failed or diverged (quartic replay " + status.folder + " --cell KEY tells more):\n";
  for (const FoundRecord& found : status.failures)
    text += "  " + to_string(RecordName{found.key, found.record.n, found.record.replicate}) + "  " +
            found.record.arm + ": " + found.record.report.message + "\n";
  return text;
}

// On a terminal that is watched the screen is cleared before each.
void show(const Status& status, const Request& request, const Console& console) {
  const bool json = request.has("--json");
  if (request.has("--watch") && console.paint.colour && !json) clear_screen(console.out);
  console.out << (json ? render_json(status) : render_text(status)) << std::flush;
}

int status(const Request& request, const Program& program) {
  const std::string folder = *request.value("DIR");
  const Study study = StoreReader(folder).study(program.catalogues);
  Status now = find_status(folder, study);
  show(now, request, program.console);
  while (request.has("--watch") && now.holder && program.console.out.good()) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    now = find_status(folder, study);
    show(now, request, program.console);
  }
  return now.troubled() ? exit_status::failed_fits : exit_status::done;
}

}  // namespace

Verb status_verb() {
  return {.text = {.name = "status",
                   .summary = "how far a run is: done, failed, left, rate, time left",
                   .description = R"(
Reads the store of a run, also while the run goes on, and says how many fits are done, how many of them
failed or diverged, how many are left, how fast it goes and how long it will take; of adaptive replicates
those that their rule has asked for so far. The first that failed or diverged are named, ready for quartic
replay.
)",
                   .arguments = {folder_argument()},
                   .options = {{.name = "--watch",
                                .letter = "-w",
                                .help = "Show it anew every second until the run ends."},
                               {.name = "--json", .help = "Print JSON instead of text."}},
                   .examples = {{"quartic status runs/figure2", "how far it is"},
                                {"quartic status runs/figure2 --watch", "the same, live"}}},
          .run = status};
}

}  // namespace quartic
