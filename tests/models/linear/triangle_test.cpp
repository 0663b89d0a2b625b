#include "models/linear/triangle.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic::triangle_test {
namespace {

Matrix lower_of(const Matrix& m) {
  return m.triangularView<Eigen::Lower>();
}

TEST(Triangle, HoldsTheLowerTriangleOfAMatrix) {
  for (Index n : {0, 1, 7, 8, 9, 30}) {
    const Matrix square = gaussian_matrix(n, n, Stream(3));
    const Triangle triangle(square);
    EXPECT_EQ(triangle.order(), n);
    EXPECT_EQ(triangle.leading(n), lower_of(square));
    EXPECT_EQ(triangle.diagonal(), Vector(square.diagonal()));
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j <= i; ++j) EXPECT_EQ(triangle(i, j), square(i, j));
  }
}

TEST(Triangle, BeginsWithItsLeadingBlocks) {
  const Matrix square = gaussian_matrix(21, 21, Stream(3));
  const Triangle all(square);
  for (Index n : {1, 8, 10, 16}) EXPECT_EQ(all.leading(n), lower_of(square.topLeftCorner(n, n)));
}

TEST(Triangle, HoldsHalfASquare) {
  EXPECT_EQ(Triangle(Index{0}).numbers().size(), 0u);
  EXPECT_EQ(Triangle::size(8), 64);
  EXPECT_EQ(Triangle::size(9), 64 + 128);
  EXPECT_LT(static_cast<double>(Triangle::size(1000)), 0.51 * 1000 * 1000);
}

}  // namespace
}  // namespace quartic::triangle_test
