#include "experiments/store/rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

namespace quartic::detail {

namespace {

// Every step is one to one in the state, and in the word: a change of one word is never lost.
class Checksum {
 public:
  void add(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9fb21c651e98df25ULL;
    state_ ^= state_ >> 29;
  }
  void add(Index number) { add(static_cast<std::uint64_t>(number)); }
  void add(double number) {
    add(std::isnan(number) ? std::uint64_t{0x7ff8000000000000} : std::bit_cast<std::uint64_t>(number));
  }
  void add(FitStatus status) { add(static_cast<Index>(status)); }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(8, text.size()))) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data(), std::min<std::size_t>(8, text.size()));
      add(word);
    }
  }
  void add(const std::vector<TrainingPoint>& history) {
    for (const TrainingPoint& point : history) {
      add(point.step);
      add(point.training_error);
      add(point.validation_error);
    }
    add(static_cast<Index>(history.size()));
  }
  std::uint64_t value() const { return state_ ^ state_ >> 32; }

 private:
  std::uint64_t state_ = 0x51525443'00000001ULL;
};

// A count that was not measured is -1, whatever negative number says so.
Index normal_count(Index count) {
  return count < 0 ? -1 : count;
}

void append_number(std::string& json, double number) {
  if (std::isnan(number))
    json += "null";
  else if (std::isinf(number))
    json += number > 0 ? "1e999" : "-1e999";
  else
    json += shortest(number);
}

/// Reads a history from its beginning on.
class HistoryReader {
 public:
  explicit HistoryReader(std::string_view text) : text_(text) {}

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  bool take(double& number) {
    constexpr std::pair<std::string_view, double> words[] = {
        {"null", Record::not_measured}, {"1e999", HUGE_VAL}, {"-1e999", -HUGE_VAL}};
    for (const auto& [word, value] : words)
      if (take(word)) {
        number = value;
        return true;
      }
    const std::optional<NumberAtStart> read = number_at_start(text_);
    if (!read) return false;
    number = read->value;
    text_.remove_prefix(read->length);
    return true;
  }
  bool take(Index& count) {
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), count);
    if (error != std::errc{}) return false;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return true;
  }
  bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

// Nothing for other text.
std::optional<std::vector<TrainingPoint>> parse_history(std::string_view json) {
  std::vector<TrainingPoint> history;
  if (json.empty()) return history;
  HistoryReader reader(json);
  if (!reader.take("[")) return std::nullopt;
  do {
    TrainingPoint point;
    if (!reader.take("[") || !reader.take(point.step) || !reader.take(",") ||
        !reader.take(point.training_error) || !reader.take(",") || !reader.take(point.validation_error) ||
        !reader.take("]"))
      return std::nullopt;
    history.push_back(point);
  } while (reader.take(","));
  if (!reader.take("]") || !reader.at_end()) return std::nullopt;
  return history;
}

std::optional<FitStatus> parse_status(std::string_view text) {
  for (const FitStatus status : {FitStatus::converged, FitStatus::iteration_limit, FitStatus::diverged,
                                 FitStatus::separated, FitStatus::failed})
    if (text == to_string(status)) return status;
  return std::nullopt;
}

/// Values of a row, column by column.
class RowReader {
 public:
  explicit RowReader(const Statement& source) : source_(source) {}
  void take(FitStatus& status) {
    const std::optional<FitStatus> known = parse_status(source_.text(column_++));
    is_ours_ &= known.has_value();
    status = known.value_or(FitStatus::failed);
  }
  void take(Index& count) {
    count = source_.integer(column_);  // of NULL: 0
    if (count == 0 && source_.is_null(column_)) count = -1;
    ++column_;
  }
  void take(double& number) { number = source_.real(column_++); }
  void take(std::string& text) { text = source_.text(column_++); }
  void take(std::vector<TrainingPoint>& history) {
    std::optional<std::vector<TrainingPoint>> points = parse_history(source_.text(column_++));
    is_ours_ &= points.has_value();
    if (points) history = std::move(*points);
  }
  void skip(int columns) { column_ += columns; }
  /// Whether quartic may have written all of it.
  bool is_ours() const { return is_ours_; }

 private:
  const Statement& source_;
  int column_ = first_value_column;
  bool is_ours_ = true;
};

/// Binds the values of a record, column by column.
class RowBinder {
 public:
  explicit RowBinder(Statement& insert) : insert_(insert) {}
  void bind(FitStatus status) { insert_.bind(parameter_++, to_string(status)); }
  void bind(Index count) {
    if (count < 0)
      insert_.bind_null(parameter_++);
    else
      insert_.bind(parameter_++, count);
  }
  void bind(double number) { insert_.bind(parameter_++, number); }
  void bind(const std::string& text) {
    if (text.empty())
      insert_.bind_null(parameter_++);
    else
      insert_.bind(parameter_++, std::string_view(text));
  }
  void bind(const std::vector<TrainingPoint>& history) {
    history_ = history_json(history);
    bind(history_);
  }
  void bind_as_is(Index number) { insert_.bind(parameter_++, number); }

 private:
  Statement& insert_;
  int parameter_ = first_value_column + 1;
  std::string history_;  // must outlive the execution
};

std::string column_names(std::string_view after_status) {
  std::string names;
  const Record any{};
  for_each_column_since(first_store, any, [&]<class T>(const auto& column, const T&) {
    names += std::string(column.name) + std::string(std::same_as<T, FitStatus> ? after_status : "") + ", ";
  });
  return names;
}

// Numbers that the versions after the first brought, up to this one.
template <class R, class Visit>
void for_each_later_column(Index version, R& record, Visit&& visit) {
  for (Index since = first_store + 1; since <= version; ++since)
    for_each_column_of<double>(record, [&](const auto& column, auto& value) {
      if (column.since == since) visit(column, value);
    });
}

// The version that brought the latest of its numbers.
Index version_of_numbers(const Record& record) {
  Index version = newest_version;
  while (version > first_store && !has_numbers_since(version, record)) --version;
  return version;
}

int count_later_columns(Index version) {
  int count = 0;
  for (Index since = first_store + 1; since <= version; ++since)
    count += static_cast<int>(count_columns_since(since));
  return count;
}

Index version_of_columns(int columns) {
  Index version = first_store;
  while (version < newest_version && first_later_column + count_later_columns(version) < columns) ++version;
  return version;
}

// Behind all others, where ALTER TABLE puts them.
std::string later_columns(Index version) {
  std::string names;
  const Record any{};
  for_each_later_column(version, any,
                        [&](const auto& column, double) { names += ", " + std::string(column.name); });
  return names;
}

// Numbers have no declared type: SQLite would turn -0.0 into 0 in columns that are REAL.
std::array<std::string, 4> tables(Index version) {
  return {
      "CREATE TABLE study(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, text TEXT NOT NULL, "
      "sha256 TEXT NOT NULL, name TEXT NOT NULL, effort TEXT NOT NULL, shard INTEGER NOT NULL, "
      "shards INTEGER NOT NULL, run INTEGER NOT NULL, seal TEXT NOT NULL)",
      "CREATE TABLE series(id INTEGER PRIMARY KEY, key TEXT NOT NULL, content TEXT NOT NULL)",
      "CREATE TABLE records(series INTEGER NOT NULL, n INTEGER NOT NULL, replicate INTEGER NOT NULL, " +
          column_names(" TEXT NOT NULL") + "run INTEGER NOT NULL, checksum INTEGER NOT NULL" +
          later_columns(version) + ", PRIMARY KEY(series, n, replicate)) WITHOUT ROWID",
      "CREATE TABLE runs(id INTEGER PRIMARY KEY, version TEXT, git_revision TEXT, compiler TEXT, flags TEXT, "
      "cpu TEXT, instruction_set TEXT, blas TEXT, threads INTEGER, host TEXT, process INTEGER, shard TEXT, "
      "started TEXT, last_commit TEXT, seconds REAL, records INTEGER)"};
}

std::string insert_sql(std::string_view on_conflict, Index version) {
  const int columns = first_later_column + count_later_columns(version);
  std::string places;
  for (int i = 1; i <= columns; ++i) places += (i > 1 ? ", ?" : "?") + std::to_string(i);
  return "INSERT OR " + std::string(on_conflict) + " INTO records (series, n, replicate, " +
         column_names("") + "run, checksum" + later_columns(version) + ") VALUES (" + places + ")";
}

// The rows that are there stay as they are: SQLite reads NULL in columns that they lack.
void add_columns(Database& database, Index version) {
  const Record any{};
  for_each_later_column(newest_version, any, [&](const auto& column, double) {
    if (column.since > version) database.run("ALTER TABLE records ADD COLUMN " + std::string(column.name));
  });
  const std::string newest = std::to_string(newest_version);
  database.run("PRAGMA user_version = " + newest + "; UPDATE study SET version = " + newest);
}

// 32 hexadecimal digits.
std::optional<SeriesKey> parse_key(std::string_view text) {
  SeriesKey key;
  if (text.size() != 32) return std::nullopt;
  for (std::uint64_t* half : {&key.high, &key.low}) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + 16, *half, 16);
    if (error != std::errc{} || end != text.data() + 16) return std::nullopt;
    text.remove_prefix(16);
  }
  return key;
}

}  // namespace

Index version_of(Database& database) {
  return database.number("PRAGMA user_version");
}

void make_tables(Database& database) {
  std::string sql = "PRAGMA page_size = 4096; BEGIN IMMEDIATE;\n";
  for (const std::string& table : tables(newest_version)) sql += table + ";\n";
  database.run(sql + "PRAGMA application_id = " + std::to_string(store_application) +
               ";\nPRAGMA user_version = " + std::to_string(newest_version) + ";\nCOMMIT");
}

std::string schema_of_store(Index version) {
  std::string text;
  for (const std::string& table : tables(version)) text += table + "\n";
  return text;
}

std::string read_schema(Database& database) {
  Statement tables_of_ours(database,
                           "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name IN "
                           "('study', 'series', 'records', 'runs') ORDER BY rowid");
  std::string text;
  while (tables_of_ours.step()) text += std::string(tables_of_ours.text(0)) + "\n";
  return text;
}

std::uint64_t compute_checksum(const SeriesKey& key, const Record& record) {
  Checksum sum;
  for (const std::uint64_t half : {key.high, key.low}) sum.add(half);
  for (const Index number : {record.n, record.replicate}) sum.add(number);
  const auto add = [&](const auto&, const auto& value) { sum.add(value); };
  for_each_column_of<FitStatus>(record, add);
  for_each_column_of<Index>(record, [&](const auto&, Index count) { sum.add(normal_count(count)); });
  for_each_column_of<double>(record, [&](const auto& column, double number) {
    if (column.since == first_store) sum.add(number);
  });
  for_each_column_of<std::string>(record, add);
  for_each_column_of<std::vector<TrainingPoint>>(record, add);
  for_each_later_column(newest_version, record, [&](const auto& column, double number) {
    if (has_numbers_since(column.since, record)) sum.add(number);
  });
  return sum.value();
}

std::string history_json(const std::vector<TrainingPoint>& history) {
  if (history.empty()) return "";
  std::string json = "[";
  for (const TrainingPoint& point : history) {
    json += (json.size() > 1 ? ",[" : "[") + std::to_string(point.step) + ",";
    append_number(json, point.training_error);
    json += ',';
    append_number(json, point.validation_error);
    json += ']';
  }
  return json + "]";
}

std::vector<SeriesKey> keys_of_row(std::string_view key, std::string_view content) {
  std::vector<SeriesKey> keys = {make_series_key(content)};
  if (const std::optional<SeriesKey> named = parse_key(key); named && *named != keys.front())
    keys.push_back(*named);
  return keys;
}

std::optional<StoredRecord> read_record(const Statement& source) {
  StoredRecord row{.series = source.integer(0), .record = {}, .run = source.integer(run_column)};
  row.record.n = source.integer(1);
  row.record.replicate = source.integer(2);
  RowReader reader(source);
  for_each_column_since(first_store, row.record, [&](const auto&, auto& value) { reader.take(value); });
  row.checksum = static_cast<std::uint64_t>(source.integer(run_column + 1));
  reader.skip(first_later_column - run_column);
  const Index version = version_of_columns(source.column_count());
  for_each_later_column(newest_version, row.record, [&](const auto& column, double& value) {
    if (column.since <= version)
      reader.take(value);
    else
      value = Record::not_measured;
  });
  if (!reader.is_ours()) return std::nullopt;
  return row;
}

RecordInsert::Statements::Statements(const Database& database, Index version)
    : replace(database, insert_sql("REPLACE", version)),
      keep(database, insert_sql("IGNORE", version)),
      present(database, std::string(select_records) + " WHERE series = ?1 AND n = ?2 AND replicate = ?3"),
      series(database, "SELECT key, content FROM series WHERE id = ?1") {}

RecordInsert::RecordInsert(Database& database)
    : database_(database), version_(version_of(database)), statements_(database, version_) {}

bool RecordInsert::lacks_columns_of(const Record& record) const {
  for (Index since = version_ + 1; since <= newest_version; ++since)
    if (has_numbers_since(since, record)) return true;
  return false;
}

// A record that was changed is not worth keeping, whatever numbers it has.
bool RecordInsert::knows_less_than_present(const StoredRecord& row) {
  const Index knows = version_of_numbers(row.record);
  if (knows >= version_) return false;
  statements_.present.bind(1, row.series);
  statements_.present.bind(2, row.record.n);
  statements_.present.bind(3, row.record.replicate);
  const std::optional<StoredRecord> present =
      statements_.present.step() ? read_record(statements_.present) : std::nullopt;
  statements_.present.reset();
  return present && version_of_numbers(present->record) > knows && is_of_its_series(*present);
}

bool RecordInsert::is_of_its_series(const StoredRecord& row) {
  statements_.series.bind(1, row.series);
  std::vector<SeriesKey> keys;
  if (statements_.series.step()) keys = keys_of_row(statements_.series.text(0), statements_.series.text(1));
  statements_.series.reset();
  return std::any_of(keys.begin(), keys.end(), [&](const SeriesKey& key) { return is_sound(key, row); });
}

void RecordInsert::operator()(const StoredRecord& row) {
  if (lacks_columns_of(row.record)) {
    add_columns(database_, version_);
    version_ = newest_version;
    statements_ = Statements(database_, version_);
  }
  const bool yields = row.record.report.status == FitStatus::failed || knows_less_than_present(row);
  Statement& insert = yields ? statements_.keep : statements_.replace;
  insert.bind(1, row.series);
  insert.bind(2, row.record.n);
  insert.bind(3, row.record.replicate);
  RowBinder binder(insert);
  for_each_column_since(first_store, row.record, [&](const auto&, const auto& value) { binder.bind(value); });
  binder.bind_as_is(row.run);
  binder.bind_as_is(static_cast<Index>(row.checksum));
  for_each_later_column(version_, row.record, [&](const auto&, double value) { binder.bind(value); });
  insert.execute();
}

}  // namespace quartic::detail
