#include "models/linear/lasso/factor.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic::detail::factor_test {
namespace {

Eigen::MatrixXd products(const Matrix& x, const std::vector<Index>& a, const std::vector<Index>& b) {
  return x(Eigen::all, a).transpose() * x(Eigen::all, b);
}

void expect_solves(const LassoFactor& factor, const Matrix& x, const std::vector<Index>& columns) {
  ASSERT_EQ(factor.size(), static_cast<Index>(columns.size()));
  const Vector right = Vector::LinSpaced(factor.size(), 1, 2);
  EXPECT_LT((products(x, columns, columns) * factor.solve(right) - right).norm(), 1e-10);
}

TEST(LassoFactor, FollowsColumnsThatComeAndGo) {
  const Matrix x = gaussian_matrix(60, 50, Stream(1));
  std::vector<Index> columns = {7, 3};
  LassoFactor factor;
  factor.append(Eigen::MatrixXd(2, 0), products(x, columns, columns));
  expect_solves(factor, x, columns);
  std::vector<Index> more;
  for (Index j = 10; j < 50; ++j) more.push_back(j);  // beyond its first capacity
  factor.append(products(x, more, columns), products(x, more, more));
  columns.insert(columns.end(), more.begin(), more.end());
  expect_solves(factor, x, columns);
  for (const Index position : {41, 0, 17}) {  // the last, the first, one between
    factor.remove(position);
    columns.erase(columns.begin() + position);
    expect_solves(factor, x, columns);
  }
}

TEST(LassoFactor, LeavesOutColumnsThatDependOnOthers) {
  Matrix x = gaussian_matrix(20, 4, Stream(2));
  x.col(3) = x.col(0) - 2 * x.col(1);
  LassoFactor factor;
  EXPECT_EQ(factor.append(Eigen::MatrixXd(2, 0), products(x, {0, 1}, {0, 1})), (std::vector{true, true}));
  EXPECT_EQ(factor.append(products(x, {3, 2}, {0, 1}), products(x, {3, 2}, {3, 2})),
            (std::vector{false, true}));
  expect_solves(factor, x, {0, 1, 2});
}

}  // namespace
}  // namespace quartic::detail::factor_test
