#include "experiments/tables/fit_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/options.hpp"
#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/tables/best_rows.hpp"
#include "experiments/tables/columns.hpp"
#include "experiments/tables/curve_names.hpp"
#include "experiments/tables/roles.hpp"

namespace quartic::detail {

namespace {

/// Of quartic's own records: whether the search for a fit is computing too.
enum class TuningFlops { added, left_out };

bool is_records(const CsvTable& table) {
  return table.has("status") && table.has("fit_flops") && table.has("tuning_flops");
}

/// Numbers of every column that is used, and rows that hold something else.
struct Numbers {
  Vector errors, data, compute, parameters;
  std::map<Index, std::string> problems = {};
};

Numbers numbers_in(const CsvTable& table, const ReadRows& read, TuningFlops tuning) {
  const FitQuestion& question = read.question;
  Numbers numbers;
  const auto column = [&](const std::string& name) {
    if (name.empty()) return Vector();
    NumberColumn one = try_numbers(table, table.column(name));
    numbers.problems.merge(one.problems);
    return one.numbers;
  };
  numbers.errors = errors_from(column(question.error), {question.error, question.accuracy, question.percent});
  numbers.data = column(*question.data);
  numbers.compute = column(*question.compute);
  numbers.parameters = column(question.parameters);
  if (question.two_causes && question.data->empty())
    numbers.data = unit_in_name(*question.compute) / 6 * numbers.compute.cwiseQuotient(numbers.parameters);
  if (tuning == TuningFlops::added) numbers.compute += column("tuning_flops");
  return numbers;
}

/// Why no fit can use this row; "" where it can.
std::string find_fault(const CsvTable& table, const FitQuestion& question, const Numbers& numbers,
                       Index row) {
  const double error = numbers.errors[row];
  if (!std::isfinite(error))
    return render_place(table, row) +
           "the error is infinite (an error is a number). Correct it, or leave it empty.";
  if (error < 0)
    return render_place(table, row) + "the error " + shortest(error) + " is below 0 (" +
           (question.accuracy ? "the accuracy is above 1; percentages need a percent sign, or --percent"
                              : "errors are not; accuracies need --accuracy") +
           "). Correct it, or leave it empty.";
  for (const auto& [name, sizes] : {std::pair{*question.data, &numbers.data},
                                    {*question.compute, &numbers.compute},
                                    {question.parameters, &numbers.parameters}})
    if (sizes->size() > 0 && !std::isnan((*sizes)[row]) &&
        !((*sizes)[row] > 0 && std::isfinite((*sizes)[row])))
      return render_place(table, row) + name + " is " + shortest((*sizes)[row]) +
             " (its logarithm is taken: it must be positive and finite). Correct it, or leave it empty.";
  return "";
}

/// With blanks in the place of line breaks.
std::string on_one_line(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return name;
}

/// Whether groups can be read over their sizes where no row says its computing.
bool may_lack_computing(const FitQuestion& question, const Numbers& numbers) {
  return numbers.data.size() > 0 && numbers.compute.size() > 0 && !question.two_causes &&
         question.best != Best::envelope;
}

/// Places and replicates of the usable rows, group by group.
void gather_rows(ReadRows& read, const CsvTable& table, const Numbers& numbers) {
  const FitQuestion& question = read.question;
  const Index status = read.is_records ? table.column("status") : -1;
  const Index replicate = question.replicate->empty() ? -1 : table.column(*question.replicate);
  const Index cluster = question.cluster.empty() ? -1 : table.column(question.cluster);
  const CurveNames names(table, *question.group, read.is_records);
  std::vector<std::vector<Index>> uncosted;  // of each group: rows that lack their computing alone
  std::unordered_map<std::string, std::size_t> places;
  const auto take_row = [&](Index row, FitRows& group) {
    if (group.problem.empty()) group.problem = find_fault(table, question, numbers, row);
    group.places.push_back(row);
    if (replicate >= 0) group.replicates.push_back(table.at(row, replicate));
    if (cluster >= 0) group.clusters.push_back(table.at(row, cluster));
  };
  for (Index row = 0; row < table.rows(); ++row) {
    const auto [place, fresh] = places.try_emplace(names.of(row), read.groups.size());
    if (fresh) {
      read.groups.push_back(
          {.group = on_one_line(place->first), .settings = names.settings(row), .cell = names.cell(row)});
      uncosted.emplace_back();
    }
    FitRows& group = read.groups[place->second];
    if (group.cell != names.cell(row)) continue;
    const double size = numbers.data.size() > 0 ? numbers.data[row] : numbers.compute[row];
    if (size < question.from || size > question.to) continue;
    if (status >= 0 && table.at(row, status) != "converged") {
      if (numbers.data.size() > 0 && !std::isnan(size)) ++group.lost[size];
      ++group.excluded;
      continue;
    }
    if (const auto problem = numbers.problems.find(row); problem != numbers.problems.end()) {
      if (group.problem.empty()) group.problem = problem->second;
      continue;
    }
    const auto missing = [&](const Vector& values) { return values.size() > 0 && std::isnan(values[row]); };
    if (missing(numbers.errors) || missing(numbers.data) || missing(numbers.parameters) ||
        (cluster >= 0 && is_missing(table.at(row, cluster)))) {
      ++read.left_out;
      continue;
    }
    if (missing(numbers.compute))
      uncosted[place->second].push_back(row);
    else
      take_row(row, group);
  }
  for (std::size_t k = 0; k < uncosted.size(); ++k) {
    FitRows& group = read.groups[k];
    group.costed = !group.places.empty() || !group.problem.empty() || uncosted[k].empty() ||
                   !may_lack_computing(question, numbers);
    if (group.costed) read.left_out += std::ssize(uncosted[k]);
    for (const Index row : uncosted[k])
      if (!group.costed) take_row(row, group);
  }
}

/// What the rows at these places hold.
void fill(FitRows& group, const Numbers& numbers) {
  const auto pick = [&](const Vector& values) {
    return values.size() > 0 ? Vector(values(group.places)) : Vector();
  };
  group.errors = pick(numbers.errors);
  group.data = pick(numbers.data);
  if (group.costed) group.compute = pick(numbers.compute);
  group.parameters = pick(numbers.parameters);
}

template <class Value>
std::vector<Value> picked(const std::vector<Value>& values, const std::vector<Index>& rows) {
  std::vector<Value> some;
  for (const Index row : rows)
    if (!values.empty()) some.push_back(values[static_cast<std::size_t>(row)]);
  return some;
}

void keep_rows(FitRows& rows, const std::vector<Index>& kept, const Numbers& numbers) {
  rows.places = picked(rows.places, kept);
  rows.replicates = picked(rows.replicates, kept);
  rows.clusters = picked(rows.clusters, kept);
  fill(rows, numbers);
}

void add_note(FitRows& rows, const std::string& note) {
  rows.note += (rows.note.empty() ? "" : " ") + note;
}

/// Only those that --best asks for.
void keep_best(FitRows& rows, const ReadRows& read, const Numbers& numbers) {
  const FitQuestion& question = read.question;
  if (question.best == Best::all || rows.places.empty()) return;
  const bool of_size = question.best == Best::size;
  const std::vector<Index> kept = of_size ? best_of_sizes(rows) : lower_envelope(rows);
  const std::string count = std::to_string(kept.size()), all = std::to_string(rows.places.size());
  add_note(rows,
           of_size ? "Of " + all + " rows the best of each size, " + count + ", are read."
                   : "Of " + all + " rows " + count + " are read: below them lies none that costs no more.");
  keep_rows(rows, kept, numbers);
}

std::map<double, Index> count_rows(const Vector& sizes) {
  std::map<double, Index> counts;
  for (const double size : sizes) ++counts[size];
  return counts;
}

/// In the order of the rows, from 1 at every size.
std::vector<std::string> number_by_size(const Vector& sizes) {
  std::map<double, Index> counts;
  std::vector<std::string> numbers;
  for (const double size : sizes) numbers.push_back(std::to_string(++counts[size]));
  return numbers;
}

/// Replicates are curves over the sizes. What numbers no such curves is not used.
void settle_replicates(FitRows& rows, const Vector& sizes, const std::string& name) {
  const std::set<std::string> values(rows.replicates.begin(), rows.replicates.end());
  const std::map<double, Index> counts = count_rows(sizes);
  const bool repeated =
      std::any_of(counts.begin(), counts.end(), [](const auto& count) { return count.second > 1; });
  if (values.size() == 1 || !repeated) {
    add_note(rows, (values.size() == 1 ? "The column " + name + " is " + *values.begin() + " in every row"
                                       : "The column " + name + " never has two rows of one size") +
                       ", and numbers no replicates: rows stand for themselves.");
    rows.replicates.clear();
  } else if (std::ssize(values) == sizes.size()) {
    add_note(rows, "Every row has a " + name + " of its own: the rows of a size are its replicates.");
    rows.replicates = number_by_size(sizes);
  }
}

/// A size that was run once has no scatter, and would cost the others theirs.
void drop_single_sizes(FitRows& rows, const Vector& sizes, const Numbers& numbers) {
  const std::map<double, Index> counts = count_rows(sizes);
  const auto singles =
      std::count_if(counts.begin(), counts.end(), [](const auto& count) { return count.second == 1; });
  constexpr Index least_sizes = 3;
  if (singles == 0 || std::ssize(counts) - singles < least_sizes) return;
  std::vector<Index> several;
  for (Index row = 0; row < sizes.size(); ++row)
    if (counts.at(sizes[row]) > 1) several.push_back(row);
  std::vector<std::string> names;
  for (const auto& [size, count] : counts)
    if (count == 1) names.push_back(shortest(size));
  add_note(rows, std::string(names.size() == 1 ? "The size " : "The sizes ") + joined(names) +
                     (names.size() == 1 ? " was" : " were") +
                     " run once, which shows no scatter, and left out.");
  keep_rows(rows, several, numbers);
}

/// Names the sizes at which no fit converged, or says that there are no others.
void note_lost(FitRows& rows) {
  const bool all = rows.places.empty() && rows.excluded > 0;
  if (all)
    add_note(rows, "None of " + std::to_string(rows.excluded) +
                       " fits converged: there is no law. A lower rate, or more iterations, may help.");
  const std::map<double, Index> left = count_rows(rows.data);
  for (const auto& [size, count] : rows.lost)
    if (!all && !left.contains(size))
      add_note(rows, "At n = " + shortest(size) + " none of " + std::to_string(count) +
                         " fits converged: this size is left out.");
}

void note_uncosted(FitRows& rows, const FitQuestion& question) {
  if (!rows.costed && !rows.places.empty())
    add_note(rows, "No row has " + *question.compute + ": nothing is read of computing.");
}

/// Replicates of every group as curves.
void settle(FitRows& rows, const ReadRows& read, const Numbers& numbers) {
  const auto sizes = [&]() -> const Vector& { return rows.data.size() > 0 ? rows.data : rows.compute; };
  if (rows.places.empty() || rows.replicates.empty() || rows.parameters.size() > 0) return;
  if (!read.is_records) settle_replicates(rows, sizes(), *read.question.replicate);
  if (rows.replicates.empty()) return;
  drop_single_sizes(rows, sizes(), numbers);
  rows.data = sizes();
}

/// By size, then by error: what is read of rows that stand for themselves is the same bits in any order.
void sort_rows(FitRows& rows, const Numbers& numbers) {
  const Vector& sizes = rows.data.size() > 0 ? rows.data : rows.compute;
  std::vector<Index> order(rows.places.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return std::pair(sizes[a], rows.errors[a]) < std::pair(sizes[b], rows.errors[b]);
  });
  keep_rows(rows, order, numbers);
}

}  // namespace

ReadRows read_rows(const CsvTable& table, FitQuestion question) {
  ReadRows read{.question = std::move(question), .is_records = is_records(table)};
  FitQuestion& asked = read.question;
  asked.two_causes = asked.two_causes || !asked.parameters.empty();
  const bool named = asked.compute.has_value();
  name_columns(read, table);
  const bool with_tuning = read.is_records && !named && read.question.compute == "fit_flops";
  const Numbers numbers = numbers_in(table, read, with_tuning ? TuningFlops::added : TuningFlops::left_out);
  if (with_tuning) asked.compute = "fit_flops + tuning_flops";
  if (asked.two_causes && asked.data->empty()) asked.data = *asked.compute + "/(6 " + asked.parameters + ")";
  if (read.question.floor) require_same_unit("--floor", *read.question.floor, table, numbers.errors);
  gather_rows(read, table, numbers);
  bool replicated = read.groups.empty();
  for (FitRows& group : read.groups) {
    fill(group, numbers);
    note_lost(group);
    note_uncosted(group, read.question);
    keep_best(group, read, numbers);
    settle(group, read, numbers);
    if (group.replicates.empty()) sort_rows(group, numbers);
    replicated = replicated || !group.replicates.empty();
  }
  if (!replicated) read.question.replicate = "";
  return read;
}

}  // namespace quartic::detail
