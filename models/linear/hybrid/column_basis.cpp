#include "models/linear/hybrid/column_basis.hpp"

#include <utility>

#include "models/linear/blas.hpp"
#include "models/linear/hybrid/flops.hpp"

namespace quartic::detail {

namespace {

struct Orthonormal {
  Matrix rows;             // of unit length, one a basis vector
  Eigen::MatrixXd factor;  // rows.rows() x vectors.rows(): products of the basis with the vectors
  double flops = 0;
};

// Of the rows of `vectors`. What is not a number is kept, so that it shows.
Orthonormal orthonormal(const Matrix& vectors, double least_share) {
  const Index count = vectors.rows(), n = vectors.cols();
  Matrix basis(std::min(count, n), n);
  Eigen::MatrixXd factor = Eigen::MatrixXd::Zero(basis.rows(), count);
  double flops = 0;
  Index rank = 0;
  for (Index k = 0; k < count; ++k) {
    Vector left = vectors.row(k).transpose();
    const double length = left.norm();
    for (int pass = 0; pass < 2; ++pass)
      for (Index a = 0; a < rank; ++a) {
        const double share = basis.row(a).dot(left);
        left -= share * basis.row(a).transpose();
        factor(a, k) += share;
      }
    flops += hybrid_flops::orthogonalise(static_cast<double>(n), static_cast<double>(rank));
    const double rest = left.norm();
    if (rank == basis.rows() || rest <= least_share * length) continue;
    basis.row(rank) = left.transpose() / rest;
    factor(rank, k) = rest;
    flops += static_cast<double>(n);
    ++rank;
  }
  return {basis.topRows(rank), factor.topRows(rank), flops};
}

}  // namespace

ColumnBasis::ColumnBasis(const Matrix& columns) {
  Orthonormal basis = orthonormal(columns.transpose(), least_share_left);
  flops_ = basis.flops;
  q_ = std::move(basis.rows);
  r_ = std::move(basis.factor);
  if (r_.rows() == r_.cols()) return;
  Orthonormal rows = orthonormal(r_, 0);
  flops_ += rows.flops;
  p_ = std::move(rows.rows);
  s_ = std::move(rows.factor);
}

Matrix ColumnBasis::coordinates(const Matrix& a) const {
  Matrix products = Matrix::Zero(rank(), a.cols());
  if (rank() > 0) add_product(products, 1, plain(q_), plain(a));
  return products;
}

Matrix ColumnBasis::without(Matrix a, const Matrix& coordinates) const {
  if (rank() > 0) add_product(a, -1, transposed(q_), plain(coordinates));
  return a;
}

Vector ColumnBasis::solve(const Vector& z) const {
  if (r_.rows() == r_.cols()) return r_.triangularView<Eigen::Upper>().solve(z);
  return p_.transpose() * s_.transpose().triangularView<Eigen::Lower>().solve(z);
}

}  // namespace quartic::detail
