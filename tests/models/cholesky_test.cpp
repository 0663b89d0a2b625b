#include "models/linear/cholesky.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic {
namespace {

Matrix lower_of(const Matrix& m) {
  return m.triangularView<Eigen::Lower>();
}

TEST(Cholesky, MultipliesBackToTheMatrix) {
  for (Index p : {1, 5, 64, 200}) {
    const Matrix gram = GrowingGram(gaussian_problem(2 * p + 3, p, 1)).at(2 * p + 3).gram;
    const Cholesky factor = cholesky(gram);
    EXPECT_EQ(factor.valid, p);
    const Matrix L = lower_of(factor.lower);
    EXPECT_TRUE(lower_of(L * L.transpose()).isApprox(gram, 1e-13));
  }
}

TEST(Cholesky, SolvesLeadingBlocks) {
  const Data data = gaussian_problem(150, 400, 1);
  const Cholesky factor = nested_cholesky(row_gram(data, 150), 150);
  for (Index n : {1, 63, 64, 65, 150}) {
    const Matrix x = data.dense().topRows(n);
    const Vector solved = factor.solve(data.y().head(n));
    EXPECT_TRUE((x * (x.transpose() * solved)).isApprox(data.y().head(n), 1e-11));
  }
}

TEST(NestedCholesky, HoldsTheFactorOfEveryLeadingBlockBitForBit) {
  const Data data = gaussian_problem(500, 700, 2);
  const Cholesky all = nested_cholesky(row_gram(data, 500), 500);
  EXPECT_EQ(all.valid, 500);
  for (Index n : {1, 64, 100, 128, 130, 449, 499}) {
    const Cholesky alone = nested_cholesky(row_gram(data.prefix(n), n), n);
    EXPECT_EQ(lower_of(alone.lower.topLeftCorner(n, n)), lower_of(all.lower.topLeftCorner(n, n)));
  }
}

TEST(NestedCholesky, StopsAtARepeatedRowAndKeepsWhatComesBefore) {
  for (Index repeated : {1, 40, 64, 100, 133}) {
    Matrix x = gaussian_problem(140, 300, 4).dense();
    x.row(repeated) = x.row(0);
    const Data data(x, Vector::Zero(140));
    const Cholesky all = nested_cholesky(row_gram(data, 140), 140);
    ASSERT_EQ(all.valid, repeated);
    const Cholesky before = nested_cholesky(row_gram(data, repeated), repeated);
    EXPECT_EQ(before.valid, repeated);
    EXPECT_EQ(lower_of(before.lower.topLeftCorner(repeated, repeated)),
              lower_of(all.lower.topLeftCorner(repeated, repeated)));
  }
}

TEST(Cholesky, ReportsTheFirstColumnThatIsZeroOrNotANumber) {
  Matrix gram = Matrix::Identity(5, 5);
  gram(3, 3) = 0;
  EXPECT_EQ(cholesky(gram).valid, 3);
  gram(2, 2) = NAN;
  EXPECT_EQ(cholesky(gram).valid, 2);
  EXPECT_EQ(cholesky(Matrix::Zero(0, 0)).valid, 0);
}

}  // namespace
}  // namespace quartic
