#pragma once
/// Inner products of all columns of X with a few vectors: one pass over the memory of X.
#include "core/types.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {

/// R X for R (m x n) and X (n x d): m x d; 2 m n d flops. For the few rows of R that a lasso path has, X
/// streams once through strips of 24 columns whose sums stay in registers (AVX-512); elsewhere it is a BLAS
/// product. The bits depend on the shapes, the numbers and the kind of CPU alone.
Matrix correlations(const Matrix& residuals, MatrixView x);

/// out += R X, of a part of the rows and columns.
void add_correlations(Block out, ConstBlock residuals, ConstBlock x);

}  // namespace quartic::detail
