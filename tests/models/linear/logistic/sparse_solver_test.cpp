#include "models/linear/logistic/sparse_solver.hpp"

#include <gtest/gtest.h>

#include "tests/support/class_problem.hpp"
#include "tests/support/reference/logistic_lasso.hpp"
#include "tests/support/reference/sparse_newton.hpp"

namespace quartic::sparse_solver_test {
namespace {

using detail::Intercept;

std::vector<Index> every_column(Index d) {
  std::vector<Index> all;
  for (Index j = 0; j < d; ++j) all.push_back(j);
  return all;
}

TEST(SparseSolver, FindsTheMinimumOnAWorkingSetOfAllColumns) {
  const Data data = logistic_problem(70, 12, 3, 6);
  detail::WorkingColumns columns(data, detail::TrainingRows::all(70), Intercept::none);
  columns.add(every_column(12));
  const Vector y = data.y();
  detail::SparseSolver solver(columns, y);
  for (const double penalty : {0.1, 0.01, 0.001, 0.05}) {  // warm, both ways
    ASSERT_TRUE(solver.solve({penalty, 0}, 1e-8, 100));
    const LinearRule expected = reference::SparseLogistic{penalty}.fit(data, 30000);
    EXPECT_LE((solver.state().coefficients - expected.coefficients).norm(), 1e-5) << penalty;
    EXPECT_LE((solver.state().scores - data.dense() * solver.state().coefficients).norm(), 1e-10);
  }
  EXPECT_GT(solver.flops(), 0);
}

// Working set of all columns, as the solver has it, and the same penalties one after the other.
template <class T>
std::vector<T> follow(const detail::WorkingColumns& columns, const Vector& labels, double square) {
  const Grid<T> x = grid_of<T>(Matrix(columns.all()));
  const std::vector<T> y = numbers_of<T>(labels);
  reference::SparseNewton<T> slow{x, y, static_cast<std::size_t>(columns.unpenalised())};
  slow.square = square;
  for (const double penalty : {0.1, 0.02, 0.005}) {
    slow.absolute = penalty;
    slow.solve(1e-6);
  }
  return slow.b;
}

TEST(SparseSolver, BillsWhatTheSlowSolverCounts) {
  const Data data = logistic_problem(70, 12, 3, 6, 0.5);
  const Vector y = data.y();
  for (const Intercept intercept : {Intercept::none, Intercept::fitted}) {
    for (const double square : {0.0, 0.01}) {
      detail::WorkingColumns columns(data, detail::TrainingRows::all(70), intercept);
      columns.add(every_column(12));
      detail::SparseSolver solver(columns, y);
      for (const double penalty : {0.1, 0.02, 0.005}) ASSERT_TRUE(solver.solve({penalty, square}, 1e-6, 100));
      const std::vector<double> b = follow<double>(columns, y, square);
      for (std::size_t k = 0; k < b.size(); ++k)
        EXPECT_NEAR(solver.state().coefficients[static_cast<Index>(k)], b[k], 1e-9);
      EXPECT_EQ(solver.flops(), count_flops([&] { follow<CountingScalar>(columns, y, square); }));
    }
  }
}

TEST(SparseSolver, StopsAtItsLimit) {
  const Data data = logistic_problem(70, 12, 3, 6);
  detail::WorkingColumns columns(data, detail::TrainingRows::all(70), Intercept::none);
  columns.add(every_column(12));
  const Vector y = data.y();
  detail::SparseSolver solver(columns, y);
  EXPECT_FALSE(solver.solve({1e-3, 0}, 1e-8, 2));
  EXPECT_EQ(solver.steps(), 2);
}

TEST(SparseSolver, GoesOnFromAStateGivenBack) {
  const Data data = logistic_problem(70, 12, 3, 6);
  detail::WorkingColumns columns(data, detail::TrainingRows::all(70), Intercept::none);
  columns.add(every_column(12));
  const Vector y = data.y();
  detail::SparseSolver solver(columns, y);
  const detail::SparseSolver::State start = solver.state();
  ASSERT_TRUE(solver.solve({0.01, 0}, 1e-9, 100));
  const Vector once = solver.state().coefficients;
  solver.restore(start);
  ASSERT_TRUE(solver.solve({0.01, 0}, 1e-9, 100));
  EXPECT_LE((solver.state().coefficients - once).norm(), 1e-6);
}

}  // namespace
}  // namespace quartic::sparse_solver_test
