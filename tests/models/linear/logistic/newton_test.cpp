#include "models/linear/logistic/newton.hpp"

#include <gtest/gtest.h>

#include "models/linear/logistic/flops.hpp"
#include "tests/support/class_problem.hpp"

namespace quartic::newton_test {
namespace {

using detail::NewtonEnd;
using detail::NewtonResult;

TEST(LogisticNewton, AgreesByColumnsAndByRows) {
  const Data data = logistic_problem(40, 12, 2, 6);
  const Matrix x = data.dense(), gram = x * x.transpose();
  const detail::NewtonControls exact{.tolerance = 1e-12};
  const NewtonResult columns = newton(detail::ByColumns{x, data.y(), Vector::Constant(12, 0.05)}, exact);
  const NewtonResult rows = newton(detail::ByRows{gram, data.y(), 0.05, false}, exact);
  ASSERT_EQ(columns.end, NewtonEnd::converged);
  ASSERT_EQ(rows.end, NewtonEnd::converged);
  EXPECT_LE((columns.parameters - x.transpose() * rows.parameters).norm(), 1e-8);
}

TEST(LogisticNewton, TellsHowADescentEnds) {
  const Data data = logistic_problem(60, 4, 1, 6);
  Matrix x = data.dense();
  EXPECT_EQ(newton(detail::ByColumns{x, data.y(), {}}, {}).end, NewtonEnd::converged);
  EXPECT_EQ(newton(detail::ByColumns{x, data.y(), {}}, {.iterations = 1}).end, NewtonEnd::limit);
  x.col(2) = x.col(0) - x.col(3);
  EXPECT_EQ(newton(detail::ByColumns{x, data.y(), {}}, {}).end, NewtonEnd::collinear);
  x = data.dense();
  x.col(2) = 2 * data.y().array() - 1;
  EXPECT_EQ(newton(detail::ByColumns{x, data.y(), {}}, {}).end, NewtonEnd::separated);
}

// The first column alone tells apart the rows where it is not zero.
TEST(LogisticNewton, FindsClassesThatTouch) {
  const Data data = logistic_problem(100, 3, 1, 6);
  Matrix x = data.dense();
  x.col(0).setZero();
  x(7, 0) = 2 * data.y()[7] - 1;
  const NewtonResult result = newton(detail::ByColumns{x, data.y(), {}}, {});
  EXPECT_EQ(result.end, NewtonEnd::separated);
  EXPECT_GT(std::abs(result.parameters[0]), 0);
  EXPECT_LE(result.parameters.tail(2).norm(), 1e-9 * std::abs(result.parameters[0]));
}

// Its residual and its weight are zero as numbers: it neither proves nor disproves.
TEST(LogisticNewton, ProvesTheMaximumBesideARowFarOnItsSide) {
  const Data data = logistic_problem(200, 3, 1, 6);
  Matrix x = data.dense();
  const NewtonResult without = newton(detail::ByColumns{x, data.y(), {}}, {});
  ASSERT_EQ(without.end, NewtonEnd::converged);
  const Vector side = (2 * data.y()[5] - 1) * without.parameters / without.parameters.squaredNorm();
  x.row(5) = 2000 * side.transpose();
  const NewtonResult with = newton(detail::ByColumns{x, data.y(), {}}, {});
  ASSERT_EQ(with.end, NewtonEnd::converged);
  EXPECT_GT(std::abs(x.row(5).dot(with.parameters)), 745);
  EXPECT_LT(with.iterations, 10);
}

// Hessians cost more than all else here: most steps take an earlier one.
TEST(LogisticNewton, TakesFewHessians) {
  const Data data = logistic_problem(1000, 100, 1, 6);
  const Matrix x = data.dense();
  const NewtonResult result = newton(detail::ByColumns{x, data.y(), {}}, {});
  ASSERT_EQ(result.end, NewtonEnd::converged);
  EXPECT_LE(result.certificate, 1e-8);
  EXPECT_LE(result.flops, 4 * detail::logistic_flops::hessian(1000, 100, 0));
}

}  // namespace
}  // namespace quartic::newton_test
