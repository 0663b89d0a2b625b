#include "experiments/tables/roles.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/tables/columns.hpp"
#include "experiments/tables/wide.hpp"

namespace quartic::detail {

namespace {

/// No line goes through fewer.
constexpr Index least_rows_of_a_group = 3;

/// How many rows have each of the names in this column.
std::map<std::string, Index> rows_of_names(const CsvTable& table, Index column) {
  std::map<std::string, Index> counts;
  for (Index row = 0; row < table.rows(); ++row) ++counts[table.at(row, column)];
  return counts;
}

/// Names of systems are no groups: no line goes through one or two rows. Nor are clusters.
void name_groups(ReadRows& read, const CsvTable& table) {
  std::optional<std::string>& group = read.question.group;
  if (group && !group->empty()) group = find_column(table, *group, {});
  if (group) return;
  group = find_column(table, "", {"group", "arm", "model"});
  if (group == read.question.cluster) group = "";
  if (group->empty() || read.is_records || table.rows() < least_rows_of_a_group) return;
  const std::map<std::string, Index> counts = rows_of_names(table, table.column(*group));
  if (std::any_of(counts.begin(), counts.end(),
                  [](const auto& count) { return count.second >= least_rows_of_a_group; }))
    return;
  read.notes.push_back("The column " + *group +
                       " names rows, and makes no groups: no name has three. --group " + *group +
                       " makes them all the same.");
  group = "";
}

bool is_word(const std::string& field) {
  return !is_missing(field) && !quartic::read_number(field);
}

/// Words that come again and again, in a column that nothing asks for, may be what parts the rows. (The first row tells
/// columns of numbers: tables may have millions.)
void tell_unused_groups(ReadRows& read, const CsvTable& table) {
  const FitQuestion& question = read.question;
  if (!question.group->empty() || read.is_records || question.two_causes) return;
  for (Index column = 0; column < table.columns(); ++column) {
    const std::string& name = table.header[static_cast<std::size_t>(column)];
    if (name.empty() || name == question.replicate || name == question.cluster) continue;
    if (!is_word(table.at(0, column))) continue;
    const std::map<std::string, Index> counts = rows_of_names(table, column);
    const bool again = std::all_of(counts.begin(), counts.end(), [](const auto& count) {
      return is_word(count.first) && count.second >= least_rows_of_a_group;
    });
    if (counts.size() > 1 && again)
      read.notes.push_back("All rows make one curve. The column " + name + " has " +
                           std::to_string(counts.size()) +
                           " words in it: --group with its name gives each a curve of its own.");
  }
}

/// Above 0, whole and ascending. Precondition: all of them are numbers.
bool are_sizes_in_order(const std::vector<std::string_view>& numbers) {
  double last = 0;
  return std::all_of(numbers.begin(), numbers.end(), [&](std::string_view text) {
    const double number = *quartic::read_number(text), before = std::exchange(last, number);
    return number > before && number == std::floor(number);
  });
}

void require_error_or_wide(const CsvTable& table, const FitQuestion& question) {
  const std::vector<std::string_view> names(table.header.begin(), table.header.end());
  require(!all_numbers(names) || are_sizes_in_order(names),
          table.file + " has no names of columns (its first line holds " + joined(table.header) +
              "). Write a line of names above it: n,error.");
  require(!question.error.empty() || 2 * std::ssize(size_columns(table)) <= table.columns(),
          table.file + " has columns that are named by sizes (it holds " + joined(table.header) +
              "). Add --wide, which reads one column a size, or name a column with --error.");
}

/// Sizes of models, and of data: N is the former beside D, else n is the latter.
void name_sizes(FitQuestion& question, const CsvTable& table) {
  std::string& parameters = question.parameters;
  parameters = find_parameters(table, parameters);
  const std::string d = find_column(table, "", {"d"});
  if (parameters.empty() && !d.empty()) parameters = find_column(table, "", {"n"});
  require(!parameters.empty(),
          table.file + " has no column of sizes of models under a usual name (it holds " +
              joined(table.header) + "), which the law in two causes takes. Name it with --parameters.");
  if (question.data) {
    if (!question.data->empty()) question.data = find_column(table, *question.data, {});
    return;
  }
  const std::string n = find_column(table, "", {"n"}, parameters);
  question.data = !n.empty() || d.empty() ? find_data(table, "", parameters) : d;
}

/// Of the law in two causes: where no column holds the data, computing is 6 N D.
void name_two_causes(FitQuestion& question, const CsvTable& table) {
  name_sizes(question, table);
  const bool asked = !question.compute.value_or("").empty(), lacking = question.data->empty();
  question.compute =
      asked || (lacking && !question.compute) ? find_computing(table, question.compute.value_or("")) : "";
  const bool data_too =
      lacking && question.compute->empty() && question.parameters == find_column(table, "", {"n"});
  require(!data_too && question.parameters != question.data && question.parameters != question.error,
          table.file + ": the column " + question.parameters +
              " cannot be two things. Name one of the models' sizes with --parameters.");
  if (question.group) question.group = find_column(table, *question.group, {});
  question.group = question.group.value_or("");
}

/// What else than rows is left out together, and what only some rows have.
void name_units(ReadRows& read, const CsvTable& table) {
  FitQuestion& question = read.question;
  std::optional<std::string>& replicate = question.replicate;
  const bool settled = !question.cluster.empty() || question.best != Best::all;
  if (!question.cluster.empty()) {
    question.cluster = find_column(table, question.cluster, {});
    require(replicate.value_or("").empty() && !read.is_records,
            "--cluster was given for replicates (which are left out one by one already). Leave --cluster "
            "out, or --replicate.");
    require(question.group != question.cluster,
            "--cluster names the column of groups, " + question.cluster +
                " (each of which is fitted for itself). Name another one, or leave --group out.");
  }
  if (settled && !replicate) replicate = "";
  if (!replicate || !replicate->empty())
    replicate = find_column(table, replicate.value_or(""), {"replicate", "seed"});
}

}  // namespace

void name_columns(ReadRows& read, const CsvTable& table) {
  FitQuestion& question = read.question;
  const bool group_was_named = question.group.has_value();
  require_error_or_wide(table, question);
  const ErrorColumn errors = find_errors(table, {question.error, question.accuracy, question.percent});
  question.error = errors.name;
  question.percent = errors.percent;
  if (!errors.note.empty()) read.notes.push_back(errors.note);
  if (question.two_causes) {  // models of all sizes make one law, over parameters and data
    name_two_causes(question, table);
  } else {
    if (!question.data || !question.data->empty())
      question.data = find_data(table, question.data.value_or(""));
    if (!question.compute || !question.compute->empty())
      question.compute = find_computing(table, question.compute.value_or(""));
    name_groups(read, table);
  }
  name_units(read, table);
  if (!group_was_named) tell_unused_groups(read, table);
  require(!question.data->empty() || !question.compute->empty(),
          table.file + " has no column of data or computing under a usual name (it holds " +
              joined(table.header) + "). Name one with --data or --compute.");
}

}  // namespace quartic::detail
