#pragma once
/// Which of many runs are the best.
#include "experiments/tables/fit_rows.hpp"

namespace quartic::detail {

/// Of the rows of one size (of data and of models; of computing where there is no data) and one replicate the
/// one of least error, in the order of the rows; the first of equals.
std::vector<Index> best_of_sizes(const FitRows& rows);

/// Rows with a lower error than every row that costs no more; cost is computing, or the size where there is
/// none. Within each replicate. In the order of the rows.
std::vector<Index> lower_envelope(const FitRows& rows);

}  // namespace quartic::detail
