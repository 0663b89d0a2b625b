#pragma once
/// Which column of a table is what a fit reads: errors, sizes, computing, groups, replicates, clusters.
#include "experiments/tables/fit_rows.hpp"

namespace quartic::detail {

/// Writes the names of the columns into the question: those asked for, else the usual ones, "" for what the table
/// does not hold; and into the notes what a reader would not expect. Throws InvalidInput where errors, or both data
/// and computing, are missing, and where one column would be two things.
void name_columns(ReadRows& read, const CsvTable& table);

}  // namespace quartic::detail
