#include "models/linear/hybrid/column_basis.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "models/linear/hybrid/flops.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/hybrid.hpp"

namespace quartic::column_basis_test {
namespace {

using detail::ColumnBasis;

// M a, by the textbook.
Matrix off_the_span(const Matrix& u, const Matrix& a) {
  return a - u * Eigen::MatrixXd(u).completeOrthogonalDecomposition().solve(Eigen::MatrixXd(a));
}

Vector least_norm(const Matrix& u, const Vector& y) {
  return Eigen::MatrixXd(u).completeOrthogonalDecomposition().solve(y);
}

Matrix with_dependent_columns(Index n) {
  Matrix u = gaussian_matrix(n, 6, Stream(3));
  u.col(2) = u.col(0) - 2 * u.col(1);
  u.col(4).setZero();
  return u;
}

TEST(ColumnBasis, ProjectsAsACompleteDecompositionDoes) {
  for (const Matrix& u : {gaussian_matrix(20, 4, Stream(1)), with_dependent_columns(20),
                          gaussian_matrix(5, 9, Stream(2)), Matrix(7, 0), Matrix(Matrix::Zero(7, 2))}) {
    const Matrix a = gaussian_matrix(u.rows(), 3, Stream(4));
    const ColumnBasis basis(u);
    const Matrix left = basis.without(a, basis.coordinates(a));
    EXPECT_LE((left - (u.cols() > 0 ? off_the_span(u, a) : a)).norm(), 1e-12 * a.norm()) << u.cols();
    EXPECT_LE((u.transpose() * left).norm(), 1e-12 * a.norm() * (1 + u.norm()));
  }
}

TEST(ColumnBasis, GivesTheCoefficientsOfLeastLength) {
  for (const Matrix& u : {gaussian_matrix(20, 4, Stream(1)), with_dependent_columns(20),
                          gaussian_matrix(5, 9, Stream(2)), Matrix(Matrix::Zero(7, 2))}) {
    const Matrix y = gaussian_matrix(u.rows(), 1, Stream(5));
    const ColumnBasis basis(u);
    const Vector b = basis.solve(basis.coordinates(y).col(0));
    EXPECT_LE((b - least_norm(u, y)).norm(), 1e-11 * (1 + b.norm())) << u.rows() << " x " << u.cols();
  }
}

TEST(ColumnBasis, FindsTheRank) {
  EXPECT_EQ(ColumnBasis(gaussian_matrix(20, 4, Stream(1))).rank(), 4);
  EXPECT_EQ(ColumnBasis(with_dependent_columns(20)).rank(), 4);
  EXPECT_EQ(ColumnBasis(gaussian_matrix(5, 9, Stream(2))).rank(), 5);
}

// Columns that all but coincide: one pass would leave a basis that is far from orthogonal.
TEST(ColumnBasis, IsOrthogonalWhereColumnsAllButCoincide) {
  Matrix u = gaussian_matrix(30, 5, Stream(6));
  for (Index j = 1; j < 5; ++j) u.col(j) = u.col(0) + 1e-8 * u.col(j);
  const ColumnBasis basis(u);
  const Matrix a = gaussian_matrix(30, 2, Stream(7));
  const Matrix once = basis.without(a, basis.coordinates(a));
  EXPECT_EQ(basis.rank(), 5);
  EXPECT_LE(basis.coordinates(once).norm(), 1e-13 * a.norm());
}

TEST(ColumnBasis, BillsWhatTheReferenceCounts) {
  for (const Matrix& u : {gaussian_matrix(12, 5, Stream(8)), gaussian_matrix(1, 1, Stream(9))}) {
    const double flops = count_flops([&] {
      std::vector<std::vector<CountingScalar>> columns;
      for (Index j = 0; j < u.cols(); ++j) columns.push_back(numbers_of<CountingScalar>(Vector(u.col(j))));
      reference::GramSchmidt<CountingScalar> slow(columns);
    });
    EXPECT_EQ(ColumnBasis(u).flops(), flops);
  }
}

// Two decompositions: of the columns, and of the rows of R.
TEST(ColumnBasis, BillsDependentColumnsAsTheReferenceCounts) {
  for (const Matrix& u : {with_dependent_columns(12), gaussian_matrix(4, 7, Stream(10))}) {
    const double flops = count_flops([&] {
      std::vector<std::vector<CountingScalar>> columns, rows;
      for (Index j = 0; j < u.cols(); ++j) columns.push_back(numbers_of<CountingScalar>(Vector(u.col(j))));
      const reference::GramSchmidt<CountingScalar> slow(columns);
      for (std::size_t a = 0; a < slow.basis.size(); ++a) {
        rows.emplace_back();
        for (const auto& products : slow.products)
          rows.back().push_back(a < products.size() ? products[a] : CountingScalar(0));
      }
      reference::GramSchmidt<CountingScalar> again(rows);
    });
    EXPECT_EQ(ColumnBasis(u).flops(), flops);
  }
}

}  // namespace
}  // namespace quartic::column_basis_test
