#pragma once
/// What a table of published systems says, and what it leaves open.
#include <string>
#include <vector>

#include "experiments/platform/csv.hpp"
#include "experiments/tables/projections.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

/// The exponent of computing by one line, at one floor; NaN where there is none.
struct TableExponent {
  Regression regression;
  double floor = 0;
  StraightLine line;  ///< log10 1/(error - floor) on log10 flops
  Interval value;     ///< bootstrap-t over rows (laws/statistics/row_interval.hpp)
  double r_squared = nan;
};

struct TableFinding {
  TableClaim claim;
  Interval measured;  ///< of "any": the hull of the intervals of forward and reverse over the floors
  Judgement judgement;
};

/// The two systems that the study compares; NaN where the table does not know their machines.
struct Comparison {
  std::string from, to;
  Growth growth;
  double improvement;  ///< error of the first over error of the second
};

/// duplicates: rows of equal computing and error are hardly independent. leverage: one row moves the forward
/// exponent by more than a quarter. confluence: forward and reverse differ by more than a quarter of their
/// mean. floor: the floors tried move the forward exponent by more than a quarter.
struct TableWarning {
  enum class Kind { duplicates, leverage, confluence, floor };
  Kind kind;
  std::string text;
};
std::string_view to_string(TableWarning::Kind kind);

struct TableResult {
  std::vector<std::string> labels;
  Vector flops, errors;
  std::vector<TableExponent> exponents;      ///< each line without a floor
  std::vector<TableExponent> profile;        ///< forward and reverse in turn, over the study's floors
  std::vector<ProjectionTable> projections;  ///< power, exponential
  std::vector<Comparison> comparisons;       ///< one or none
  std::vector<TableFinding> findings;
  std::vector<TableWarning> warnings;
  std::string verdict;  ///< what all of it comes to, in a few sentences
};

/// Deterministic: line and floor have streams of their own below the seed. Throws InvalidInput for a table
/// without the columns, with fewer than five usable rows, or for a floor at or above the least error.
TableResult analyse(const TableStudy& study, const CsvTable& table, const std::vector<Machine>& machines);

/// The text of findings.json: schema_version, study, findings (as of a simulated study, with regression and
/// floor), exponents, floor_profile, comparison, projections, warnings, verdict. NaN and infinity are null.
std::string findings_json(const TableStudy& study, const TableResult& result);

/// label, flops, error: one line a row of the table that was used.
std::string points_csv(const TableResult& result);

}  // namespace quartic
