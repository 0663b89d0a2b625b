#include "experiments/study/table_file.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/require.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/study/document/world_files.hpp"

namespace quartic {

namespace {

constexpr Index fewest_cases = 10;

std::string read_file(const TableOptions& options) {
  const auto [path, digest] = detail::split_digest(options.file);
  std::optional<std::string> content = read_plain_file(path, detail::most_file_bytes);
  require(content.has_value(),
          path +
              " cannot be read (there is no such file, it is no plain file of at most 256 MiB, or its "
              "permissions forbid it; names are relative to the folder of the study). Correct file.",
          {"file"});
  require(digest.empty() || detail::short_digest(*content) == digest,
          path + " has changed (its SHA-256 begins with " + detail::short_digest(*content) + ", and with " +
              digest +
              " where it was used before). Put the old file back, or leave out what stands behind # in file.",
          {"file"});
  return std::move(*content);
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

/// How to go on without this column.
std::string remedy_of(const CsvTable& table, Index column) {
  return "leave the column out: ignore = " + quoted(table.header[static_cast<std::size_t>(column)]);
}

std::string place_of(const CsvTable& table, Index row, Index column) {
  return render_place(table, row) + "column " + table.header[static_cast<std::size_t>(column)];
}

void require_all_there(const CsvTable& table, Index column, const std::string& remedy) {
  for (Index row = 0; row < table.rows(); ++row)
    require(!is_missing(table.at(row, column)),
            place_of(table, row, column) + " has no value (every case needs all of them). Fill it in, " +
                remedy + ".");
}

/// Sums of squares are to be numbers too.
void require_finite(const CsvTable& table, Index column, const Vector& numbers) {
  constexpr double most = 1e100;
  for (Index row = 0; row < numbers.size(); ++row)
    require(std::abs(numbers[row]) <= most, place_of(table, row, column) + " has " +
                                                quoted(table.at(row, column)) +
                                                " (1e100 is the most). Correct it, or choose another unit.");
}

/// Numbers of a column that a model is to see.
Vector read_candidate(const CsvTable& table, Index column) {
  const std::string remedy = remedy_of(table, column);
  require_all_there(table, column, "drop the line, or " + remedy);
  NumberColumn read = try_numbers(table, column);
  if (!read.problems.empty()) {
    const Index row = read.problems.begin()->first;
    throw InvalidInput(place_of(table, row, column) + " has " + quoted(table.at(row, column)) +
                       " (models see numbers). Write numbers, such as 0 and 1 for two words, or " + remedy +
                       ".");
  }
  require_finite(table, column, read.numbers);
  require(read.numbers.minCoeff() < read.numbers.maxCoeff(),
          table.file + ": column " + table.header[static_cast<std::size_t>(column)] + " is " +
              table.at(0, column) + " in every case (it tells nothing). Please " + remedy + ".");
  return std::move(read.numbers);
}

/// Two words as classes; nothing where there are not two.
std::optional<Vector> read_words(const CsvTable& table, Index column) {
  std::set<std::string> words;
  for (Index row = 0; row < table.rows() && words.size() <= 2; ++row) words.insert(table.at(row, column));
  if (words.size() != 2) return std::nullopt;
  Vector classes(table.rows());
  for (Index row = 0; row < table.rows(); ++row) classes[row] = table.at(row, column) == *words.rbegin();
  return classes;
}

struct Target {
  Task task;
  Vector y;
};

Target read_target(const CsvTable& table, Index column) {
  require_all_there(table, column, "or drop the line");
  NumberColumn read = try_numbers(table, column);
  if (!read.problems.empty()) {
    if (std::optional<Vector> classes = read_words(table, column))
      return {Task::classification, std::move(*classes)};
    const Index row = read.problems.begin()->first;
    throw InvalidInput(
        place_of(table, row, column) + ", the target, has " + quoted(table.at(row, column)) +
        " (it is to hold numbers, or two different words). Correct it, or name another target.");
  }
  require_finite(table, column, read.numbers);
  const std::set<double> values(read.numbers.begin(), read.numbers.end());
  require(values.size() > 1,
          table.file + ": column " + table.header[static_cast<std::size_t>(column)] +
              ", the target, is the same in every case (there is nothing to predict). Name "
              "another target.",
          {"target"});
  if (values.size() > 2) return {Task::regression, std::move(read.numbers)};
  return {Task::classification, (read.numbers.array() == *values.rbegin()).cast<double>().matrix()};
}

/// Throws with the option that names it.
Index find_column(const CsvTable& table, const std::string& name, const char* option) {
  try {
    return table.column(name);
  } catch (const InvalidInput& error) {
    throw InvalidInput(error.what(), {option});
  }
}

/// The columns that models see.
std::vector<Index> list_candidates(const CsvTable& table, const TableOptions& options, Index target) {
  std::set<Index> others = {target};
  for (const std::string& name : listed_names(options.ignore)) {
    const Index column = find_column(table, name, "ignore");
    require(column != target, "ignore names the target (it is to be predicted). Leave it out there.",
            {"ignore"});
    others.insert(column);
  }
  std::vector<Index> candidates;
  for (Index column = 0; column < table.columns(); ++column) {
    const std::string& name = table.header[static_cast<std::size_t>(column)];
    if (others.count(column) > 0 || name.empty()) continue;
    static_cast<void>(table.column(name));  // refuses a name that two columns have
    candidates.push_back(column);
  }
  require(!candidates.empty(),
          table.file +
              " has no column beside the target (models see the other ones). Add some, or shorten ignore.",
          {"ignore"});
  return candidates;
}

}  // namespace

TableCases read_table_cases(const TableOptions& options) {
  const CsvTable table = parse_csv(read_file(options), detail::split_digest(options.file).path);
  require(table.rows() >= fewest_cases,
          table.file + " has " + std::to_string(table.rows()) +
              " cases (some are trained on, and the others judge). Bring at least 10, and rather hundreds.",
          {"file"});
  const Index target = find_column(table, options.target, "target");
  const std::vector<Index> columns = list_candidates(table, options, target);
  Target read = read_target(table, target);
  TableCases cases{.task = read.task, .x = Matrix(table.rows(), std::ssize(columns)), .y = std::move(read.y)};
  for (Index k = 0; k < cases.x.cols(); ++k) {
    const Index column = columns[static_cast<std::size_t>(k)];
    cases.columns.push_back(table.header[static_cast<std::size_t>(column)]);
    cases.x.col(k) = read_candidate(table, column);
  }
  return cases;
}

CatalogueEntry<World> table_entry() {
  const auto options = TableOptions::options();
  return {
      .name = TableOptions{}.name(),
      .summary = "cases of a file of your own (CSV): models are judged by those of them that are kept back",
      .options = describe(options),
      .make = [options](const OptionValues& values) -> World {
        TableOptions made = with_options(options, values);
        require_valid(made);
        TableCases cases = read_table_cases(made);
        return TableWorld(std::move(made), std::move(cases));
      }};
}

}  // namespace quartic
