#pragma once
/// summary.csv: averages over the replicates.
#include <functional>
#include <string_view>

#include "experiments/results/cube.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

/// Header and one line a cell, arm and size, in study order: cell, arm, n, a column for each setting of a
/// sweep, replicates, mean_error, mean_error_se, geometric_mean_error, theory_error, fit_flops, tuning_flops,
/// marks, failed, unconverged. Errors are normalised errors, `replicates` how many the averages are over;
/// theory and flops are means over replicates too. `failed` counts fits without a result, and `unconverged`
/// those that ended neither converged nor failed. What nobody measured is an empty field. Handed over in
/// pieces, a cell at a time: of many cells it is much text.
void write_summary_csv(const Study& study, const Cube& cube,
                       const std::function<void(std::string_view)>& write);

}  // namespace quartic
