#pragma once
/// Cholesky factors of Gram matrices, and of all their leading blocks at once.
#include "models/linear/gram.hpp"

namespace quartic {

/// A = L L' for a symmetric matrix of which the lower triangle is given. `valid` is the first column whose
/// pivot fell to `smallest_pivot` of the original diagonal or below (collinear up to rounding), or the order
/// of A where none did: the leading blocks up to that order are factored, what lies beyond is not.
struct Cholesky {
  Matrix lower;
  Index valid = 0;

  /// A(n)^-1 b for the leading block of order n = b.size(). 2 n^2 flops. Precondition: n <= valid.
  Vector solve(Vector b) const;
};

/// A pivot at or below this part of the diagonal it started from has lost ten digits: the column counts as
/// collinear.
inline constexpr double kSmallestPivot = 1e-10;

/// Factors one matrix. n (n+1) (2n+1) / 6 flops.
Cholesky cholesky(Matrix lower, double smallest_pivot = kSmallestPivot);

/// Factors the leading block of order n so that the factor of every leading block within is its own leading
/// block, bit for bit: rows enter in blocks of 64 on a fixed grid, the last one padded with the identity.
/// `padded` has zeros in rows n and beyond and a multiple of 64 rows, as row_gram makes it. Stops at the
/// first column that is not valid. n (n+1) (2n+1) / 6 flops.
Cholesky nested_cholesky(Matrix padded, Index n);

}  // namespace quartic
