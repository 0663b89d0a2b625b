#pragma once
/// The tables of run.sqlite, and how a record stands in a row. docs/reliability.md explains the columns.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/platform/sqlite.hpp"
#include "experiments/results/record.hpp"
#include "experiments/results/record_key.hpp"

namespace quartic::detail {

/// In the header of the file: "QRTC", and the version of the tables.
inline constexpr Index store_application = 0x51525443;
inline constexpr Index store_version = 1;

/// Makes the tables in an empty file.
void make_tables(Database& database);
/// What sqlite_schema says of them: where it says anything else, the file is damaged.
std::string schema_of_store();
std::string schema_of(Database& database);

/// Columns of the table records, in the order of a row.
inline constexpr std::string_view record_columns =
    "series, n, replicate, status, excess_risk, normalised_error, error_se, parameters, iterations, "
    "certificate, fit_flops, tuning_flops, message, theory, cpu_seconds, history, run, checksum";
inline constexpr int record_column_count = 18;

/// A row of that table. The record's cell and arm are those of its series: they are not in the row.
struct StoredRecord {
  Index series = 0;  ///< the id in this file
  Record record;
  Index run = 0;
  std::uint64_t checksum = 0;
};

/// Checksum of a whole record; the key stands for its cell and arm. Any change within eight neighbouring
/// bytes, so any flipped bit, changes it.
std::uint64_t checksum_of(const SeriesKey& key, const Record& record);
inline bool is_sound(const SeriesKey& key, const StoredRecord& row) {
  return row.checksum == checksum_of(key, row.record);
}

/// "[[3,0.5,null],...]": step, training error, validation error; "" for no history.
std::string history_json(const std::vector<TrainingPoint>& history);
/// Nothing for other text.
std::optional<std::vector<TrainingPoint>> parse_history(std::string_view json);
std::optional<FitStatus> parse_status(std::string_view text);

/// Candidate keys of a row of the table series: the hash of its content, then the stored key if it differs
/// (somebody changed the row). The checksums of the records decide which is right.
std::vector<SeriesKey> keys_of_row(std::string_view key, std::string_view content);

/// Puts rows into the table. A failed fit never takes the place of one that did not fail.
class RecordInsert {
 public:
  explicit RecordInsert(const Database& database);
  void operator()(const StoredRecord& row);

 private:
  Statement replace_, keep_;
};

/// Reads the row that `source` stands at: a Statement, or anything like it, with the columns record_columns.
/// Nothing if quartic cannot have written the row.
template <class Source>
std::optional<StoredRecord> read_record(const Source& source) {
  const std::optional<FitStatus> status = parse_status(source.text(3));
  std::optional<std::vector<TrainingPoint>> history = parse_history(source.text(15));
  if (!status || !history) return std::nullopt;
  StoredRecord row{.series = source.integer(0), .record = {}, .run = source.integer(16)};
  Record& record = row.record;
  const auto count = [&](int column) {
    const Index value = source.integer(column);  // of NULL: 0
    return value == 0 && source.is_null(column) ? Index{-1} : value;
  };
  record.n = source.integer(1);
  record.replicate = source.integer(2);
  record.excess_risk = source.real(4);
  record.normalised_error = source.real(5);
  record.error_se = source.real(6);
  record.theory = source.real(13);
  record.report = {.status = *status,
                   .parameters = count(7),
                   .iterations = count(8),
                   .certificate = source.real(9),
                   .cost = {source.real(10), source.real(11), source.real(14)},
                   .message = std::string(source.text(12)),
                   .history = std::move(*history)};
  row.checksum = static_cast<std::uint64_t>(source.integer(17));
  return row;
}

}  // namespace quartic::detail
