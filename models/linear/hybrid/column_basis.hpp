#pragma once
/// An orthonormal basis of what some columns span.
#include "core/types.hpp"

namespace quartic::detail {

/// U = QR by Gram-Schmidt, each column twice ("twice is enough": Giraud, Langou, Rozloznik & van den Eshof 2005), in
/// the order of the columns. A column of which less than 1e-10 of its length is left depends on those before it: it
/// adds nothing to Q, so that Q is n x rank and R rank x m. Where rank < m, R' is taken apart in the same way, R' =
/// PS, for the coefficients of least length.
class ColumnBasis {
 public:
  explicit ColumnBasis(const Matrix& columns);

  Index rank() const { return q_.rows(); }
  /// Q'A, rank x k, for A (n x k). 2 n k rank flops.
  Matrix coordinates(const Matrix& a) const;
  /// A - QC. 2 n k rank flops.
  Matrix without(Matrix a, const Matrix& coordinates) const;
  /// The b of least length with R b = z: m numbers. hybrid_flops::coefficients without its first term.
  Vector solve(const Vector& z) const;
  /// Of the basis: hybrid_flops::orthogonalise, summed.
  double flops() const { return flops_; }

 private:
  Matrix q_;           // rank x n: row k is a column of Q
  Eigen::MatrixXd r_;  // rank x m; of full rank: upper triangular
  Matrix p_;           // P', rank x m, where rank < m
  Eigen::MatrixXd s_;  // S, upper triangular, where rank < m
  double flops_ = 0;
};

/// Of a column, what is left of it must be more than this share of its length.
inline constexpr double least_share_left = 1e-10;

}  // namespace quartic::detail
