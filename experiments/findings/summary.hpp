#pragma once
/// summary.csv: averages over the replicates.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/results/cube.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

/// Averages over the replicates of one arm at one size; NaN is what nobody measured. Errors are normalised errors.
struct SummaryRow {
  Index cell = 0;  ///< the id that the study gives it
  std::string arm;
  Index n = 0;
  double replicates = 0;  ///< that the averages are over
  double mean_error = nan, mean_error_se = nan, geometric_mean_error = nan, theory_error = nan;
  double fit_flops = nan, tuning_flops = nan, total_flops = nan;
  std::string marks;  ///< list_marks()
  Index failed = 0,
        unconverged = 0;  ///< fits without a result, and such as ended neither converged nor failed
};

/// The rows of the cell that stands at `position`, in study order; sizes that the study leaves out have none.
std::vector<SummaryRow> summarise(const Study& study, const Cube& cube, Index position);

/// Header and one line a cell, arm and size, in study order: cell, arm, n, a column for each setting of a sweep,
/// replicates, mean_error, mean_error_se, geometric_mean_error, theory_error, fit_flops, tuning_flops, total_flops
/// (total_flops.hpp), marks, failed, unconverged, as in SummaryRow; what nobody measured is an empty field. Handed over
/// in pieces, a cell at a time: of many cells it is much text.
void write_summary_csv(const Study& study, const Cube& cube,
                       const std::function<void(std::string_view)>& write);

}  // namespace quartic
