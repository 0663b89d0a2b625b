#pragma once
/// Cholesky factors of Gram matrices, and of all their leading blocks at once.
#include "models/linear/triangle.hpp"

namespace quartic {

/// A = L L'. `valid` is the first column whose pivot fell to `smallest_pivot` of the original diagonal or
/// below (collinear up to rounding), or the order of A where none did: the leading block of that order is
/// factored, what lies beyond is not.
struct Cholesky {
  Triangle lower;
  Index valid = 0;

  /// A(n)^-1 b for the leading block of order n = b.size(). 2 n^2 flops. Precondition: n <= valid.
  Vector solve(Vector b) const;
};

/// A pivot at or below this part of the diagonal it started from has lost ten digits: the column counts as
/// collinear.
inline constexpr double kSmallestPivot = 1e-10;

/// Factors A so that the factor of every leading block is the leading block of the factor, bit for bit: every
/// entry is the sum of the textbook in its order (triangle_kernel.hpp). n (n+1) (2n+1) / 6 flops.
Cholesky cholesky(Triangle lower, double smallest_pivot = kSmallestPivot);

}  // namespace quartic
