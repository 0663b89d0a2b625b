#pragma once
/// The operations on triangles in strips (triangle.hpp), one set a kind of processor.
///
/// Every entry of a result is the sum of the textbook's formula in the textbook's order,
///     A_ij + sum_k x_ik x_jk   and   L_ij = (A_ij - sum_{k < j} L_ik L_jk) / L_jj,
/// k ascending, one fused multiply-add a term where the processor has them. Blocks decide only when a term is
/// added, never in which order: the bits of an entry depend on rows i and j alone, not on the order of the
/// matrix. Eight rows by eight (or four, or two) columns are summed in registers, 128 terms at a time, which
/// go through the first and second cache as two operands of one layout: a strip of rows serves as columns
/// too.
#include <span>

#include "core/types.hpp"

namespace quartic::detail {

inline constexpr Index strip_rows = 8;
constexpr Index count_strips(Index rows) {
  return (rows + strip_rows - 1) / strip_rows;
}
/// Numbers before strip r of a triangle: strip q has 8 rows and 8 (q + 1) columns.
constexpr Index strip_offset(Index r) {
  return strip_rows * strip_rows * (r * (r + 1) / 2);
}

/// Terms of X X' that are added at a time.
inline constexpr Index slab_columns = 128;

struct TriangleKernels {
  /// A += X X' for X of `columns` columns in strips: entry (8r + t, k) at 8 (columns r + k) + t. As many
  /// strips as the triangle has.
  void (*add_products)(std::span<double> triangle, const double* strips, Index columns);
  /// A <- L. Returns the first column whose pivot is not above its entry of `smallest_pivots` (the leading
  /// block up to it stands factored), or smallest_pivots.size(), the order of A.
  Index (*factor)(double* triangle, std::span<const double> smallest_pivots);
  /// b <- (L L')^-1 b with the leading block of order b.size().
  void (*solve)(const double* triangle, std::span<double> b);
};

/// Those this processor can run, the fastest first.
std::span<const TriangleKernels> triangle_kernels();

}  // namespace quartic::detail
