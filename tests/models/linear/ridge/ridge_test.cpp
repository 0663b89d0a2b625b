#include "models/linear/ridge/ridge.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/moments.hpp"
#include "models/linear/ridge/flops.hpp"
#include "models/linear/ridge/spectrum.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/ridge_cv.hpp"

namespace quartic::ridge_test {
namespace {

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

// (X'X + ridge I)^-1 X'y by a dense inverse, an intercept by appending a column of ones that is not
// penalised.
struct Exact {
  Vector b;
  double intercept = 0;
};
Exact exact_ridge(const Matrix& x, const Vector& y, double ridge, bool intercept) {
  const Index p = x.cols();
  Matrix wide(x.rows(), p + (intercept ? 1 : 0));
  wide.leftCols(p) = x;
  if (intercept) wide.col(p).setOnes();
  Matrix system = wide.transpose() * wide;
  system.diagonal().head(p).array() += ridge;
  const auto factor = reference::cholesky(grid_of<double>(system));
  const auto solved = reference::solve(factor, numbers_of<double>(Vector(wide.transpose() * y)));
  const Vector all = Eigen::Map<const Vector>(solved.data(), std::ssize(solved));
  return {all.head(p), intercept ? all(p) : 0};
}

Data shifted_problem(Index n, Index p, std::uint64_t seed) {
  const Data data = gaussian_problem(n, p, seed);
  return data_of(data.dense().array() + 1, data.y().array() - 2);
}

Data without_rows(const Data& data, Index fold, Index folds) {
  Matrix x(data.rows(), data.columns());
  Vector y(data.rows());
  Index kept = 0;
  for (Index i = 0; i < data.rows(); ++i)
    if (i % folds != fold) x.row(kept) = data.dense().row(i), y(kept++) = data.y()(i);
  return data_of(x.topRows(kept), y.head(kept));
}

TEST(Ridge, MatchesTheNormalEquations) {
  for (const bool intercept : {false, true})
    for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {130, 70}, {70, 130}, {9, 9}, {1, 4}, {4, 1}, {1, 1}})
      for (const double penalty : {0.01, 1.0, 30.0}) {
        const Data data = shifted_problem(n, p, 4);
        const Exact exact = exact_ridge(data.dense(), data.y(), static_cast<double>(n) * penalty, intercept);
        const Fit fitted = fit(Ridge{.penalty = penalty, .intercept = intercept}, data);
        EXPECT_LE((coefficients(fitted) - exact.b).norm(), 1e-9 * (1 + exact.b.norm()));
        EXPECT_NEAR(fitted.predict.linear()->intercept, exact.intercept,
                    1e-9 * (1 + std::abs(exact.intercept)));
        EXPECT_LE(fitted.report.certificate, 1e-13);
        EXPECT_EQ(fitted.report.status, FitStatus::converged);
      }
}

TEST(Ridge, OfPenaltyZeroIsLeastSquares) {
  for (Index n : {10, 40})
    for (const bool intercept : {false, true})
      EXPECT_TRUE(same_bits(fit(Ridge{.penalty = 0.0, .intercept = intercept}, gaussian_problem(n, 20, 1)),
                            fit(LeastSquares{.intercept = intercept}, gaussian_problem(n, 20, 1))));
}

TEST(Ridge, OfAPenaltyBelowRoundingIsTheShortestSolution) {
  Matrix x = gaussian_problem(40, 20, 1).dense();
  x.col(3) = x.col(8);
  const Data data = data_of(x, gaussian_problem(40, 20, 1).y());
  const Fit tiny = fit(Ridge{.penalty = 1e-18}, data), limit = fit(LeastSquares{}, data);
  EXPECT_LE((coefficients(tiny) - coefficients(limit)).norm(), 1e-9 * coefficients(limit).norm());
  EXPECT_NE(tiny.report.message.find("rank 19"), std::string::npos);
}

TEST(Ridge, LeaveOneOutEqualsRefitsWithoutEachRow) {
  const std::vector<double> penalties = {10, 1, 0.1, 0.003};
  for (const bool intercept : {false, true})
    for (auto [n, p] : {std::pair{15, 6}, {6, 15}, {10, 10}}) {
      const Data data = shifted_problem(n, p, 21);
      Matrix x = data.dense();
      Vector y = data.y();
      if (intercept) x.rowwise() -= x.colwise().mean().eval(), y.array() -= y.mean();
      const Data seen = data_of(x, y);
      const double leverage = intercept ? 1.0 / n : 0;
      const Vector errors = RidgeSpectrum(seen, smaller_gram(seen)).leave_one_out_errors(penalties, leverage);
      for (std::size_t k = 0; k < penalties.size(); ++k) {
        double sum = 0;
        for (Index i = 0; i < n; ++i) {
          const Data rest = without_rows(data, i, n);
          const Exact exact = exact_ridge(rest.dense(), rest.y(), n * penalties[k], intercept);
          sum += std::pow(data.y()(i) - data.dense().row(i).dot(exact.b) - exact.intercept, 2);
        }
        EXPECT_NEAR(errors(static_cast<Index>(k)), sum / n, 1e-9 * sum) << n << " " << penalties[k];
      }
    }
}

TEST(Ridge, FoldErrorsEqualRefitsWithoutEachFold) {
  const std::vector<double> penalties = {10, 1, 0.1, 0.003};
  for (const bool intercept : {false, true})
    for (auto [n, p] : {std::pair{23, 6}, {12, 11}, {6, 15}, {3, 2}}) {
      const Data data = shifted_problem(n, p, 22);
      const Vector errors = fold_errors(data, penalties, {.folds = 5, .intercept = intercept});
      const Index folds = std::min<Index>(5, n);
      for (std::size_t k = 0; k < penalties.size(); ++k) {
        double sum = 0;
        for (Index i = 0; i < n; ++i) {
          const Data rest = without_rows(data, i % folds, folds);
          const double ridge = static_cast<double>(rest.rows()) * penalties[k];
          const Exact exact = exact_ridge(rest.dense(), rest.y(), ridge, intercept);
          sum += std::pow(data.y()(i) - data.dense().row(i).dot(exact.b) - exact.intercept, 2);
        }
        EXPECT_NEAR(errors(static_cast<Index>(k)), sum / n, 1e-9 * sum);
      }
    }
}

TEST(Ridge, ChosenPenaltyIsTheBestOfItsGridAndTheFitThatOfTheNumber) {
  for (const bool intercept : {false, true})
    for (Index n : {20, 60}) {
      const Data data = gaussian_problem(n, 30, 23);
      const Fit cv = fit(Ridge{.penalty = "cv", .intercept = intercept}, data);
      Matrix x = data.dense();
      if (intercept) x.rowwise() -= x.colwise().mean().eval();
      const auto grid = ridge_grid(smaller_gram(data_of(x, data.y())), n, 100);
      const Index best = least(fold_errors(data, grid, {.folds = 5, .intercept = intercept}));
      const Fit number =
          fit(Ridge{.penalty = grid[static_cast<std::size_t>(best)], .intercept = intercept}, data);
      EXPECT_LE((numbers_of_rule(cv) - numbers_of_rule(number)).norm(),
                1e-12 * numbers_of_rule(number).norm());
      EXPECT_EQ(cv.report.cost.fit_flops, number.report.cost.fit_flops);
      EXPECT_EQ(number.report.cost.tuning_flops, 0);
    }
}

TEST(Ridge, GridRunsFromAHundredToATenThousandthOfTheMeanEigenvalue) {
  const Data data = gaussian_problem(50, 10, 1);
  const Matrix gram = smaller_gram(data);
  const auto grid = ridge_grid(gram, 50, 7);
  ASSERT_EQ(grid.size(), 7u);
  EXPECT_NEAR(grid.front(), 100 * gram.trace() / 500, 1e-12 * grid.front());
  EXPECT_NEAR(grid.back(), 1e-4 * gram.trace() / 500, 1e-12 * grid.front());
  for (std::size_t k = 1; k < grid.size(); ++k) EXPECT_NEAR(grid[k] / grid[k - 1], 0.1, 1e-12);
  EXPECT_EQ(ridge_grid(Matrix::Zero(4, 4), 9, 3), std::vector<double>(3, 1.0));
}

TEST(Ridge, PathHoldsTheFitOfEveryPenalty) {
  for (const bool intercept : {false, true})
    for (Index n : {20, 60}) {
      const Data data = gaussian_problem(n, 30, 24);
      const Ridge ridge{.penalties = 5, .intercept = intercept};
      const std::vector<Fit> path = Model(ridge).fit_path(data, Stream(1));
      Matrix x = data.dense();
      if (intercept) x.rowwise() -= x.colwise().mean().eval();
      const auto grid = ridge_grid(smaller_gram(data_of(x, data.y())), n, 5);
      ASSERT_EQ(path.size(), 5u);
      for (std::size_t k = 0; k < 5; ++k) {
        const Fit number = fit(Ridge{.penalty = grid[k], .intercept = intercept}, data);
        EXPECT_LE((numbers_of_rule(path[k]) - numbers_of_rule(number)).norm(),
                  1e-10 * numbers_of_rule(number).norm());
        EXPECT_EQ(path[k].report.cost.fit_flops, number.report.cost.fit_flops);
      }
    }
}

TEST(Ridge, HasTheSameBitsAloneAsAlongACurve) {
  const Data data = gaussian_problem(150, 40, 8);
  const std::vector<Index> sizes = {1, 2, 10, 39, 40, 41, 64, 150};
  for (const NumberOrWord& penalty : {NumberOrWord(0.3), NumberOrWord("loo"), NumberOrWord("cv")})
    for (const bool intercept : {false, true}) {
      const Ridge ridge{.penalty = penalty, .penalties = 9, .intercept = intercept};
      const Moments moments(data, sizes, {.row_gram = true, .column_gram = true, .row_factor = true});
      const auto curve = fit_prefixes(ridge, data, sizes),
                 shared = fit_prefixes(ridge, data, sizes, &moments);
      for (std::size_t k = 0; k < sizes.size(); ++k) {
        const Fit alone = fit(ridge, data.prefix(sizes[k]));
        EXPECT_TRUE(same_bits(curve[k], alone)) << sizes[k];
        EXPECT_TRUE(same_bits(shared[k], alone)) << sizes[k];
      }
    }
}

TEST(Ridge, WorksAtHugeAndTinyScales) {
  for (const double scale : {1e140, 1e-140})
    for (Index n : {10, 40}) {
      const Data data = gaussian_problem(n, 20, 14);
      const Fit expected = fit(Ridge{}, data),
                fitted = fit(Ridge{}, data_of(data.dense() * scale, data.y() * scale));
      EXPECT_LE((coefficients(fitted) - coefficients(expected)).norm(), 1e-8 * coefficients(expected).norm());
    }
}

TEST(Ridge, FitsZerosWhereNothingVaries) {
  for (const NumberOrWord& penalty : {NumberOrWord(0.3), NumberOrWord("loo"), NumberOrWord("cv")}) {
    const Fit fitted = fit(Ridge{.penalty = penalty}, data_of(Matrix::Zero(6, 3), Vector::Ones(6)));
    EXPECT_EQ(coefficients(fitted).norm(), 0);
    EXPECT_EQ(fitted.report.status, FitStatus::converged);
  }
}

TEST(Ridge, RefusesOptionsItCannotUse) {
  const Data data = gaussian_problem(5, 2, 1);
  EXPECT_THROW(fit(Ridge{.penalty = -1.0}, data), InvalidInput);
  EXPECT_THROW(fit(Ridge{.penalty = NAN}, data), InvalidInput);
  EXPECT_THROW(fit(Ridge{.penalty = "theory"}, data), InvalidInput);
  EXPECT_THROW(fit(Ridge{.penalties = 0}, data), InvalidInput);
  EXPECT_THROW(fit(Ridge{.folds = 1}, data), InvalidInput);
}

using Counted = CountingScalar;

TEST(Ridge, IsBilledWhatTheObviousAlgorithmCounts) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {5, 1}, {1, 5}, {1, 1}, {9, 9}}) {
    const Data data = gaussian_problem(n, p, 11);
    const auto x = grid_of<Counted>(data.dense());
    const auto y = numbers_of<Counted>(data.y());
    const Cost cost = fit(Ridge{.penalty = 0.5}, data).report.cost;
    EXPECT_EQ(cost.fit_flops,
              count_flops([&] { reference::ridge(reference::ridge_system(x, y), Counted(0.5)); }));
    EXPECT_EQ(cost.tuning_flops, 0);
    const auto system = reference::ridge_system(x, y);
    const Cost loo = fit(Ridge{.penalties = 6}, data).report.cost;
    EXPECT_EQ(loo.fit_flops, cost.fit_flops);
    EXPECT_EQ(loo.tuning_flops, count_flops([&] { reference::leave_one_out_errors(system, 6, Counted(0)); }))
        << n;
    if (n == 1) continue;
    const auto folds = static_cast<std::size_t>(std::min(n, 4));
    const Cost cv = fit(Ridge{.penalty = "cv", .penalties = 6, .folds = 4}, data).report.cost;
    EXPECT_EQ(cv.fit_flops, cost.fit_flops);
    EXPECT_EQ(cv.tuning_flops, count_flops([&] { reference::fold_errors(system, {x, y}, 6, folds); })) << n;
  }
}

TEST(Ridge, IsBilledForItsInterceptToo) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {9, 9}}) {
    const Data data = gaussian_problem(n, p, 11);
    const auto x = grid_of<Counted>(data.dense());
    const auto y = numbers_of<Counted>(data.y());
    const auto centred = reference::centre(x, y);
    const auto system = reference::ridge_system(centred.x, centred.y);
    const Ridge number{.penalty = 0.5, .intercept = true};
    EXPECT_EQ(fit(number, data).report.cost.fit_flops,
              ridge_flops(n, p) + centring_flops(static_cast<double>(n), static_cast<double>(p)));
    const Ridge loo{.penalties = 6, .intercept = true};
    EXPECT_EQ(fit(loo, data).report.cost.tuning_flops,
              count_flops([&] { reference::leave_one_out_errors(system, 6, Counted(0.1)); }));
    const Ridge cv{.penalty = "cv", .penalties = 6, .folds = 4, .intercept = true};
    EXPECT_EQ(fit(cv, data).report.cost.tuning_flops, count_flops([&] {
                reference::centred_fold_errors(system, {x, y}, 6, 4);
              }));
  }
}

}  // namespace
}  // namespace quartic::ridge_test
