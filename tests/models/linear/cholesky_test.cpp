#include "models/linear/cholesky.hpp"

#include <gtest/gtest.h>

#include "models/linear/gram.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::cholesky_test {
namespace {

TEST(Cholesky, MultipliesBackToTheMatrix) {
  for (Index p : {1, 5, 64, 200}) {
    const Matrix gram = GrowingGram(gaussian_problem(2 * p + 3, p, 1)).at(2 * p + 3).gram;
    const Cholesky factor = cholesky(Triangle(gram));
    EXPECT_EQ(factor.valid, p);
    const Matrix L = factor.lower.leading(p);
    const Matrix product = L * L.transpose();
    EXPECT_TRUE(Matrix(product.triangularView<Eigen::Lower>()).isApprox(gram, 1e-13));
  }
}

TEST(Cholesky, SolvesLeadingBlocks) {
  const Data data = gaussian_problem(150, 400, 1);
  const Cholesky factor = cholesky(row_gram(data, 150));
  for (Index n : {1, 63, 64, 65, 150}) {
    const Matrix x = data.dense().topRows(n);
    const Vector solved = factor.solve(data.y().head(n));
    EXPECT_TRUE((x * (x.transpose() * solved)).isApprox(data.y().head(n), 1e-11));
  }
}

TEST(Cholesky, HoldsTheFactorOfEveryLeadingBlockBitForBit) {
  const Data data = gaussian_problem(500, 700, 2);
  const Cholesky all = cholesky(row_gram(data, 500));
  EXPECT_EQ(all.valid, 500);
  for (Index n : {1, 64, 100, 128, 130, 449, 499}) {
    const Cholesky alone = cholesky(row_gram(data.prefix(n), n));
    EXPECT_EQ(alone.lower.leading(n), all.lower.leading(n));
    EXPECT_EQ(alone.solve(data.y().head(n)), all.solve(data.y().head(n)));
  }
}

TEST(Cholesky, StopsAtARepeatedRowAndKeepsWhatComesBefore) {
  for (Index repeated : {1, 40, 64, 100, 133}) {
    Matrix x = gaussian_problem(140, 300, 4).dense();
    x.row(repeated) = x.row(0);
    const Data data(x, Vector::Zero(140));
    const Cholesky all = cholesky(row_gram(data, 140));
    ASSERT_EQ(all.valid, repeated);
    const Cholesky before = cholesky(row_gram(data, repeated));
    EXPECT_EQ(before.valid, repeated);
    EXPECT_EQ(before.lower.leading(repeated), all.lower.leading(repeated));
  }
}

TEST(Cholesky, ReportsTheFirstColumnThatIsZeroOrNotANumber) {
  Matrix gram = Matrix::Identity(5, 5);
  gram(3, 3) = 0;
  EXPECT_EQ(cholesky(Triangle(gram)).valid, 3);
  gram(2, 2) = NAN;
  EXPECT_EQ(cholesky(Triangle(gram)).valid, 2);
  EXPECT_EQ(cholesky(Triangle(Index{0})).valid, 0);
}

}  // namespace
}  // namespace quartic::cholesky_test
