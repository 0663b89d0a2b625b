#include "models/linear/ridge/spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/linear_problem.hpp"

namespace quartic::spectrum_test {
namespace {

TEST(RidgeSpectrum, SolvesTheNormalEquationsFromEitherGramMatrix) {
  for (const auto& [n, p] : {std::pair<Index, Index>{12, 5}, std::pair<Index, Index>{5, 12}}) {
    const Data data = gaussian_problem(n, p, 1);
    const Matrix x = data.block({0, n}, {0, p});
    const std::vector<double> penalties = {2, 0.1};
    const Matrix b = RidgeSpectrum(data, smaller_gram(data)).coefficients(penalties);
    for (Index k = 0; k < 2; ++k) {
      const Vector left = x.transpose() * (x * b.col(k) - data.y()) / static_cast<double>(n);
      EXPECT_LT((left + penalties[static_cast<std::size_t>(k)] * b.col(k)).norm(), 1e-12) << n << " " << k;
    }
  }
}

TEST(RidgeGrid, FallsSixDecadesFromAHundredMeanEigenvalues) {
  const Matrix gram = smaller_gram(gaussian_problem(30, 4, 1));
  const std::vector<double> grid = ridge_grid(gram, 30, 7);
  ASSERT_EQ(grid.size(), 7u);
  EXPECT_NEAR(grid[0], 100 * gram.trace() / (30 * 4), 1e-12 * grid[0]);
  for (std::size_t k = 1; k < grid.size(); ++k) EXPECT_NEAR(grid[k] / grid[k - 1], 0.1, 1e-13);
  EXPECT_EQ(ridge_grid(Matrix::Zero(2, 2), 30, 3), std::vector<double>(3, 1.0));
}

TEST(Least, IsTheFirstOfEqualsAndNoNanBehindIt) {
  Vector errors(4);
  errors << 3, NAN, 2, 2;
  EXPECT_EQ(least(errors), 2);
  errors.setConstant(NAN);
  EXPECT_EQ(least(errors), 0);
}

}  // namespace
}  // namespace quartic::spectrum_test
