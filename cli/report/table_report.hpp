#pragma once
/// The end of a run of a table in words: exponents, floors, comparison, projections, findings, verdict.
#include <string>
#include <vector>

#include "cli/terminal/console.hpp"
#include "experiments/tables/analysis.hpp"

namespace quartic {

struct TableReportInput {
  const TableStudy& study;
  const TableResult& result;
  std::string folder;
  std::vector<std::string> pictures = {};
};

/// The whole report; at most console.width columns, ended by LF.
std::string table_report(const TableReportInput& input, const Console& console);

}  // namespace quartic
