#include "models/linear/gram.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic::gram_test {
namespace {

Matrix lower_of(const Matrix& m) {
  return m.triangularView<Eigen::Lower>();
}

TEST(GrowingGram, MatchesTheProductOfMatrices) {
  for (Index p : {1, 7, 130}) {
    const Data data = gaussian_problem(200, p, 3);
    GrowingGram growing(data);
    for (Index n : {1, 63, 64, 65, 128, 200}) {
      const ColumnGram sums = growing.at(n);
      const Matrix x = data.dense().topRows(n);
      const Vector y = data.y().head(n);
      EXPECT_EQ(sums.rows, n);
      EXPECT_TRUE(lower_of(sums.gram).isApprox(lower_of(x.transpose() * x), 1e-13));
      EXPECT_TRUE(sums.xy.isApprox(x.transpose() * y, 1e-12));
      EXPECT_NEAR(sums.yy, y.squaredNorm(), 1e-12 * sums.yy);
      EXPECT_NEAR(sums.trace(), x.squaredNorm(), 1e-12 * sums.trace());
    }
  }
}

TEST(GrowingGram, LeavesTheUpperTriangleZero) {
  const ColumnGram sums = GrowingGram(gaussian_problem(70, 9, 3)).at(70);
  EXPECT_EQ(Matrix(sums.gram.triangularView<Eigen::StrictlyUpper>()).norm(), 0);
}

TEST(GrowingGram, HasTheSameBitsWhateverSizesCameBefore) {
  const Data data = gaussian_problem(300, 33, 5);
  GrowingGram growing(data);
  for (Index n : {10, 64, 100, 191, 192, 300}) {
    const ColumnGram shared = growing.at(n), alone = GrowingGram(data.prefix(n)).at(n);
    EXPECT_EQ(shared.gram, alone.gram);
    EXPECT_EQ(shared.xy, alone.xy);
    EXPECT_EQ(shared.yy, alone.yy);
  }
}

TEST(RowGram, MatchesTheProductOfMatrices) {
  for (Index n : {1, 127, 128, 129, 300}) {
    const Data data = gaussian_problem(n, 300, 7);
    EXPECT_TRUE(
        row_gram(data, n).leading(n).isApprox(lower_of(data.dense() * data.dense().transpose()), 1e-13));
  }
}

TEST(RowGram, HoldsThatOfEveryPrefixBitForBit) {
  const Data data = gaussian_problem(1300, 50, 7);
  const Triangle all = row_gram(data, 1300);
  for (Index n : {1, 100, 128, 200, 1029, 1200})
    EXPECT_EQ(row_gram(data.prefix(n), n).leading(n), all.leading(n));
}

TEST(RowGram, ReadsSinglePrecisionAsTheSameNumbersInDouble) {
  const Data single = in_single_precision(gaussian_problem(150, 20, 9));
  const Data widened(single.block({0, 150}, {0, 20}), Vector(single.y()));
  EXPECT_EQ(row_gram(single, 150).leading(150), row_gram(widened, 150).leading(150));
  EXPECT_EQ(GrowingGram(single).at(150).gram, GrowingGram(widened).at(150).gram);
}

TEST(GramColumn, GathersASymmetricColumn) {
  const ColumnGram sums = GrowingGram(gaussian_problem(30, 6, 3)).at(30);
  const Matrix whole = sums.gram.selfadjointView<Eigen::Lower>();
  for (Index j = 0; j < 6; ++j) EXPECT_EQ(gram_column(sums.gram, j), whole.col(j));
}

}  // namespace
}  // namespace quartic::gram_test
