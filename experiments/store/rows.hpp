#pragma once
/// The tables of run.sqlite, and how a record stands in a row. docs/reliability.md explains the columns.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/platform/sqlite.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/results/record_key.hpp"

namespace quartic::detail {

/// In the header of the file: "QRTC", and the version of the tables (results/record_columns.hpp). The first record with
/// a number that an older table has no column for gives it those that it lacks, and makes it one of the newest version.
inline constexpr Index store_application = 0x51525443;
inline constexpr Index newest_version = store_with_bills;
Index version_of(Database& database);

/// Makes the tables in an empty file.
void make_tables(Database& database);
/// What sqlite_schema says of the tables of a version: where it says anything else, the file is damaged.
std::string schema_of_store(Index version);
std::string read_schema(Database& database);

/// Columns of the table records, in the order of a row: the place of a record, those of record_columns since the first
/// version, run, checksum and, where the table has them, those since later ones, version by version.
inline constexpr int first_value_column = 3;
inline constexpr int run_column = first_value_column + static_cast<int>(count_columns_since(first_store));
inline constexpr int first_later_column = run_column + 2;
/// Asks for rows as read_record takes them, also where the table gets more columns later on.
inline constexpr std::string_view select_records = "SELECT * FROM records";

/// A row of that table. The record's cell and arm are those of its series: they are not in the row.
struct StoredRecord {
  Index series = 0;  ///< the id in this file
  Record record;
  Index run = 0;
  std::uint64_t checksum = 0;
};

/// Checksum of a whole record; the key stands for its cell and arm. Any change within eight neighbouring
/// bytes, so any flipped bit, changes it. Numbers of a later version take part where there is one: records without
/// have the checksum that they had before there were any.
std::uint64_t compute_checksum(const SeriesKey& key, const Record& record);
inline bool is_sound(const SeriesKey& key, const StoredRecord& row) {
  return row.checksum == compute_checksum(key, row.record);
}

/// "[[3,0.5,null],...]": step, training error, validation error; "" for no history.
std::string history_json(const std::vector<TrainingPoint>& history);

/// Candidate keys of a row of the table series: the hash of its content, then the stored key if it differs
/// (somebody changed the row). The checksums of the records decide which is right.
std::vector<SeriesKey> keys_of_row(std::string_view key, std::string_view content);

/// Puts rows into the table. A failed fit never takes the place of one that did not fail, nor a record that lacks the
/// numbers of later versions the place of a sound one that has them.
class RecordInsert {
 public:
  /// Of the same life as the database.
  explicit RecordInsert(Database& database);
  /// Within a transaction: the table may get columns.
  void operator()(const StoredRecord& row);

 private:
  struct Statements {
    Statements(const Database& database, Index version);
    Statement replace, keep, present, series;
  };

  bool lacks_columns_of(const Record& record) const;
  bool knows_less_than_present(const StoredRecord& row);
  bool is_of_its_series(const StoredRecord& row);

  Database& database_;
  Index version_;
  Statements statements_;
};

/// The row of select_records that `source` stands at. Nothing if quartic did not write it.
std::optional<StoredRecord> read_record(const Statement& source);

}  // namespace quartic::detail
