#include "experiments/store/export.hpp"

#include <atomic>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <sstream>

#include "core/require.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/platform/folder_lock.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/results/record.hpp"
#include "experiments/store/record_json.hpp"
#include "experiments/store/views.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using detail::PartialFile;

/// records.csv and what stands beside it.
class CsvFiles final : public RecordSink {
 public:
  explicit CsvFiles(const fs::path& out)
      : out_(out), records_(out / "records.csv"), timings_(out / "timings.csv") {
    records_.append(records_header() + "\n");
    timings_.append(timings_header() + "\n");
  }

  void write(std::span<const Record> lines) override {
    records_.append(records_csv(lines));
    timings_.append(timings_csv(lines));
    const std::string history = history_csv(lines);
    if (history.empty()) return;
    if (!history_) {
      history_.emplace(out_ / "history.csv");
      history_->append(history_header() + "\n");
    }
    history_->append(history);
  }

  std::vector<std::string> finish(const std::string& summary_text) {
    PartialFile summary(out_ / "summary.csv");
    summary.append(summary_text);
    std::vector<PartialFile*> files = {&records_, &summary, &timings_};
    std::vector<std::string> names = {"records.csv", "summary.csv", "timings.csv"};
    if (history_) {
      files.push_back(&*history_);
      names.emplace_back("history.csv");
    }
    for (PartialFile* file : files) file->complete();
    for (PartialFile* file : files) file->put_in_place();
    return names;
  }

 private:
  const fs::path out_;
  PartialFile records_, timings_;
  std::optional<PartialFile> history_;
};

struct Nowhere final : RecordSink {
  void write(std::span<const Record>) override {}
};

Index fits_in(const Cube& cube) {
  const CubeAxes& axes = cube.axes();
  Index fits = 0;
  for (Slot slot; slot.cell < axes.cells; ++slot.cell)
    for (slot.arm = 0; slot.arm < std::ssize(axes.arms); ++slot.arm)
      for (slot.size = 0; slot.size < std::ssize(axes.sizes); ++slot.size)
        for (slot.replicate = 0; slot.replicate < axes.replicates; ++slot.replicate)
          fits += !std::isnan(cube.at(slot, Measure::status));
  return fits;
}

void write_whole(const fs::path& path, std::string_view bytes) {
  PartialFile file(path);
  file.append(bytes);
  file.complete();
  file.put_in_place();
}

std::vector<std::string> export_csv(StoreReader& store, const Study& study, const fs::path& out) {
  CsvFiles files(out);
  const RunResult result = stored_results(store, study, files).result;
  return files.finish(summary_csv(study, result.cube));
}

std::vector<std::string> export_npy(StoreReader& store, const Study& study, const fs::path& out) {
  Nowhere nowhere;
  const RunResult result = stored_results(store, study, nowhere).result;
  std::ostringstream bytes;
  result.cube.write_npy(bytes);
  write_whole(out / "cube.npy", bytes.str());
  write_whole(out / "cube.json", result.cube.labels_json());
  return {"cube.npy", "cube.json"};
}

std::vector<std::string> export_jsonl(const StoreReader& store, const Study& study, const fs::path& out) {
  PartialFile file(out / "records.jsonl");
  Index id = -1;
  std::string settings;
  store.for_each(study, [&](const FoundRecord& found) {
    if (found.record.cell != id) {
      id = found.record.cell;
      const Cell cell = study.cells[static_cast<std::size_t>(id)];
      settings = detail::settings_json(cell);
    }
    file.append(detail::record_json(found, settings) + "\n");
  });
  file.complete();
  file.put_in_place();
  return {"records.jsonl"};
}

}  // namespace

std::string_view to_string(ExportFormat format) {
  constexpr std::string_view names[] = {"csv", "npy", "jsonl", "views"};
  return names[static_cast<std::size_t>(format)];
}

StoredResults stored_results(RecordArchive& store, const Study& study, RecordSink& sink) {
  // A run that is stopped before it begins: it leaves what the archive has.
  const std::atomic<bool> stop = true;
  EngineOptions engine{.threads = 1, .stop = &stop};
  engine.archive = &store;
  if (!study.adaptive) return {run(study, engine, sink), {}};
  AdaptiveRun made = run_adaptively(study, engine, sink);
  return {std::move(made.result), std::move(made.report)};
}

StoreCounts stored_counts(StoreReader& store, const Study& study, const Shard& shard) {
  if (!study.adaptive) return store.count(study, shard);
  Nowhere nowhere;
  const StoredResults stored = stored_results(store, study, nowhere);
  const std::vector<Index>& wanted = stored.adaptive->allotment.counts();
  return {.total = std::accumulate(wanted.begin(), wanted.end(), Index{0}),
          .done = fits_in(stored.result.cube),
          .failed = stored.result.failed};
}

std::vector<std::string> export_store(const std::string& folder, const Study& study, ExportFormat format,
                                      const std::string& out) {
  std::error_code error;
  fs::create_directories(out, error);
  require(!error, "cannot make the folder " + out + " (" + error.message() +
                      "). Choose a folder you may write to with --out.");
  if (format == ExportFormat::views) {
    require(fs::equivalent(folder, out),
            "views lie in the store itself (no file of their own can hold them). "
            "Leave --out away.");
    const FolderLock lock(folder);
    return detail::make_views(folder, study);
  }
  StoreReader store(folder);
  if (format == ExportFormat::csv) return export_csv(store, study, out);
  if (format == ExportFormat::npy) return export_npy(store, study, out);
  return export_jsonl(store, study, out);
}

}  // namespace quartic
