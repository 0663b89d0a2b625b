#include "experiments/tables/analysis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/study/document/document.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/judgement.hpp"
#include "laws/statistics/row_interval.hpp"

namespace quartic {

namespace {

constexpr Index least_rows = 5;

/// Labels, flops and errors of the rows that have both.
TableResult usable_rows(const TableStudy& study, const CsvTable& table) {
  const Vector flops = study.table.unit * read_numbers(table, table.column(study.table.compute));
  const Vector errors = read_numbers(table, table.column(study.table.error));
  TableResult result{.flops = flops, .errors = errors};
  Index count = 0;
  for (Index row = 0; row < table.rows(); ++row) {
    if (!(flops[row] > 0 && errors[row] > 0)) continue;
    result.labels.push_back(study.table.label.empty() ? "row " + std::to_string(row + 1)
                                                      : table.at(row, table.column(study.table.label)));
    result.flops[count] = flops[row];
    result.errors[count++] = errors[row];
  }
  require(
      count >= least_rows,
      fmt::format("{} has {} rows with a positive error and computing (a line with an interval takes five). "
                  "Add rows, or name the columns under [table].",
                  table.file, count));
  result.flops.conservativeResize(count);
  result.errors.conservativeResize(count);
  return result;
}

void check_floors(const TableStudy& study, const TableResult& result) {
  const double least = result.errors.minCoeff();
  std::vector<double> floors = study.floors;
  for (const TableClaim& claim : study.claims) floors.push_back(claim.floor.value_or(0));
  for (const double floor : floors)
    require(floor < least, "the floor " + shortest(floor) + " is not below the least error " +
                               shortest(least) + " (no error lies below its floor). Take smaller floors.");
}

/// What the table knows of the machine of this system.
Machine machine_of_row(const CsvTable& table, const TableStudy& study, const std::string& label) {
  const auto number = [&](const char* column, Index row) {
    return table.has(column) ? read_numbers(table, table.column(column))[row] : Machine::not_known;
  };
  require(!study.table.label.empty(),
          "compare names systems (and the table has no column of labels). Name it as table.label.");
  const Index labels = table.column(study.table.label);
  std::vector<std::string> names;
  for (Index row = 0; row < table.rows(); ++row) {
    names.push_back(table.at(row, labels));
    if (names.back() != label) continue;
    return {.name = label,
            .processors = number("processors", row),
            .peak_gflops = number("peak_gflops", row),
            .hours = 24 * number("days", row)};
  }
  throw InvalidInput("there is no system \"" + label + "\" " + detail::choose_among(label, "rows", names));
}

double find_error(const TableResult& result, const std::string& label) {
  const auto found = std::find(result.labels.begin(), result.labels.end(), label);
  return found == result.labels.end() ? Machine::not_known
                                      : result.errors[static_cast<Index>(found - result.labels.begin())];
}

std::vector<Comparison> compared(const TableStudy& study, const CsvTable& table, const TableResult& result) {
  if (study.compare.empty()) return {};
  const std::string &from = study.compare[0], &to = study.compare[1];
  return {{from, to, growth(machine_of_row(table, study, from), machine_of_row(table, study, to)),
           find_error(result, from) / find_error(result, to)}};
}

ProjectionTable projected(const TableStudy& study, const TableResult& result, ProjectionForm form,
                          const Machine& machine) {
  ProjectionTable table{fit_projection(form, result.flops, result.errors), machine, study.confidence, {}};
  for (const double target : study.targets)
    table.projections.push_back(project(table.fit, target, study.confidence));
  return table;
}

}  // namespace

TableExponent detail::exponent_at(const TableStudy& study, const TableResult& result, Regression kind,
                                  double floor) {
  const Scatter rows = log_scatter(result.flops, result.errors, floor);
  const Stream stream = Stream(study.seed).child("table").child(to_string(kind));
  const Interval slope =
      slope_interval(kind, rows, {.resamples = study.resamples, .confidence = study.confidence},
                     stream.child(shortest(floor)));
  return {kind, floor, regress(kind, rows), exponent_of_slope(slope), least_squares_line(rows).r_squared};
}

TableResult analyse(const TableStudy& study, const CsvTable& table, const std::vector<Machine>& machines) {
  TableResult result = usable_rows(study, table);
  check_floors(study, result);
  for (const Regression kind : regressions)
    result.exponents.push_back(detail::exponent_at(study, result, kind, 0));
  for (const double floor : study.floors)
    for (const Regression kind : {Regression::forward, Regression::reverse})
      result.profile.push_back(detail::exponent_at(study, result, kind, floor));
  const Machine& machine = machine_named(machines, study.hardware);
  for (const ProjectionForm form : {ProjectionForm::power, ProjectionForm::exponential})
    result.projections.push_back(projected(study, result, form, machine));
  result.comparisons = compared(study, table, result);
  result.findings = detail::table_findings(study, result);
  result.warnings = detail::table_warnings(result);
  result.verdict = detail::table_verdict(result);
  return result;
}

}  // namespace quartic
