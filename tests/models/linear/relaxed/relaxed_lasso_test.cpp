#include "models/linear/relaxed/relaxed_lasso.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "core/require.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/relaxed/flops.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/lasso.hpp"
#include "tests/support/reference/linear.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::relaxed_lasso_test {
namespace {

namespace flops = detail::relaxed_flops;
using reference::LassoProblem;
using support::thrown_message;

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

Data data_of_problem(const LassoProblem& problem) {
  return {problem.x, problem.y};
}

double largest_penalty(const LassoProblem& problem) {
  return (problem.x.transpose() * problem.y).cwiseAbs().maxCoeff() / static_cast<double>(problem.y.size());
}

// Coordinate descent to the end, QR on the columns that are left.
Vector slow_fit(const LassoProblem& problem, double penalty, double mix) {
  const Vector lasso = reference::coordinate_descent(problem, penalty, 1e-15);
  std::vector<Index> columns;
  for (Index j = 0; j < lasso.size(); ++j)
    if (lasso[j] != 0) columns.push_back(j);
  Vector refit = Vector::Zero(lasso.size());
  if (!columns.empty())
    refit(columns) = Vector(problem.x(Eigen::all, columns).colPivHouseholderQr().solve(problem.y));
  return mix * lasso + (1 - mix) * refit;
}

TEST(RelaxedLasso, IsTheSlowLassoMixedWithLeastSquaresOnItsColumns) {
  for (const auto& [n, d] : {std::pair<Index, Index>{60, 20}, {30, 80}}) {
    const LassoProblem problem = reference::sparse_problem(n, d, 4, 1, 10);
    for (const double fraction : {0.7, 0.3, 0.1})
      for (const double mix : {0.0, 0.4, 1.0}) {
        const double penalty = fraction * largest_penalty(problem);
        const RelaxedLasso model{.penalty = penalty, .mix = mix, .tolerance = 1e-12};
        EXPECT_LE(
            (coefficients(fit(model, data_of_problem(problem))) - slow_fit(problem, penalty, mix)).norm(),
            1e-6);
      }
  }
}

TEST(RelaxedLasso, WithAllOfTheLassoIsTheLasso) {
  const Data data = data_of_problem(reference::sparse_problem(50, 30, 5, 1, 11));
  for (const bool intercept : {false, true}) {
    const Fit lasso = fit(Lasso{.penalty = 0.2, .intercept = intercept}, data),
              relaxed = fit(RelaxedLasso{.penalty = 0.2, .mix = 1.0, .intercept = intercept}, data);
    EXPECT_LE((numbers_of_rule(lasso) - numbers_of_rule(relaxed)).norm(), 1e-14);
    EXPECT_EQ(lasso.report.certificate, relaxed.report.certificate);
    EXPECT_EQ(lasso.report.parameters, relaxed.report.parameters);
  }
}

// The mean over folds at every pair; of equal errors the first.
TEST(RelaxedLasso, ChoosesThePairOfTheFoldsOfTheObviousAlgorithm) {
  for (std::uint64_t seed = 20; seed < 24; ++seed) {
    const LassoProblem problem = reference::sparse_problem(40, 8, 3, 1, seed);
    const Data data = data_of_problem(problem);
    double least = infinity, penalty = 0, mix = 0;
    const double largest = largest_penalty(problem);
    for (int k = 0; k < 8; ++k)
      for (int m = 0; m < 4; ++m) {
        const double at = largest * std::pow(0.01, k / 7.0), share = 1 - m / 3.0;
        double error = 0;
        for (Index f = 0; f < 5; ++f) {
          const Fold fold = divide(data, f, 5);
          const Vector b = slow_fit({fold.training.dense(), fold.training.y()}, at, share);
          error += (fold.held_out.y() - fold.held_out.dense() * b).squaredNorm() / 40;
        }
        if (error < least) least = error, penalty = at, mix = share;
      }
    const RelaxedLasso model{.mixes = 4, .penalties = 8, .tolerance = 1e-10};
    EXPECT_LE((coefficients(fit(model, data)) - slow_fit(problem, penalty, mix)).norm(), 1e-5) << seed;
  }
}

TEST(RelaxedLasso, PathHasEveryPenaltyAndMix) {
  const LassoProblem problem = reference::sparse_problem(30, 12, 3, 1, 30);
  const Data data = data_of_problem(problem);
  const std::vector<Fit> path = RelaxedLasso{.mixes = 3, .penalties = 5}.fit_path(data, Stream(1));
  ASSERT_EQ(path.size(), 15);
  std::size_t at = 0;
  for (int k = 0; k < 5; ++k)
    for (int m = 0; m < 3; ++m) {
      const double penalty = largest_penalty(problem) * std::pow(0.01, k / 4.0);
      const Fit alone = fit(RelaxedLasso{.penalty = penalty, .mix = 1 - m / 2.0}, data);
      EXPECT_LE((coefficients(path[at++]) - coefficients(alone)).norm(), 1e-3) << k << m;
    }
  EXPECT_EQ((RelaxedLasso{.mix = 0.5, .penalties = 5}.fit_path(data, Stream(1)).size()), 5);
}

TEST(RelaxedLasso, IsBilledWhatTheObviousCodeCounts) {
  using T = CountingScalar;
  const auto x = grid_of<T>(gaussian_matrix(7, 3, Stream(1)));
  const auto y = numbers_of<T>(Vector(gaussian_matrix(7, 1, Stream(2))));
  const auto residual = [&](bool intercept) {
    reference::Numbers<T> left = y;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (intercept) left[i] -= T(0.25);
      for (std::size_t k = 0; k < 3; ++k) left[i] -= x(i, k) * T(0.5);
    }
    return left;
  };
  for (const bool intercept : {false, true})
    EXPECT_EQ(flops::judge(7, 3, intercept ? 1 : 0), count_flops([&] {
                const auto r = residual(intercept), s = residual(intercept);
                reference::dot(r, r);
                reference::dot(r, s);
                reference::dot(s, s);
              }));
  const T mix = 0.3, rr = 1, rs = 2, ss = 3, h = 7;
  EXPECT_EQ(flops::mix_error(), count_flops([&] {
              const T rest = T(1) - mix;
              return (mix * mix * rr + T(2) * (mix * rest) * rs + rest * rest * ss) / h;
            }));
  EXPECT_EQ(flops::combine(3), count_flops([&] {
              const T rest = T(1) - mix;
              for (int k = 0; k < 3; ++k) static_cast<void>(mix * rr + rest * ss);
            }));
}

TEST(RelaxedLasso, BillsWhatChoosingTakesApart) {
  const Data data = data_of_problem(reference::sparse_problem(40, 10, 3, 1, 40));
  const Fit chosen = fit(RelaxedLasso{.penalties = 20}, data), lasso = fit(Lasso{.penalties = 20}, data);
  EXPECT_GT(chosen.report.cost.tuning_flops, 0);
  EXPECT_LT(chosen.report.cost.fit_flops, chosen.report.cost.tuning_flops);
  EXPECT_EQ(fit(RelaxedLasso{.penalty = 0.1, .mix = 0.5}, data).report.cost.tuning_flops, 0);
  EXPECT_GT(chosen.report.cost.tuning_flops, lasso.report.cost.tuning_flops);
}

// Ten effects of ten standard errors: the lasso shrinks them, least squares on its columns does not.
TEST(RelaxedLasso, ShrinksLessThanTheLassoWhereEffectsAreLarge) {
  double lasso = 0, relaxed = 0;
  for (std::uint64_t seed = 50; seed < 60; ++seed) {
    const LassoProblem problem = reference::sparse_problem(100, 200, 5, 0.5, seed);
    Vector truth = Vector::Zero(200);
    for (Index j = 0; j < 5; ++j) truth[j] = j % 2 == 0 ? 1 : -1;
    lasso += (coefficients(fit(Lasso{}, data_of_problem(problem))) - truth).squaredNorm();
    relaxed += (coefficients(fit(RelaxedLasso{}, data_of_problem(problem))) - truth).squaredNorm();
  }
  EXPECT_LT(relaxed, lasso / 2);
}

TEST(RelaxedLasso, RefusesWhatItCannotUse) {
  const Data data = data_of_problem(reference::sparse_problem(20, 5, 2, 1, 60));
  EXPECT_THROW(fit(RelaxedLasso{.penalty = 0.0, .mix = 0.5}, data), InvalidInput);
  EXPECT_THROW(fit(RelaxedLasso{.mix = 1.5}, data), InvalidInput);
  EXPECT_THROW(fit(RelaxedLasso{.mix = "half"}, data), InvalidInput);
  EXPECT_THROW(fit(RelaxedLasso{}, data.prefix(1)), InvalidInput);
  EXPECT_THROW(RelaxedLasso{}.fit(logistic_problem(10, 2, 1, 1), Stream(1)), InvalidInput);
  EXPECT_NE(thrown_message([&] { fit(RelaxedLasso{.penalty = 0.1}, data); }).find("Set penalty = \"cv\""),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::relaxed_lasso_test
