#pragma once
/// Errors over sizes that no law follows: those that rise and fall, or do not fall.
#include <string>

#include "laws/curves/power_law.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// Of averages whose weights are inverse variances of their logarithms: "The error rises from n = 100 to n = 200
/// and falls beyond: ..." where one surely rises from one size to another, and is surely as low again elsewhere:
/// by a quarter, and four standard errors; else "".
std::string find_bend(const LawPoints& averages);

/// The same of rows that stand for themselves, whose sizes are told under this name: of all cuts into smaller
/// sizes and larger ones (three rows and a tenth of them at least) that of least squares about two lines through
/// logarithms. One line surely rises, the other surely falls: by a quarter, and at 0.2 % by Student's t with
/// the scatter of all rows and n - 5 degrees of freedom, one of them for the cut. Of planted power laws at most 1 %
/// are said to bend (5 to 30 rows, spread .05 to .5, slopes 0 to 1). O(n log n).
std::string find_bend_of_rows(const LawPoints& rows, const std::string& name);

/// What must be said of an exponent by one law, where its slope may be 0, surely is not above it, or is not
/// known; else "".
std::string plateau_note(const Interval& exponent);

}  // namespace quartic
