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
  for_each_other_column(any, [&]<class T>(const auto& column, const T&) {
    names += std::string(column.name) + std::string(std::same_as<T, FitStatus> ? after_status : "") + ", ";
  });
  return names;
}

std::vector<std::string> class_column_names() {
  std::vector<std::string> names;
  const Record any{};
  for_each_class_column(any, [&](const auto& column, double) { names.emplace_back(column.name); });
  return names;
}

// Behind all others, where ALTER TABLE puts them.
std::string more_columns(Index version) {
  std::string names;
  if (version == newest_version)
    for (const std::string& name : class_column_names()) names += ", " + name;
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
          more_columns(version) + ", PRIMARY KEY(series, n, replicate)) WITHOUT ROWID",
      "CREATE TABLE runs(id INTEGER PRIMARY KEY, version TEXT, git_revision TEXT, compiler TEXT, flags TEXT, "
      "cpu TEXT, instruction_set TEXT, blas TEXT, threads INTEGER, host TEXT, process INTEGER, shard TEXT, "
      "started TEXT, last_commit TEXT, seconds REAL, records INTEGER)"};
}

std::string insert_sql(std::string_view on_conflict, Index version) {
  const int columns =
      first_class_column + (version == newest_version ? static_cast<int>(class_column_count) : 0);
  std::string places;
  for (int i = 1; i <= columns; ++i) places += (i > 1 ? ", ?" : "?") + std::to_string(i);
  return "INSERT OR " + std::string(on_conflict) + " INTO records (series, n, replicate, " +
         column_names("") + "run, checksum" + more_columns(version) + ") VALUES (" + places + ")";
}

// The rows that are there stay as they are: SQLite reads NULL in columns that they lack.
void add_class_columns(Database& database) {
  for (const std::string& name : class_column_names()) database.run("ALTER TABLE records ADD COLUMN " + name);
  const std::string version = std::to_string(newest_version);
  database.run("PRAGMA user_version = " + version + "; UPDATE study SET version = " + version);
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
  for (const std::string& table : tables(version_without_classes)) sql += table + ";\n";
  database.run(sql + "PRAGMA application_id = " + std::to_string(store_application) +
               ";\nPRAGMA user_version = " + std::to_string(version_without_classes) + ";\nCOMMIT");
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
    if (column.file != InFile::classes) sum.add(number);
  });
  for_each_column_of<std::string>(record, add);
  for_each_column_of<std::vector<TrainingPoint>>(record, add);
  if (has_class_measures(record)) for_each_class_column(record, add);
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
  for_each_other_column(row.record, [&](const auto&, auto& value) { reader.take(value); });
  row.checksum = static_cast<std::uint64_t>(source.integer(run_column + 1));
  reader.skip(first_class_column - run_column);
  if (source.column_count() > first_class_column)
    for_each_class_column(row.record, [&](const auto&, double& value) { reader.take(value); });
  if (!reader.is_ours()) return std::nullopt;
  return row;
}

RecordInsert::Statements::Statements(const Database& database, Index version)
    : replace(database, insert_sql("REPLACE", version)), keep(database, insert_sql("IGNORE", version)) {}

RecordInsert::RecordInsert(Database& database)
    : database_(database), version_(version_of(database)), statements_(database, version_) {}

void RecordInsert::operator()(const StoredRecord& row) {
  if (version_ < newest_version && has_class_measures(row.record)) {
    add_class_columns(database_);
    version_ = newest_version;
    statements_ = Statements(database_, version_);
  }
  Statement& insert = row.record.report.status == FitStatus::failed ? statements_.keep : statements_.replace;
  insert.bind(1, row.series);
  insert.bind(2, row.record.n);
  insert.bind(3, row.record.replicate);
  RowBinder binder(insert);
  for_each_other_column(row.record, [&](const auto&, const auto& value) { binder.bind(value); });
  binder.bind_as_is(row.run);
  binder.bind_as_is(static_cast<Index>(row.checksum));
  if (version_ == newest_version)
    for_each_class_column(row.record, [&](const auto&, double value) { binder.bind(value); });
  insert.execute();
}

}  // namespace quartic::detail
