#pragma once
/// What the building blocks of the linear models cost, in flops (core/fit.hpp says what counts as one).
///
/// Each formula is the exact count of the obvious algorithm in tests/support/reference/linear.hpp, where a
/// sum starts from zero (n multiplications and n additions for an inner product of length n). Whole numbers
/// below 2^53: exact.
#include "core/types.hpp"

namespace quartic {

/// An inner product, or a matrix times a vector or matrix: rows x inner x columns.
constexpr double product_flops(double rows, double inner, double columns) {
  return 2 * rows * inner * columns;
}
/// One triangle, diagonal included, of a Gram matrix of order p from sums of n products.
constexpr double gram_flops(double n, double p) {
  return n * p * (p + 1);
}
/// L of A = L L', order n: n^3/3 + n^2/2 + n/6.
constexpr double cholesky_flops(double n) {
  return n * (n + 1) * (2 * n + 1) / 6;
}
/// L x = b, order n.
constexpr double triangular_solve_flops(double n) {
  return n * n;
}
/// Euclidean length of n numbers.
constexpr double norm_flops(double n) {
  return 2 * n + 1;
}
/// Means of p columns and of y, their subtraction, and the intercept of the rule at the end (n rows).
constexpr double centring_flops(double n, double p) {
  return (2 * n + 1) * (p + 1) + 2 * p;
}

/// Eigenvalues and eigenvectors of a symmetric matrix of order n: Householder tridiagonalisation with
/// accumulated reflections (8/3 n^3), then implicit QL with two sweeps an eigenvalue over all rows that
/// remain (6 n^3). How many sweeps QL needs depends on the data; two is the usual estimate, and tests hold
/// the count of random matrices, run to convergence, within a quarter of the bill. LAPACK's divide and
/// conquer, which the program runs, needs fewer. Golub & Van Loan, Matrix Computations (2013),
/// algorithms 8.3.1 and 8.3.3
/// ("about 9 n^3").
double eigensystem_flops(Index n);

/// The minimum-norm least squares solution of rank r by Householder QR with column pivoting (norms of the
/// remaining columns computed anew at each step), a second QR of R' where r < p, and triangular solves. Golub
/// & Van Loan (2013), algorithm 5.4.1 and section 5.5.2.
double minimum_norm_flops(Index n, Index p, Index rank);

}  // namespace quartic
