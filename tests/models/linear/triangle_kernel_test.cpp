#include "models/linear/triangle_kernel.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/linear/triangle.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::detail::triangle_kernel_test {
namespace {

// X X' + I/10 for X of `order` rows that begin with those of every smaller order.
Matrix positive_definite(Index order) {
  const Matrix x = gaussian_matrix(order, 40, Stream(5));
  return x * x.transpose() + 0.1 * Matrix::Identity(order, order);
}

// L_ij = (A_ij - sum_{k < j} L_ik L_jk) / L_jj, one number after the other.
Matrix textbook_factor(const Matrix& a) {
  Matrix lower = Matrix::Zero(a.rows(), a.cols());
  for (Index j = 0; j < a.cols(); ++j)
    for (Index i = j; i < a.rows(); ++i) {
      double sum = a(i, j);
      for (Index k = 0; k < j; ++k) sum -= lower(i, k) * lower(j, k);
      lower(i, j) = i == j ? std::sqrt(sum) : sum / lower(j, j);
    }
  return lower;
}

Triangle factored(const TriangleKernels& kernels, const Matrix& a) {
  Triangle triangle(a);
  const std::vector<double> smallest(static_cast<std::size_t>(a.rows()), 0);
  EXPECT_EQ(kernels.factor(triangle.numbers().data(), smallest), a.rows());
  return triangle;
}

TEST(TriangleKernels, FactorAsTheTextbookDoes) {
  for (const TriangleKernels& kernels : triangle_kernels())
    for (Index order : {1, 7, 8, 9, 64, 129, 300}) {
      const Matrix a = positive_definite(order);
      EXPECT_TRUE(factored(kernels, a).leading(order).isApprox(textbook_factor(a), 1e-12)) << order;
    }
}

// Panels of 128 columns, chunks of 256 rows and strips of 8 all end somewhere between these orders.
TEST(TriangleKernels, FactorEveryLeadingBlockToTheSameBits) {
  const Matrix a = positive_definite(530);
  for (const TriangleKernels& kernels : triangle_kernels()) {
    const Triangle all = factored(kernels, a);
    for (Index n : {1, 8, 13, 127, 128, 130, 256, 300, 511, 529})
      EXPECT_EQ(factored(kernels, a.topLeftCorner(n, n)).leading(n), all.leading(n)) << n;
  }
}

TEST(TriangleKernels, StopAtAPivotThatIsTooSmallOrNotANumber) {
  for (const TriangleKernels& kernels : triangle_kernels())
    for (Index bad : {0, 5, 8, 130, 299}) {
      Matrix a = positive_definite(300);
      const Matrix expected = textbook_factor(a.topLeftCorner(bad, bad));
      a(bad, bad) = bad % 2 == 0 ? NAN : 0;
      Triangle triangle(a);
      const std::vector<double> smallest(300, 1e-3);
      EXPECT_EQ(kernels.factor(triangle.numbers().data(), smallest), bad);
      EXPECT_TRUE(triangle.leading(bad).isApprox(expected, 1e-12));
    }
}

TEST(TriangleKernels, AddProductsOfRows) {
  for (const TriangleKernels& kernels : triangle_kernels())
    for (Index rows : {1, 8, 20, 300}) {
      const Matrix x = gaussian_matrix(rows, 50, Stream(5));
      std::vector<double> strips(static_cast<std::size_t>(strip_rows * count_strips(rows) * x.cols()));
      for (Index i = 0; i < rows; i += strip_rows)
        copy_into_strip(x.middleRows(i, std::min(strip_rows, rows - i)), strips.data() + i * x.cols());
      Triangle sums(Matrix(Matrix::Constant(rows, rows, 2)));
      kernels.add_products(sums.numbers(), strips.data(), x.cols());
      const Matrix expected = Matrix(x * x.transpose()).array() + 2;
      EXPECT_TRUE(sums.leading(rows).isApprox(Matrix(expected.triangularView<Eigen::Lower>()), 1e-13));
    }
}

TEST(TriangleKernels, SolveWithLeadingBlocksWhateverStandsBehindThem) {
  const Matrix a = positive_definite(200);
  const Vector b = gaussian_matrix(200, 1, Stream(6));
  for (const TriangleKernels& kernels : triangle_kernels()) {
    for (Index n : {1, 7, 8, 12, 64, 133, 199}) {
      Matrix spoilt = a;
      spoilt.bottomRows(200 - n).setConstant(NAN);
      Triangle triangle(spoilt);
      const std::vector<double> smallest(200, 0);
      ASSERT_EQ(kernels.factor(triangle.numbers().data(), smallest), n);
      Vector solved = b.head(n), alone = solved;
      kernels.solve(triangle.numbers().data(), {solved.data(), static_cast<std::size_t>(n)});
      EXPECT_TRUE((a.topLeftCorner(n, n) * solved).isApprox(b.head(n), 1e-10)) << n;
      const Triangle leading = factored(kernels, a.topLeftCorner(n, n));
      kernels.solve(leading.numbers().data(), {alone.data(), static_cast<std::size_t>(n)});
      EXPECT_EQ(solved, alone);
    }
  }
}

}  // namespace
}  // namespace quartic::detail::triangle_kernel_test
