#include "models/linear/fold.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic::fold_test {
namespace {

TEST(Fold, HoldsOutEveryRowOnceAndTrainsOnTheOthers) {
  const Data data = gaussian_problem(11, 3, 1);
  Vector seen = Vector::Zero(11);
  for (Index f = 0; f < 4; ++f) {
    const Fold fold = divide(data, f, 4);
    EXPECT_EQ(fold.training.rows() + fold.held_out.rows(), 11);
    for (Index k = 0; k < fold.held_out.rows(); ++k) {
      const Index row = f + 4 * k;
      EXPECT_EQ(fold.held_out.y()[k], data.y()[row]);
      EXPECT_EQ(fold.held_out.dense().row(k), data.dense().row(row));
      ++seen[row];
    }
  }
  EXPECT_EQ(seen, Vector::Ones(11));
  EXPECT_EQ(divide(data, 1, 4).training.y()[1], data.y()[2]);
}

TEST(Fold, ReadsFloatsAsDouble) {
  const Data single = in_single_precision(gaussian_problem(6, 2, 2));
  EXPECT_EQ(divide(single, 0, 3).held_out.dense(),
            single.block({0, 6}, {0, 2})(std::vector<Index>{0, 3}, Eigen::all));
}

}  // namespace
}  // namespace quartic::fold_test
