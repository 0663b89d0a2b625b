#include "models/linear/hybrid/partial_regression.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "models/linear/hybrid/flops.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/hybrid.hpp"

namespace quartic::partial_regression_test {
namespace {

using detail::Intercept;
using detail::LassoPoint;
using detail::PartialRegression;

TEST(PartialRegression, LeavesWhatTheNamedColumnsDoNotExplain) {
  const Data data = gaussian_problem(30, 8, 1);
  const Matrix x = data.dense();
  const std::vector<Index> named = {2, 5};
  const Matrix u = x(Eigen::all, named);
  const auto decomposition = Eigen::MatrixXd(u).householderQr();
  const PartialRegression partial(data, named, Intercept::none);
  const Vector y = data.y();
  EXPECT_LE((Vector(partial.y()) - (y - u * decomposition.solve(y))).norm(), 1e-13 * y.norm());
  for (Index j = 0; j < 8; ++j) {
    const Vector column = x.col(j);
    const bool is_named = j == 2 || j == 5;
    const Vector expected = is_named ? Vector::Zero(30) : Vector(column - u * decomposition.solve(column));
    EXPECT_LE((partial.x().col(j) - expected).norm(), is_named ? 0 : 1e-13 * column.norm()) << j;
  }
}

// Given b, a is the least squares fit of what b leaves, and the intercept stands among it.
TEST(PartialRegression, GivesTheFreeCoefficientsThatBelongToTheOthers) {
  Matrix x = gaussian_problem(25, 6, 2).dense();
  x.array() += 3;
  const Vector y = Vector(gaussian_problem(25, 6, 2).y()).array() - 7;
  const std::vector<Index> named = {1, 4};
  const PartialRegression partial(Data(x, y), named, Intercept::fitted);
  const LassoPoint point{{0, 3}, {0.5, -0.25}};
  const LinearRule rule = partial.rule(point);
  EXPECT_EQ(rule.coefficients[0], 0.5);
  EXPECT_EQ(rule.coefficients[3], -0.25);
  EXPECT_EQ(rule.coefficients[2], 0);
  const Vector residuals = y - rule.score(x);
  EXPECT_NEAR(residuals.sum(), 0, 1e-11);
  EXPECT_NEAR(residuals.dot(x.col(1)), 0, 1e-10);
  EXPECT_NEAR(residuals.dot(x.col(4)), 0, 1e-10);
  EXPECT_EQ(partial.unpenalised(), 3);
}

TEST(PartialRegression, LeavesNothingWhereThereAreAsManyNamesAsRows) {
  const Data data = gaussian_problem(4, 9, 3);
  const std::vector<Index> named = {0, 1, 2, 3, 4, 5};
  const PartialRegression partial(data, named, Intercept::none);
  EXPECT_EQ(partial.rank(), 4);
  EXPECT_EQ(Vector(partial.y()), Vector::Zero(4));
  EXPECT_EQ(Matrix(partial.x()), Matrix::Zero(4, 9));
  const LinearRule rule = partial.rule({});
  EXPECT_LE((rule.score(Matrix(data.dense())) - Vector(data.y())).norm(), 1e-12);
}

TEST(PartialRegression, BillsWhatTheReferenceCounts) {
  const Data data = gaussian_problem(15, 7, 4);
  const std::vector<Index> named = {1, 2, 6};
  for (const Intercept intercept : {Intercept::none, Intercept::fitted}) {
    const PartialRegression partial(data, named, intercept);
    const LassoPoint point{{0, 3}, {0.5, -0.25}};
    const double flops = count_flops([&] {
      std::vector<std::vector<CountingScalar>> free;
      if (intercept == Intercept::fitted) free.emplace_back(15, CountingScalar(1));
      for (const Index j : named) free.push_back(numbers_of<CountingScalar>(Vector(data.dense().col(j))));
      const reference::PartialRegression<CountingScalar> slow(grid_of<CountingScalar>(data.dense()),
                                                              numbers_of<CountingScalar>(data.y()), free);
      const auto a = slow.free_coefficients({0, 3}, {CountingScalar(0.5), CountingScalar(-0.25)});
      const std::size_t ones = intercept == Intercept::fitted ? 1 : 0;
      EXPECT_NEAR(double(a[ones]), partial.rule(point).coefficients[1], 1e-12);
    });
    EXPECT_EQ(partial.flops() + partial.rule_flops(point), flops);
  }
}

}  // namespace
}  // namespace quartic::partial_regression_test
