#pragma once
/// Triangular systems of many right sides at once, and Cholesky factors, on products (product_kernel.hpp).
#include "models/linear/blas.hpp"

namespace quartic::detail {

/// Numbers of a matrix: entry (i, j) at data + i * row_step + j * column_step. One of both steps is 1.
template <class Number>
struct Steps {
  Number* data;
  Index rows, columns, row_step, column_step;
  Number* at(Index i, Index j) const { return data + i * row_step + j * column_step; }
};

/// B <- B L^-T for lower triangular L: every row x of B <- L^-1 x, by blocks of 64 columns, each of which is
/// subtracted from those behind it once it is solved.
void solve_rows(const Steps<const double>& L, const Steps<double>& B);

/// The lower triangle of A <- its Cholesky factor, by blocks of 64 columns. Returns the first column whose
/// pivot is not positive, or A.rows.
Index factor_by_blocks(Block A);

}  // namespace quartic::detail
