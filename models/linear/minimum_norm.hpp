#pragma once
/// The least squares solution of least norm for any rank: the way out where a Gram matrix is singular.
#include "core/data.hpp"

namespace quartic {

struct MinimumNorm {
  Vector coefficients;     ///< p; not finite only where the data are not
  Index rank = 0;          ///< pivots above max(n, p) times the rounding unit of the largest
  double certificate = 0;  ///< |X'(y - Xb)| / (|X|_F |y|), 0 where X or y is zero
};

/// By a complete orthogonal decomposition, after scaling X and y by powers of two, so that neither overflows.
/// minimum_norm_flops.
MinimumNorm minimum_norm(const Data& data);

}  // namespace quartic
