#pragma once
/// Intervals by leaving replicates out.
#include <functional>

#include "core/types.hpp"
#include "laws/statistics/average.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// Blocks of replicates to leave out: one each up to 1000 replicates, else 200. Replicate r lies in block r
/// mod blocks, so that every block holds like shares of arms that have different numbers of replicates.
Index jackknife_blocks(Index replicates);

/// What some replicates say of each column (a size).
struct Averages {
  Average kind = Average::mean;
  Vector values;  ///< NaN where no replicate is left
  Vector
      variances;  ///< of the logarithms over replicates; where a value has none, log(1 + (s/m)^2), as if the
                  ///< values were log-normal with this mean and deviation. NaN where it is unknown
  Vector counts;  ///< finite values
};

/// Averages over replicates of each column (a size), with and without each block.
struct Resampled {
  Average kind = Average::mean;
  Matrix averages, variances, counts;  ///< (blocks + 1) x columns: row 0 over all replicates, row b + 1
                                       ///< without block b
  Index degrees = 0;                   ///< degrees of freedom: the least count (at most blocks) - 1

  Averages at(Index row) const;
};

struct ResampleOptions {
  Average average = Average::mean;
  Index blocks = 1;  ///< of the union of the replicates of all that is compared
};

/// values: replicates x columns; NaN = missing, dropped where it stands. Geometric means of values that are
/// not positive are NaN. O(values + blocks x columns).
Resampled resample(const Matrix& values, const ResampleOptions& options);
/// Of all replicates.
Averages average_columns(const Matrix& values, Average average);

/// A statistic of row k of some Resampled: k = 0 all replicates, k = b + 1 without block b.
using Statistic = std::function<double(Index row)>;

struct JackknifeOptions {
  Index blocks = 1;
  Index degrees = 0;
  double confidence = 0.95;
};

/// estimate = statistic(0); ends at +- t_{degrees, (1+confidence)/2} s with
///   s^2 = (G-1)/G sum_b (theta_(b) - mean theta_(.))^2   over the G blocks.
/// Ends are NaN for fewer than 2 blocks or no degrees of freedom, or where the statistic is NaN without some
/// block. Tukey 1958; Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 11; delete-a-group:
/// Kott 2001.
Interval jackknife(const Statistic& statistic, const JackknifeOptions& options);

}  // namespace quartic
