#pragma once
/// The subset of columns of each size with which least squares leaves least, by trying them all.
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

struct BestSet {
  std::vector<Index> columns;  ///< ascending
  double residual_square = 0;
  double flops = 0;  ///< of the search of all sets up to this size
};

/// Subsets of up to `most` of d columns, the empty one too: the sum of d over k. Infinite beyond what a double holds.
double count_subsets(Index d, Index most);
/// The largest `most` with no more subsets than this; at least 1.
Index most_columns(Index d, double subsets);

/// The best sets of 0, 1, ..., `most` columns; of equal ones the first in the order of the dictionary. X: n x d.
///
/// The sets are walked in that order: whoever joins is swept out of the inner products of the columns behind it (Furnival
/// & Wilson 1974, Technometrics 16, without their bounds), so that a set costs three flops beside the sweep for all sets
/// that begin with it; with every subset of d columns that is some 10 2^d in all. A column of which less than 1e-10 of
/// |x_j|^2 is left counts as a combination of those before it, and joins no set. Ends at the largest size of which there
/// is a set; empty where inner products of the data are not finite. Memory: `most` d^2 numbers.
std::vector<BestSet> best_sets(MatrixView x, VectorView y, Index most);

}  // namespace quartic::detail
