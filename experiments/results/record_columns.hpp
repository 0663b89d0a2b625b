#pragma once
/// The columns of a record in one table. From it come records.csv, classes.csv and timings.csv, the measures of
/// the cube, the rows and checksums of the store, records.jsonl, and what `verify` and `replay` compare. A new
/// column changes the store: it is there since a version of its own (store/rows.hpp).
///
///     for_each_column(record, [&](const auto& column, const auto& value) { print(column.name, value); });
#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "experiments/results/cube.hpp"
#include "experiments/results/record.hpp"

namespace quartic {

/// Which file of a run has a column as text. `none`: the store has it, and the cube where it is a measure.
/// Columns of `classes` are numbers that worlds of classes alone have; stores without them lack the columns.
enum class InFile { records, classes, timings, history, none };

/// Versions of the store that brought columns; each has those of the versions before it.
inline constexpr Index first_store = 1, store_with_classes = 2, store_with_bills = 3;

/// T is the kind: FitStatus, Index (a count), double, std::string or the points of a history.
template <class T, class Part>
struct RecordColumn {
  using Type = T;
  std::string_view name;
  T Part::*member;  ///< of the record, its report, or the bill of the report
  InFile file = InFile::records;
  std::optional<Measure> measure = {};  ///< its place in the cube
  Index since = first_store;            ///< the version of stores from which on they have it

  template <class R>
  auto& in(R& record) const {
    if constexpr (std::same_as<Part, Record>)
      return record.*member;
    else if constexpr (std::same_as<Part, FitReport>)
      return record.report.*member;
    else
      return record.report.cost.*member;
  }
};
template <class T, class Part, class... Rest>
RecordColumn(std::string_view, T Part::*, Rest...) -> RecordColumn<T, Part>;

/// In the order of records.csv, and of a row of the store, where those of later versions come last.
inline constexpr std::tuple record_columns = {
    RecordColumn{"status", &FitReport::status, InFile::records, Measure::status},
    RecordColumn{"excess_risk", &Record::excess_risk, InFile::records, Measure::excess_risk},
    RecordColumn{"normalised_error", &Record::normalised_error, InFile::records, Measure::normalised_error},
    RecordColumn{"error_se", &Record::error_se, InFile::records, Measure::error_se},
    RecordColumn{"parameters", &FitReport::parameters, InFile::records, Measure::parameters},
    RecordColumn{"iterations", &FitReport::iterations, InFile::records, Measure::iterations},
    RecordColumn{"certificate", &FitReport::certificate, InFile::records, Measure::certificate},
    RecordColumn{"fit_flops", &Cost::fit_flops, InFile::records, Measure::fit_flops},
    RecordColumn{"tuning_flops", &Cost::tuning_flops, InFile::records, Measure::tuning_flops},
    RecordColumn{"message", &FitReport::message},
    RecordColumn{"pretraining_flops", &Cost::pretraining_flops, InFile::records, Measure::pretraining_flops,
                 store_with_bills},
    RecordColumn{"inference_flops", &Record::inference_flops, InFile::records, Measure::inference_flops,
                 store_with_bills},
    RecordColumn{"theory", &Record::theory, InFile::none, Measure::theory},
    RecordColumn{"cpu_seconds", &Cost::cpu_seconds, InFile::timings},
    RecordColumn{"history", &FitReport::history, InFile::history},
    RecordColumn{"auc", &Record::auc, InFile::classes, std::nullopt, store_with_classes},
    RecordColumn{"log_loss", &Record::log_loss, InFile::classes, std::nullopt, store_with_classes},
    RecordColumn{"brier", &Record::brier, InFile::classes, std::nullopt, store_with_classes}};

/// Calls visit(column, value) for each column; the value may be changed where the record may.
template <class R, class Visit>
void for_each_column(R& record, Visit&& visit) {
  std::apply([&](const auto&... column) { (visit(column, column.in(record)), ...); }, record_columns);
}

/// The same for columns of one kind.
template <class T, class R, class Visit>
void for_each_column_of(R& record, Visit&& visit) {
  for_each_column(record, [&](const auto& column, auto& value) {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(value)>, T>) visit(column, value);
  });
}

/// The same for the columns that this version of the store brought; those of later ones than the first are numbers.
template <class R, class Visit>
void for_each_column_since(Index version, R& record, Visit&& visit) {
  for_each_column(record, [&](const auto& column, auto& value) {
    if (column.since == version) visit(column, value);
  });
}
/// How many they are, and whether a record has a number in one of them.
constexpr std::size_t count_columns_since(Index version) {
  return std::apply([&](const auto&... column) { return (std::size_t{column.since == version} + ...); },
                    record_columns);
}
inline bool has_numbers_since(Index version, const Record& record) {
  bool any = false;
  for_each_column_of<double>(record, [&](const auto& column, double value) {
    any |= column.since == version && !std::isnan(value);
  });
  return any;
}

/// The same for the columns of classes, and for all others.
template <class R, class Visit>
void for_each_class_column(R& record, Visit&& visit) {
  for_each_column_of<double>(record, [&](const auto& column, auto& value) {
    if (column.file == InFile::classes) visit(column, value);
  });
}
template <class R, class Visit>
void for_each_other_column(R& record, Visit&& visit) {
  for_each_column(record, [&](const auto& column, auto& value) {
    if (column.file != InFile::classes) visit(column, value);
  });
}
inline constexpr std::size_t class_column_count = count_columns_since(store_with_classes);
inline bool has_class_measures(const Record& record) {
  return has_numbers_since(store_with_classes, record);
}

/// Names of the measures of a cube, in their order.
inline constexpr std::array<std::string_view, measure_count> measure_names = [] {
  std::array<std::string_view, measure_count> names;
  std::apply(
      [&](const auto&... column) {
        ((column.measure ? void(names.at(static_cast<std::size_t>(*column.measure)) = column.name) : void()),
         ...);
      },
      record_columns);
  return names;
}();
static_assert(std::find(measure_names.begin(), measure_names.end(), "") == measure_names.end(),
              "each measure is a column");

}  // namespace quartic
