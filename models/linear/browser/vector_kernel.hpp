#pragma once
/// Products of a matrix and a vector on vectors of two numbers (pairs.hpp). x and y in one piece.
#include "models/linear/blas.hpp"

namespace quartic::detail {

/// y += alpha A x: every row of A is four sums of each fourth term, then one. 2 A.rows A.columns flops.
void add_by_rows(double* y, double alpha, const ConstBlock& A, const double* x);
/// y += alpha A' x, by four rows of A at a time. 2 A.rows A.columns flops.
void add_by_columns(double* y, double alpha, const ConstBlock& A, const double* x);

}  // namespace quartic::detail
