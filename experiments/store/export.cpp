#include "experiments/store/export.hpp"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "core/require.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/store/csv_files.hpp"
#include "experiments/store/rows.hpp"
#include "experiments/store/views.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using detail::PartialFile;

struct Counter final : RecordSink {
  void write(std::span<const Record> records) override { count += std::ssize(records); }
  Index count = 0;
};

std::vector<std::string> export_csv(StoreReader& store, const Study& study, const fs::path& out) {
  detail::CsvFiles csv(out, study);
  PartialFile summary(out / "summary.csv");
  const RunResult result = stored_results(store, study, csv).result;
  write_summary_csv(study, result.cube, [&](std::string_view lines) { summary.append(lines); });
  std::vector<PartialFile*> files = csv.files();
  std::vector<std::string> names = csv.names();
  files.insert(files.begin() + 1, &summary);
  names.insert(names.begin() + 1, "summary.csv");
  detail::put_in_place(files, out);
  return names;
}

std::vector<std::string> export_npy(StoreReader& store, const Study& study, const fs::path& out) {
  Nowhere nowhere;
  const RunResult result = stored_results(store, study, nowhere).result;
  PartialFile cube(out / "cube.npy"), labels(out / "cube.json");
  std::ostringstream bytes;
  result.cube.write_npy(bytes);
  cube.append(bytes.str());
  labels.append(result.cube.labels_json(study.cells));
  detail::put_in_place({&cube, &labels}, out);
  return {"cube.npy", "cube.json"};
}

std::string text_json(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string as_json(FitStatus status) {
  return text_json(to_string(status));
}

std::string as_json(const std::string& text) {
  return text_json(text);
}

std::string as_json(double number) {
  if (std::isnan(number)) return "null";
  if (std::isinf(number)) return number > 0 ? "1e999" : "-1e999";
  return shortest(number);
}

std::string as_json(Index count) {
  return count < 0 ? "null" : std::to_string(count);
}

std::string as_json(const std::vector<TrainingPoint>& history) {
  return history.empty() ? "[]" : detail::history_json(history);
}

/// The lines of records of one study, cell by cell.
class JsonLines {
 public:
  explicit JsonLines(const Study& study) : study_(study), has_classes_(has_classes(study)) {}
  /// One object; what was not measured is null, and what is not finite 1e999.
  std::string line(const FoundRecord& found);

 private:
  const std::string& settings_of(Index cell);

  const Study& study_;
  const bool has_classes_;
  Index cell_ = -1;
  std::string settings_;
};

const std::string& JsonLines::settings_of(Index cell) {
  if (cell != cell_) settings_ = settings_json(study_.cells[static_cast<std::size_t>(cell_ = cell)].settings);
  return settings_;
}

std::string JsonLines::line(const FoundRecord& found) {
  const Record& record = found.record;
  std::string json = "{\"key\":\"" + to_string(RecordName{found.key, record.n, record.replicate}) +
                     "\",\"cell\":" + std::to_string(record.cell) +
                     ",\"settings\":" + settings_of(record.cell) + ",\"arm\":" + text_json(record.arm) +
                     ",\"n\":" + std::to_string(record.n) +
                     ",\"replicate\":" + std::to_string(record.replicate);
  const auto append = [&](const auto& column, const auto& value) {
    if (column.file != InFile::classes || has_classes_)
      json += ",\"" + std::string(column.name) + "\":" + as_json(value);
  };
  for_each_column_of<FitStatus>(record, append);
  for_each_column_of<double>(record, append);
  for_each_column_of<Index>(record, append);
  for_each_column_of<std::string>(record, append);
  for_each_column_of<std::vector<TrainingPoint>>(record, append);
  return json + "}\n";
}

std::vector<std::string> export_jsonl(const StoreReader& store, const Study& study, const fs::path& out) {
  PartialFile file(out / "records.jsonl");
  JsonLines lines(study);
  store.for_each(study, [&](const FoundRecord& found) { file.append(lines.line(found)); });
  detail::put_in_place({&file}, out);
  return {"records.jsonl"};
}

}  // namespace

std::string_view to_string(ExportFormat format) {
  constexpr std::string_view names[] = {"csv", "npy", "jsonl", "views"};
  return names[static_cast<std::size_t>(format)];
}

StoredResults stored_results(RecordSource& store, const Study& study, RecordSink& sink) {
  if (!study.adaptive) return {collect(study, store, sink), {}};
  AdaptiveRun made = collect_adaptively(study, store, sink);
  return {std::move(made.result), std::move(made.report)};
}

StudyRun read_run(const std::string& folder, const Catalogues& catalogues) {
  StoreReader store(folder);
  Study study = store.study(catalogues);
  Nowhere nowhere;
  StoredResults stored = stored_results(store, study, nowhere);
  return {std::move(study), std::move(stored.result), std::move(stored.adaptive)};
}

StoreCounts stored_counts(StoreReader& store, const Study& study, const Shard& shard) {
  if (!study.adaptive) return store.count(study, shard);
  Counter fits;
  const StoredResults stored = stored_results(store, study, fits);
  const std::vector<Index>& wanted = stored.adaptive->allotment.counts();
  return {.total = std::accumulate(wanted.begin(), wanted.end(), Index{0}),
          .done = fits.count,
          .failed = stored.result.failed,
          .diverged = stored.result.cube.count(FitStatus::diverged)};
}

std::vector<std::string> export_store(const std::string& folder, const Study& study, ExportFormat format,
                                      const std::string& out) {
  std::error_code error;
  fs::create_directories(out, error);
  if (error) detail::refuse_file("make the folder", out, error.value(), "--out");
  if (format == ExportFormat::views) {
    require(fs::equivalent(folder, out),
            "views lie in the store itself (no file of their own can hold them). "
            "Leave --out away.");
    return detail::make_views(folder, study);
  }
  StoreReader store(folder);
  if (format == ExportFormat::csv) return export_csv(store, study, out);
  if (format == ExportFormat::npy) return export_npy(store, study, out);
  return export_jsonl(store, study, out);
}

}  // namespace quartic
