#pragma once
/// Columns as somebody reads them who reads badly: with noise, with gaps, or only high or low.
#include <vector>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// In place of x_ij stands
///     x~_ij = 0                                      with probability `missing`: lost, taken for the mean
///             g(x_ij) + noise sd_j z_ij, z ~ N(0,1)  otherwise,
/// with g(x) = sign(x) sd_j for a thresholded column and x for the others; columns have mean 0.
struct ColumnReading {
  std::vector<Index> columns = {};     ///< those that are read, ascending
  double noise = 0;                    ///< over the column's standard deviation
  double missing = 0;                  ///< probability
  std::vector<bool> thresholded = {};  ///< one a column; empty: none is
  Vector deviations = Vector();        ///< sd_j, one a column; empty where the world does not say

  bool is_plain() const { return noise == 0 && missing == 0 && thresholded.empty(); }
};

/// x~ of x, which holds these rows at reading.columns. Row i draws from children of `readings` alone: column
/// j's normal of child("noise").child(i), and its uniform of child("missing").child(i), each at position j, so
/// that a reading depends on nothing but row and column, and a larger share of missing ones holds the smaller.
/// Precondition: deviations are there unless there is neither noise nor a threshold.
Matrix read_rows(const ColumnReading& reading, Matrix x, Range rows, const Stream& readings);

/// Var(b'x~ | x) = sum over j of b_j^2 sd_j^2 (1 - missing) (missing + noise^2), averaged over x: what readings
/// without thresholds add to the risk of the rule b, whose other part is the risk of (1 - missing) b on x
/// itself. Precondition: deviations are there.
double variance_of_reading(const ColumnReading& reading, const Vector& b);

}  // namespace quartic
