#include "models/linear/flops.hpp"

#include <gtest/gtest.h>

#include "models/linear/blas.hpp"
#include "models/linear/minimum_norm.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/minimum_norm.hpp"

namespace quartic::flops_test {
namespace {

using Counted = CountingScalar;

Matrix gram_matrix(Index order) {
  const Matrix x = gaussian_matrix(2 * order + 1, order, Stream(5));
  return x.transpose() * x;
}

TEST(Flops, OfCholeskyAndSolves) {
  for (Index n : {1, 2, 9}) {
    const auto order = static_cast<double>(n);
    const auto gram = grid_of<Counted>(gram_matrix(n));
    EXPECT_EQ(count_flops([&] { reference::cholesky(gram); }), cholesky_flops(order));
    const auto factor = reference::cholesky(gram);
    EXPECT_EQ(count_flops([&] { reference::solve(factor, std::vector<Counted>(factor.rows, 1.0)); }),
              2 * triangular_solve_flops(order));
  }
}

TEST(Flops, OfProducts) {
  const auto a = grid_of<Counted>(gaussian_matrix(3, 5, Stream(1))),
             b = grid_of<Counted>(gaussian_matrix(5, 2, Stream(2)));
  EXPECT_EQ(count_flops([&] { reference::product(a, b); }), product_flops(3, 5, 2));
  EXPECT_EQ(count_flops([&] { reference::gram_of_rows(a); }), gram_flops(5, 3));
  EXPECT_EQ(count_flops([&] { reference::norm(std::vector<Counted>(7, 1.0)); }), norm_flops(7));
}

TEST(Flops, OfEigensystems) {
  for (Index n : {1, 2, 3, 4, 17}) {
    const auto gram = grid_of<Counted>(gram_matrix(n));
    EXPECT_EQ(count_flops([&] { reference::eigensystem_as_billed(gram); }), eigensystem_flops(n)) << n;
  }
}

TEST(Flops, OfEigensystemsAreWithinAQuarterOfWhatTheClassicalAlgorithmNeeds) {
  for (Index n : {30, 80}) {
    const double counted = count_flops([&] { reference::eigensystem(grid_of<Counted>(gram_matrix(n))); });
    EXPECT_LE(counted, 1.25 * eigensystem_flops(n)) << n;
    EXPECT_GE(counted, 0.75 * eigensystem_flops(n)) << n;
  }
}

TEST(Eigensystem, MatchesTheSlowSolver) {
  for (Index n : {1, 2, 3, 10, 60}) {
    const Matrix gram = gram_matrix(n);
    std::vector<double> values = reference::eigensystem(grid_of<double>(gram)).values;
    std::sort(values.begin(), values.end());
    const detail::Eigensystem fast = detail::eigensystem(gram.triangularView<Eigen::Lower>());
    ASSERT_TRUE(fast.converged);
    for (Index k = 0; k < n; ++k)
      EXPECT_NEAR(values[static_cast<std::size_t>(k)], fast.values(k), 1e-12 * fast.values(n - 1)) << n;
    EXPECT_TRUE((fast.vectors.transpose() * fast.values.asDiagonal() * fast.vectors).isApprox(gram, 1e-12));
    EXPECT_TRUE((fast.vectors * fast.vectors.transpose()).isIdentity(1e-12));
  }
}

TEST(Eigensystem, SaysWhereTheMatrixIsNotFinite) {
  Matrix gram = gram_matrix(3);
  gram(1, 0) = INFINITY;
  EXPECT_FALSE(detail::eigensystem(gram).converged);
}

TEST(Flops, OfMinimumNormSolutions) {
  for (auto [n, p, rank] :
       {std::tuple{8, 5, 5}, {8, 5, 3}, {5, 8, 5}, {5, 8, 2}, {4, 4, 4}, {1, 3, 1}, {3, 1, 1}}) {
    const Matrix x = gaussian_matrix(n, rank, Stream(1)) * gaussian_matrix(rank, p, Stream(2));
    const Vector y = gaussian_matrix(n, 1, Stream(3));
    const double counted =
        count_flops([&] { reference::minimum_norm(grid_of<Counted>(x), numbers_of<Counted>(y), 1e-12); });
    EXPECT_EQ(counted, minimum_norm_flops(n, p, rank));
    const auto slow = reference::minimum_norm(grid_of<double>(x), numbers_of<double>(y), 1e-12);
    const MinimumNorm fast = minimum_norm(Data(x, y));
    EXPECT_EQ(fast.rank, rank);
    EXPECT_EQ(slow.rank, static_cast<std::size_t>(rank));
    for (Index j = 0; j < p; ++j)
      EXPECT_NEAR(slow.coefficients[static_cast<std::size_t>(j)], fast.coefficients(j),
                  1e-10 * fast.coefficients.norm());
  }
}

}  // namespace
}  // namespace quartic::flops_test
