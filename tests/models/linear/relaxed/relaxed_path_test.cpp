#include "models/linear/relaxed/relaxed_path.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "models/linear/least_squares.hpp"
#include "tests/support/reference/lasso.hpp"

namespace quartic::relaxed_path_test {
namespace {

using detail::LassoPath;
using detail::RelaxedPath;
using detail::RelaxedPoint;

const reference::LassoProblem problem = reference::sparse_problem(40, 15, 4, 1, 3);

const Data data(problem.x, problem.y);

std::vector<double> grid() {
  return detail::penalty_grid(detail::largest_penalty(data.dense(), data.y()), 0.01, 30);
}

TEST(RelaxedPath, HoldsTheLassoAndLeastSquaresOnItsColumns) {
  RelaxedPath path(uncentred(data), grid(), {});
  LassoPath lasso(data.dense(), data.y(), grid(), {});
  std::size_t k = 0;
  while (!lasso.done())
    for (const auto& solved : lasso.advance()) {
      const RelaxedPoint& point = path.at(k++);
      Vector b = Vector::Zero(15), expected = b;
      for (std::size_t i = 0; i < solved.front().columns.size(); ++i)
        expected[solved.front().columns[i]] = solved.front().coefficients[i];
      EXPECT_EQ(path.rule(point, 1).coefficients, expected);
      if (point.columns.empty()) continue;
      const Vector refit = problem.x(Eigen::all, point.columns).householderQr().solve(problem.y);
      b(point.columns) = refit;
      EXPECT_LE((path.rule(point, 0).coefficients - b).norm(), 1e-10);
      EXPECT_LE((path.rule(point, 0.25).coefficients - (0.25 * expected + 0.75 * b)).norm(), 1e-10);
    }
  EXPECT_EQ(k, 30);
}

// Each set of columns once while it stays.
TEST(RelaxedPath, BillsTheLassoAndEveryNewSetOfColumns) {
  RelaxedPath path(uncentred(data), grid(), {});
  LassoPath lasso(data.dense(), data.y(), grid(), {});
  while (!lasso.done()) lasso.advance();
  double expected = lasso.flops();
  for (std::size_t k = 0; k < 30; ++k) {
    const std::vector<Index> columns = path.at(k).columns;
    if (k > 0 && columns != path.at(k - 1).columns)
      expected += LeastSquares{}.fit_flops(40, std::ssize(columns));
  }
  EXPECT_EQ(path.flops(), expected);
  EXPECT_EQ(path.at(29).flops, expected);
  EXPECT_LE(path.at(3).flops, path.at(20).flops);
}

}  // namespace
}  // namespace quartic::relaxed_path_test
