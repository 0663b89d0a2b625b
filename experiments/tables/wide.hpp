#pragma once
/// Tables of one column a size: their columns are named 100, 200, 400.
#include <vector>

#include "experiments/platform/csv.hpp"

namespace quartic::detail {

/// The columns named by a positive number, "n=100" and R's "X100" among them.
std::vector<Index> size_columns(const CsvTable& table);

/// One row for each row and size: the other columns, then "n", "error" (whatever the field holds) and "row",
/// which numbers the rows of the wide table. Throws InvalidInput for fewer than two columns of sizes.
CsvTable lengthen(const CsvTable& wide);

}  // namespace quartic::detail
