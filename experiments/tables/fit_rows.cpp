#include "experiments/tables/fit_rows.hpp"

#include <cmath>
#include <initializer_list>
#include <unordered_map>

#include "core/options.hpp"
#include "core/require.hpp"
#include "core/words.hpp"

namespace quartic::detail {

namespace {

/// The column asked for, which must be there, or the first of the usual ones that is; else "".
std::string found(const CsvTable& table, const std::string& asked, std::initializer_list<const char*> usual) {
  if (!asked.empty()) return table.header[static_cast<std::size_t>(table.column(asked))];
  for (const char* name : usual)
    if (table.has(name)) return name;
  return "";
}

bool is_records(const CsvTable& table) {
  return table.has("status") && table.has("fit_flops") && table.has("tuning_flops");
}

void name_columns(const CsvTable& table, FitQuestion& question) {
  const auto column = [&](std::string& name, std::initializer_list<const char*> usual) {
    name = found(table, name, usual);
  };
  if (question.accuracy)
    column(question.error, {"accuracy", "acc"});
  else
    column(question.error, {"error", "normalised_error", "mean_error", "test_error", "loss"});
  require(!question.error.empty(),
          table.file + " has no column of " + (question.accuracy ? "accuracies" : "errors") +
              " under a usual name (it holds " + joined(table.header) + "). Name it with --error.");
  column(question.data, {"n", "data", "samples", "examples"});
  column(question.parameters, {});
  if (question.parameters.empty()) {
    column(question.compute, {"compute", "flops", "fit_flops"});
    column(question.group, {"group", "arm", "model"});
  } else {  // models of all sizes make one law, over parameters and data
    require(question.compute.empty(),
            "a law over parameters and data takes no computing. Leave --compute out.");
    require(question.parameters != question.data && question.parameters != question.error,
            table.file + ": the column " + question.parameters +
                " cannot be two things. Name one of the models' sizes with --parameters.");
    column(question.group, {});
  }
  column(question.replicate, {"replicate", "seed"});
  require(!question.data.empty() || !question.compute.empty(),
          table.file + " has no column of data or computing under a usual name (it holds " +
              joined(table.header) + "). Name one with --data or --compute.");
}

/// Numbers of every column that is used.
struct Numbers {
  Vector errors, data, compute, parameters;
};

Numbers numbers_in(const CsvTable& table, const FitQuestion& question) {
  const auto column = [&](const std::string& name) {
    return name.empty() ? Vector() : read_numbers(table, table.column(name));
  };
  Numbers numbers{column(question.error), column(question.data), column(question.compute),
                  column(question.parameters)};
  if (question.accuracy) numbers.errors = 1 - numbers.errors.array();
  if (is_records(table) && question.compute == "fit_flops") numbers.compute += column("tuning_flops");
  return numbers;
}

void require_sound(const CsvTable& table, const FitQuestion& question, const Numbers& numbers, Index row) {
  const double error = numbers.errors[row];
  require(std::isfinite(error),
          render_place(table, row) +
              "the error is infinite (an error is a number). Correct it, or leave it empty.");
  require(error >= 0, render_place(table, row) + "the error " + shortest(error) + " is below 0 (" +
                          (question.accuracy ? "the accuracy is above 1; percentages need a percent sign"
                                             : "errors are not; accuracies need --accuracy") +
                          "). Correct it, or leave it empty.");
  for (const auto& [name, sizes] : {std::pair{question.data, &numbers.data},
                                    {question.compute, &numbers.compute},
                                    {question.parameters, &numbers.parameters}})
    if (sizes->size() > 0)
      require(
          (*sizes)[row] > 0 && std::isfinite((*sizes)[row]),
          render_place(table, row) + name + " is " + shortest((*sizes)[row]) +
              " (its logarithm is taken: it must be positive and finite). Correct it, or leave it empty.");
}

/// "lasso", and of cell 3 of a sweep "3, lasso".
class GroupNames {
 public:
  GroupNames(const CsvTable& table, const FitQuestion& question)
      : table_(table),
        group_(question.group.empty() ? -1 : table.column(question.group)),
        cell_(is_records(table) && table.has("cell") ? table.column("cell") : -1) {}

  std::string of(Index row) const {
    if (group_ < 0) return "";
    const std::string& name = table_.at(row, group_);
    if (cell_ < 0 || table_.at(row, cell_) == "0") return name;
    return table_.at(row, cell_) + ", " + name;
  }

 private:
  const CsvTable& table_;
  Index group_, cell_;
};

}  // namespace

std::string render_place(const CsvTable& table, Index row) {
  return table.file + ":" + std::to_string(table.lines[static_cast<std::size_t>(row)]) + ": ";
}

ReadRows read_rows(const CsvTable& table, FitQuestion question) {
  name_columns(table, question);
  const Numbers numbers = numbers_in(table, question);
  const Index status = is_records(table) ? table.column("status") : -1;
  const Index replicate = question.replicate.empty() ? -1 : table.column(question.replicate);
  const GroupNames names(table, question);
  ReadRows read{question, {}, 0};
  std::unordered_map<std::string, std::size_t> places;
  for (Index row = 0; row < table.rows(); ++row) {
    const auto [place, fresh] = places.try_emplace(names.of(row), read.groups.size());
    if (fresh) read.groups.push_back({.group = place->first});
    FitRows& group = read.groups[place->second];
    if (status >= 0 && table.at(row, status) != "converged") {
      ++group.excluded;
      continue;
    }
    const auto missing = [&](const Vector& values) { return values.size() > 0 && std::isnan(values[row]); };
    if (missing(numbers.errors) || missing(numbers.data) || missing(numbers.compute) ||
        missing(numbers.parameters)) {
      ++read.left_out;
      continue;
    }
    require_sound(table, question, numbers, row);
    const double size = numbers.data.size() > 0 ? numbers.data[row] : numbers.compute[row];
    if (size < question.from || size > question.to) continue;
    group.places.push_back(row);
    if (replicate >= 0) group.replicates.push_back(table.at(row, replicate));
  }
  for (FitRows& group : read.groups) {
    const auto pick = [&](const Vector& values) {
      return values.size() > 0 ? Vector(values(group.places)) : Vector();
    };
    group.errors = pick(numbers.errors);
    group.data = pick(numbers.data);
    group.compute = pick(numbers.compute);
    group.parameters = pick(numbers.parameters);
  }
  return read;
}

}  // namespace quartic::detail
