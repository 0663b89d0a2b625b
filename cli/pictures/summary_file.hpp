#pragma once
/// summary.csv read back: the averages of a run, one row a cell, arm and size.
#include <limits>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// Errors are normalised errors; NaN where the file has an empty field.
struct SummaryRow {
  static constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();
  Index cell = 0;
  std::string arm;
  Index n = 0;
  Index replicates = 0;
  double mean_error = not_measured, mean_error_se = not_measured;
  double geometric_mean_error = not_measured;
  double theory_error = not_measured;
  double fit_flops = not_measured, tuning_flops = not_measured;
  std::string marks = "";             ///< "informed", "unattainable", or empty
  double total_flops = not_measured;  ///< with all uses; older files lack it
};

/// Rows in the order of the file. Columns are found by name, so that a later version may add some.
/// Throws InvalidInput where the folder has no summary.csv, or one that is not quartic's.
std::vector<SummaryRow> read_summary(const std::string& folder);

}  // namespace quartic
