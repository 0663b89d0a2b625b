#pragma once
/// Choosing among laws fitted to a plain table.
#include <cmath>
#include <limits>

#include "core/types.hpp"

namespace quartic {

/// Akaike's criterion, corrected for few points, of a least-squares fit:
///   n log(S/n) + 2 k + 2 k (k + 1)/(n - k - 1),   k = parameters + 1 (the variance)
/// for S the sum of squares over n independent points. Less is better; infinite for n <= k + 1. Points that
/// share replicates are not independent: use laws/curves/selection.hpp there. Hurvich & Tsai 1989.
inline double aicc(double squares, Index points, Index parameters) {
  const auto n = static_cast<double>(points), k = static_cast<double>(parameters) + 1;
  if (!(n > k + 1)) return std::numeric_limits<double>::infinity();
  return n * std::log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1);
}

}  // namespace quartic
