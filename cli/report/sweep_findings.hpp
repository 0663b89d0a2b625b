#pragma once
/// Findings of a sweep: a claim, and one line a cell.
#include <string>
#include <vector>

#include "cli/report/report.hpp"

namespace quartic {

/// The settings of the cell that concern the arms of the claim: those of the world, and their own.
CellSettings settings_of_claim(const Finding& finding);
/// The findings of each claim. Cells that differ in nothing that concerns it have the same one, told once.
std::vector<std::vector<const Finding*>> findings_by_claim(const ReportInput& input);

/// The claim, a table with a line for each of these findings, and what is to be said of some of them,
/// gathered.
std::string sweep_findings_text(const Study& study, const std::vector<const Finding*>& findings,
                                const Console& console);

/// "data exponent of lasso*, from mean errors".
std::string quantity_text(const Study& study, const Claim& claim);
/// "1,998", or "never" of a crossing that does not come.
std::string estimate_text(const Finding& finding);
/// "[1,989, 2,008]", or "up to 6.50e6".
std::string range_text(const Finding& finding);
/// "expected 2 +- 0.3", "expected never", "expected at least 4, with a margin of 0.3".
std::string expectation_text(const Claim& claim);

}  // namespace quartic
