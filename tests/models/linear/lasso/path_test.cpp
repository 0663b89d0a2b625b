#include "models/linear/lasso/path.hpp"

#include <gtest/gtest.h>

#include "models/linear/cross_validation.hpp"
#include "models/linear/lasso/correlations.hpp"
#include "models/linear/lasso/flops.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "tests/support/reference/lasso.hpp"
#include "tests/support/reference/lasso_path.hpp"

namespace quartic::path_test {
namespace {

using detail::FoldMeans;
using detail::LassoControls;
using reference::LassoProblem;
using reference::sparse_problem;

MatrixView view(const Matrix& x) {
  return {x.data(), x.rows(), x.cols()};
}
VectorView view(const Vector& y) {
  return {y.data(), y.size()};
}

std::vector<double> grid(const LassoProblem& problem, double ratio, Index count) {
  return detail::penalty_grid(detail::largest_penalty(view(problem.x), view(problem.y)), ratio, count);
}

LassoProblem with_repeated_columns(LassoProblem problem) {
  problem.x.col(1) = -problem.x.col(0);
  problem.x.col(4) = 0.7 * (problem.x.col(2) + problem.x.col(3));
  return problem;
}

/// The bill of the path down to every penalty equals the count of the reference.
void expect_exact_bill(const LassoProblem& problem, const std::vector<double>& penalties,
                       LassoControls controls) {
  detail::LassoPath path(view(problem.x), view(problem.y), penalties, controls);
  const std::uint64_t before = CountingScalar::operations();
  reference::LassoPath<CountingScalar> counted(grid_of<CountingScalar>(problem.x),
                                               numbers_of<CountingScalar>(problem.y), penalties, controls);
  std::size_t done = 0;
  while (!path.done()) {
    done += path.advance().size();
    counted.run(done);
    EXPECT_EQ(counted.next(), done);
    EXPECT_EQ(path.flops(), static_cast<double>(CountingScalar::operations() - before))
        << done << " penalties";
  }
}

TEST(LassoPath, BillsWhatTheReferenceCounts) {
  for (const auto& [n, d] : {std::pair<Index, Index>{40, 15}, {25, 60}, {12, 200}, {1, 6}, {9, 1}}) {
    SCOPED_TRACE(testing::Message() << n << " x " << d);
    const LassoProblem problem = sparse_problem(n, d, std::min<Index>(d, 6), 0.7, 300 + n);
    expect_exact_bill(problem, grid(problem, 0.02, 25), {});
    expect_exact_bill(problem, {0.05 * grid(problem, 1, 1).front()}, {.tolerance = 1e-10});
  }
}

TEST(LassoPath, BillsTrainingSetsAsTheReferenceCounts) {
  const LassoProblem problem = sparse_problem(31, 50, 5, 0.7, 41);
  for (FoldMeans means : {FoldMeans::ignored, FoldMeans::fitted})
    for (Index folds : {2, 5}) expect_exact_bill(problem, grid(problem, 0.05, 20), {.sets = {folds, means}});
}

TEST(LassoPath, BillsDependentColumnsAsTheReferenceCounts) {
  const LassoProblem problem = with_repeated_columns(sparse_problem(20, 12, 5, 0.3, 42));
  expect_exact_bill(problem, grid(problem, 0.01, 12), {});
}

TEST(LassoPath, BillsAFitAtOnePenaltyAsTheReferenceCounts) {
  const LassoProblem problem = sparse_problem(30, 90, 5, 0.7, 43);
  const double penalty = 0.1 * grid(problem, 1, 1).front();
  const double flops = count_flops([&] {
    reference::LassoPath<CountingScalar>(grid_of<CountingScalar>(problem.x),
                                         numbers_of<CountingScalar>(problem.y), {penalty}, {})
        .run(1);
  });
  const Fit fit = Lasso{.penalty = penalty}.fit(Data(problem.x, problem.y), Stream(1));
  EXPECT_EQ(fit.report.cost.fit_flops, flops);
  EXPECT_EQ(fit.report.cost.tuning_flops, 0);
}

TEST(LassoPath, FitsEveryTrainingSetAsIfItWereAlone) {
  const LassoProblem problem = sparse_problem(43, 70, 5, 0.7, 44);
  const std::vector<double> penalties = grid(problem, 0.05, 15);
  detail::LassoPath path(view(problem.x), view(problem.y), penalties, {.tolerance = 1e-12, .sets = {5}});
  std::size_t k = 0;
  while (!path.done()) {
    for (const auto& points : path.advance()) {
      for (Index fold = 0; fold < 5; ++fold) {
        std::vector<Index> inside, outside;
        for (Index i = 0; i < 43; ++i) (i % 5 == fold ? outside : inside).push_back(i);
        const LassoProblem training{problem.x(inside, Eigen::all), problem.y(inside)};
        const Vector b = reference::coordinate_descent(training, penalties[k], 1e-13);
        const double error = (problem.y(outside) - problem.x(outside, Eigen::all) * b).squaredNorm() /
                             static_cast<double>(outside.size());
        EXPECT_NEAR(points[fold].validation_error, error, 1e-5 * error)
            << "penalty " << k << " fold " << fold;
      }
      ++k;
    }
  }
  EXPECT_EQ(k, penalties.size());
}

TEST(LassoPath, TakesEveryTrainingSetAboutItsOwnMeans) {
  LassoProblem problem = sparse_problem(36, 20, 4, 0.7, 45);
  for (Index i = 0; i < 36; ++i) problem.x.row(i).array() += i % 4;
  const std::vector<double> penalties = {0.1};
  detail::LassoPath path(view(problem.x), view(problem.y), penalties,
                         {.tolerance = 1e-12, .sets = {4, FoldMeans::fitted}});
  const auto points = path.advance().front();
  for (Index fold = 0; fold < 4; ++fold) {
    std::vector<Index> inside, outside;
    for (Index i = 0; i < 36; ++i) (i % 4 == fold ? outside : inside).push_back(i);
    const Fit fit = Lasso{.penalty = 0.1, .tolerance = 1e-12, .intercept = true}.fit(
        Data(Matrix(problem.x(inside, Eigen::all)), problem.y(inside)), Stream(1));
    const Vector residual = problem.y(outside) - fit.predict.score(problem.x(outside, Eigen::all));
    EXPECT_NEAR(points[fold].validation_error, residual.squaredNorm() / 9, 1e-8);
  }
}

TEST(LassoPath, MultipliesManyResidualsAsPlainLoopsWould) {
  for (const auto& [m, n, d] :
       {std::array<Index, 3>{1, 7, 100}, {5, 1, 24}, {13, 30, 77}, {25, 11, 5}, {8, 40, 240}}) {
    const Matrix R = sparse_problem(m, n, 0, 1, 5).x, x = sparse_problem(n, d, 0, 1, 6).x;
    const Matrix expected = R.lazyProduct(x);
    EXPECT_LT((detail::correlations(R, view(x)) - expected).cwiseAbs().maxCoeff(),
              1e-12 * static_cast<double>(n));
  }
}

}  // namespace
}  // namespace quartic::path_test
