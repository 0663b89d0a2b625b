#pragma once
/// Slopes between pairs of rows.
#include <vector>

#include "laws/statistics/regression.hpp"

namespace quartic::detail {

/// Rows without a value that is not finite.
Scatter finite_rows(const Scatter& rows);

/// Up to this many rows all pairs are taken, beyond it those of the incomplete method
/// (laws/statistics/regression.hpp).
inline constexpr Index most_rows_of_all_pairs = 2000;

/// The slopes of those pairs whose x differ, of finite rows; unsorted.
std::vector<double> pair_slopes(const Scatter& rows);

/// NaN of nothing.
double median(std::vector<double> values);

/// How many ranks below and above the middle the ends of a theil_sen interval lie, at z normal standard
/// deviations: z sqrt(Var S) / 2, S Kendall's statistic with ties in x (Sen 1968), or z sqrt(slopes) / 2.
double rank_reach(const Scatter& rows, double z);

}  // namespace quartic::detail
