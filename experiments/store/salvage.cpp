#include "experiments/store/salvage.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "experiments/store/paths.hpp"
#include "experiments/store/raw_pages.hpp"
#include "experiments/store/rows.hpp"
#include "experiments/store/stored_study.hpp"

namespace quartic::detail {

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Where key and content do not belong together there are two, one for either: records tell which is right.
struct FoundSeries {
  SeriesKey key;
  std::string content;
  Index new_id = 0;  // 0: no sound record asked for it
};

/// What the pages hold besides records. Series are proved by their records, the study by its hashes.
struct Frame {
  std::multimap<Index, FoundSeries> series;  // by the id in the damaged file
  StoredStudy study;
  std::map<Index, RawRow> runs;
};

constexpr int series_columns = 3, run_columns = 16;

void take_series(Frame& frame, const RawRow& row, const SeriesKey& key) {
  const auto [first, last] = frame.series.equal_range(row.id());
  for (auto known = first; known != last; ++known)
    if (known->second.key == key) {
      if (key_of(row.text(2)) == key) known->second.content = row.text(2);
      return;
    }
  frame.series.emplace(row.id(), FoundSeries{key, std::string(row.text(2))});
}

bool take_series(Frame& frame, const RawRow& row) {
  const std::vector<SeriesKey> keys = keys_of_row(row.text(1), row.text(2));
  for (const SeriesKey& key : keys) take_series(frame, row, key);
  return row.text(1) == to_string(keys.front());
}

// The latest run decides, as far as its row can be proved; the text of an earlier one is better than none.
bool take_study(Frame& frame, const RawRow& row) {
  StoredStudy found = study_in(row);
  const auto run = [](const StoredStudy& study) { return study.label ? study.label->run : 0; };
  const bool is_later = run(found) >= run(frame.study);
  if (!found.text.empty() && (is_later || frame.study.text.empty())) frame.study.text = found.text;
  if (found.label && is_later) frame.study.label = found.label;
  return !found.text.empty() && found.label;
}

// Of several images of a run the one that has most records is the latest.
bool take_run(Frame& frame, const RawRow& row) {
  if (row.id() <= 0 || row.text(12).empty()) return false;
  const auto [known, is_new] = frame.runs.try_emplace(row.id(), row);
  if (!is_new && row.integer(15) > known->second.integer(15)) known->second = row;
  return true;
}

Frame frame_of(const RawPages& pages) {
  Frame frame;
  pages.rows_with_ids([&](const RawRow& row) {
    if (row.columns() == series_columns) return take_series(frame, row);
    if (row.columns() == study_columns) return take_study(frame, row);
    return row.columns() == run_columns && take_run(frame, row);
  });
  return frame;
}

void write_frame(Database& database, const Frame& frame) {
  Statement series(database, "INSERT INTO series VALUES (?1, ?2, ?3)");
  for (const auto& [old_id, one] : frame.series) {
    if (one.new_id == 0) continue;
    const std::string key = to_string(one.key);
    series.bind(1, one.new_id);
    series.bind(2, std::string_view(key));
    series.bind(3, std::string_view(one.content));
    series.execute();
  }
  if (!frame.study.text.empty() || frame.study.label) write_study(database, frame.study);
  Statement run(database,
                "INSERT INTO runs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
                "?16)");
  for (const auto& [run_id, row] : frame.runs) {
    run.bind(1, run_id);
    for (int column = 1; column < run_columns; ++column) run.bind(column + 1, row.text(column));
    for (const int column : {8, 10, 15}) run.bind(column + 1, row.integer(column));
    run.bind(15, row.real(14));
    run.execute();
  }
}

void write_records(Database& database, const RawPages& pages, Frame& frame) {
  RecordInsert insert(database);
  Index last_id = 0;
  pages.rows_without_ids([&](const RawRow& raw) {
    if (raw.columns() != row_column_count) return false;
    std::optional<StoredRecord> row = read_record(raw);
    if (!row) return false;
    const auto [first, last] = frame.series.equal_range(row->series);
    for (auto series = first; series != last; ++series) {
      if (!is_sound(series->second.key, *row)) continue;
      if (series->second.new_id == 0) series->second.new_id = ++last_id;
      row->series = series->second.new_id;
      insert(*row);
      return true;
    }
    return false;
  });
}

Index write_salvaged(const fs::path& path, const RawPages& pages) {
  Database database(path.string(), Access::create);
  make_tables(database);
  database.run("PRAGMA cache_size = -32768; BEGIN IMMEDIATE");  // records come in the order of damaged pages
  Frame frame = frame_of(pages);
  write_records(database, pages, frame);
  write_frame(database, frame);
  database.run("COMMIT");
  return database.number("SELECT count(*) FROM records");
}

// The log goes first: it must never lie beside a file that it does not belong to.
void put_in_place(const StorePaths& paths) {
  std::error_code absent;
  fs::remove(paths.index, absent);
  fs::rename(paths.log, paths.damaged_log, absent);
  fs::rename(paths.file, paths.damaged, absent);
  fs::rename(paths.salvaged, paths.file);
}

void remove_half(const StorePaths& paths) {
  std::error_code absent;
  fs::remove(paths.salvaging, absent);
  fs::remove(paths.salvaging.string() + "-journal", absent);
}

}  // namespace

Index salvage_store(const std::filesystem::path& folder) {
  const StorePaths paths(folder);
  remove_half(paths);
  const Index kept = write_salvaged(paths.salvaging, RawPages(bytes_of(paths.file), bytes_of(paths.log)));
  fs::rename(paths.salvaging, paths.salvaged);
  put_in_place(paths);
  return kept;
}

void finish_salvage(const std::filesystem::path& folder) {
  const StorePaths paths(folder);
  if (fs::exists(paths.salvaged)) put_in_place(paths);
  remove_half(paths);
}

}  // namespace quartic::detail
