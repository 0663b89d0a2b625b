#pragma once
/// Claims, warnings and the verdict of a study of a table.
#include "experiments/tables/analysis.hpp"

namespace quartic::detail {

/// The interval of the exponent by this line above this floor.
TableExponent exponent_at(const TableStudy& study, const TableResult& result, Regression kind, double floor);

/// Findings of the claims; exponents and profile of the result are complete.
std::vector<TableFinding> table_findings(const TableStudy& study, const TableResult& result);
std::vector<TableWarning> table_warnings(const TableResult& result);
/// Findings and warnings of the result are complete.
std::string table_verdict(const TableResult& result);

}  // namespace quartic::detail
