#include <gtest/gtest.h>

#include <cmath>

#include "models/linear/cross_validation.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/lasso/path.hpp"
#include "tests/support/reference/lasso.hpp"

namespace quartic::lasso_statistics {
namespace {

using reference::LassoProblem;
using reference::sparse_problem;

/// Excess risk in the isotropic world of sparse_problem: |b - b*|^2.
double excess_risk(const Vector& b, Index relevant) {
  Vector error = b;
  for (Index j = 0; j < relevant; ++j) error[j] -= j % 2 == 0 ? 1 : -1;
  return error.squaredNorm();
}

TEST(LassoStatistics, HasTheRiskOfStateEvolution) {
  // Bayati & Montanari 2012: d = 1000, 10 coefficients of size 1, noise 1, n = 400, l = sqrt 2 sqrt(2 ln d /
  // n).
  constexpr double expected = 0.7711;
  constexpr int replicates = 60;
  const double penalty = std::sqrt(2.0) * std::sqrt(2 * std::log(1000.0) / 400);
  double sum = 0, squares = 0;
  for (int r = 0; r < replicates; ++r) {
    const LassoProblem problem = sparse_problem(400, 1000, 10, 1.0, 1000 + r);
    const Fit fit = Lasso{.penalty = penalty}.fit(Data(problem.x, problem.y), Stream(1));
    const double risk = excess_risk(fit.predict.linear()->coefficients, 10);
    sum += risk;
    squares += risk * risk;
  }
  const double mean = sum / replicates;
  const double standard_error = std::sqrt((squares / replicates - mean * mean) / (replicates - 1));
  EXPECT_NEAR(mean, expected, std::max(5 * standard_error, 0.05 * expected));
  EXPECT_LT(5 * standard_error, 0.2 * expected);  // the comparison says something
}

/// Errors along the whole grid, and how many of them the rule that stops early would have looked at.
struct Curve {
  std::vector<ValidationError> errors;
  std::size_t stopped;
};
Curve curve_of(const LassoProblem& problem) {
  const MatrixView x(problem.x.data(), problem.x.rows(), problem.x.cols());
  const VectorView y(problem.y.data(), problem.y.size());
  const std::vector<double> grid = detail::penalty_grid(detail::largest_penalty(x, y), 0.01, 100);
  detail::LassoPath path(x, y, grid, {.tolerance = 1e-4, .sets = {5}});
  Curve curve{{}, grid.size()};
  while (!path.done()) {
    for (const auto& points : path.advance()) {
      std::vector<double> errors;
      for (const auto& point : points) errors.push_back(point.validation_error);
      curve.errors.push_back(validation_error(errors));
      if (curve.stopped == grid.size() && has_risen(curve.errors)) curve.stopped = curve.errors.size();
    }
  }
  return curve;
}

TEST(LassoStatistics, StopsTheGridEarlyWithoutAnotherChoice) {
  int cases = 0, same = 0, same_1se = 0;
  std::size_t looked_at = 0;
  for (Index n : {20, 40, 80, 160, 320}) {
    for (double noise : {0.5, 1.0, 2.0, 4.0}) {
      for (int r = 0; r < 10; ++r, ++cases) {
        const Curve curve = curve_of(sparse_problem(n, 100, 5, noise, 5000 + cases));
        const auto early = std::span(curve.errors).first(curve.stopped);
        same += smallest_error(early) == smallest_error(curve.errors);
        same_1se += one_standard_error(early) == one_standard_error(curve.errors);
        looked_at += curve.stopped;
      }
    }
  }
  EXPECT_EQ(cases, 200);
  EXPECT_GE(same, 198);
  EXPECT_GE(same_1se, 198);
  EXPECT_LT(looked_at, 85u * 200);  // it does stop early
}

TEST(LassoStatistics, ChoosesByValidationNearlyAsWellAsByTheTruth) {
  double chosen = 0, best = 0;
  for (int r = 0; r < 20; ++r) {
    const LassoProblem problem = sparse_problem(150, 200, 5, 1.0, 9000 + r);
    const Data data(problem.x, problem.y);
    chosen += excess_risk(Lasso{}.fit(data, Stream(1)).predict.linear()->coefficients, 5);
    double smallest = INFINITY;
    for (const Fit& fit : Lasso{}.fit_path(data, Stream(1)))
      smallest = std::min(smallest, excess_risk(fit.predict.linear()->coefficients, 5));
    best += smallest;
  }
  EXPECT_LT(chosen, 1.5 * best);
  EXPECT_GE(chosen, best);
}

}  // namespace
}  // namespace quartic::lasso_statistics
