#include "models/linear/least_squares.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "core/require.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/minimum_norm.hpp"
#include "models/linear/moments.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/linear.hpp"

namespace quartic::least_squares_test {
namespace {

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

void expect_equal(const Fit& fit, const reference::Rule<double>& rule, double tolerance) {
  const Vector expected = Eigen::Map<const Vector>(rule.coefficients.data(), std::ssize(rule.coefficients));
  EXPECT_LE((coefficients(fit) - expected).norm(), tolerance * expected.norm());
  EXPECT_NEAR(fit.predict.linear()->intercept, rule.intercept, tolerance * (1 + std::abs(rule.intercept)));
}

TEST(LeastSquares, MatchesTheSlowSolver) {
  for (auto [n, p] :
       {std::pair{20, 7}, {7, 20}, {150, 130}, {130, 150}, {5, 1}, {1, 5}, {1, 1}, {9, 8}, {8, 9}}) {
    const Data data = gaussian_problem(n, p, 11);
    const auto x = grid_of<double>(data.dense());
    const auto y = numbers_of<double>(data.y());
    expect_equal(fit(LeastSquares{}, data), reference::least_squares(x, y), 1e-9);
  }
}

TEST(LeastSquares, MatchesTheSlowSolverWithAnIntercept) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {9, 8}, {8, 8}, {8, 9}, {5, 1}, {2, 5}}) {
    Data data = gaussian_problem(n, p, 12);
    data = data_of(data.dense().array() + 3, data.y().array() - 5);
    const auto x = grid_of<double>(data.dense());
    const auto y = numbers_of<double>(data.y());
    expect_equal(fit(LeastSquares{.intercept = true}, data), reference::least_squares_with_intercept(x, y),
                 1e-9);
  }
}

TEST(LeastSquares, SatisfiesTheNormalEquations) {
  const Data data = gaussian_problem(300, 100, 2);
  const Fit fitted = fit(LeastSquares{}, data);
  const Vector residual = data.y() - data.dense() * coefficients(fitted);
  EXPECT_LE((data.dense().transpose() * residual).norm(), 1e-12 * data.dense().norm() * data.y().norm());
  EXPECT_LE(fitted.report.certificate, 1e-14);
  EXPECT_EQ(fitted.report.parameters, 100);
  EXPECT_EQ(fitted.report.message, "");
}

TEST(LeastSquares, InterpolatesWithTheLeastNormBelowTheColumns) {
  const Data data = gaussian_problem(100, 300, 2);
  const Fit fitted = fit(LeastSquares{}, data);
  EXPECT_LE((data.dense() * coefficients(fitted) - data.y()).norm(), 1e-12 * data.y().norm());
  EXPECT_LE(fitted.report.certificate, 1e-13);
  // The shortest solution lies in the row space: no part is orthogonal to all rows.
  const Vector shortest = data.dense().completeOrthogonalDecomposition().solve(data.y());
  EXPECT_LE((coefficients(fitted) - shortest).norm(), 1e-11 * shortest.norm());
}

TEST(LeastSquares, HasTheSameBitsAloneAsAlongAnyCurve) {
  const std::vector<std::vector<Index>> curves = {
      {1, 5, 63, 64, 65, 99, 100, 101, 128, 200, 300}, {5, 100, 300}, {64, 99}, {101, 128}, {299, 300}};
  const Data data = gaussian_problem(300, 100, 8);
  for (const bool intercept : {false, true}) {
    const LeastSquares model{.intercept = intercept};
    for (const auto& sizes : curves) {
      const Moments moments(data, sizes, {.row_gram = true, .column_gram = true, .row_factor = true});
      const auto curve = fit_prefixes(model, data, sizes),
                 shared = fit_prefixes(model, data, sizes, &moments);
      for (std::size_t k = 0; k < sizes.size(); ++k) {
        const Fit alone = fit(model, data.prefix(sizes[k]));
        EXPECT_TRUE(same_bits(curve[k], alone)) << sizes[k];
        EXPECT_TRUE(same_bits(shared[k], alone)) << sizes[k];
      }
    }
  }
}

TEST(LeastSquares, HasTheSameBitsOverManyColumns) {
  const std::vector<Index> sizes = {10, 100, 150, 300, 640, 700, 1100};
  const Data data = gaussian_problem(1100, 700, 8);
  const auto curve = fit_prefixes(LeastSquares{}, data, sizes);
  for (std::size_t k = 0; k < sizes.size(); ++k)
    EXPECT_TRUE(same_bits(curve[k], fit(LeastSquares{}, data.prefix(sizes[k])))) << sizes[k];
}

TEST(LeastSquares, DoesWithoutMomentsThatLackWhatItNeeds) {
  const Data data = gaussian_problem(60, 20, 8);
  const std::vector<Index> sizes = {10, 20, 60}, other = {60};
  const Moments moments(data, other, {.column_gram = true});
  const auto curve = fit_prefixes(LeastSquares{}, data, sizes, &moments);
  for (std::size_t k = 0; k < sizes.size(); ++k)
    EXPECT_TRUE(same_bits(curve[k], fit(LeastSquares{}, data.prefix(sizes[k]))));
}

TEST(LeastSquares, ReadsSinglePrecisionAsTheSameNumbersInDouble) {
  for (Index n : {30, 90}) {
    const Data single = in_single_precision(gaussian_problem(n, 50, 9));
    const Data widened(single.block({0, n}, {0, 50}), Vector(single.y()));
    EXPECT_TRUE(same_bits(fit(LeastSquares{}, single), fit(LeastSquares{}, widened)));
  }
}

TEST(LeastSquares, GivesTheShortestSolutionForCollinearColumns) {
  for (Index n : {10, 40}) {
    Matrix x = gaussian_problem(n, 20, 13).dense();
    x.col(7) = x.col(2);
    x.col(11).setZero();
    if (n < 20) x.row(5) = x.row(1);
    const Data data(x, gaussian_problem(n, 20, 13).y());
    const Fit fitted = fit(LeastSquares{}, data);
    const Vector shortest = x.completeOrthogonalDecomposition().solve(Vector(data.y()));
    EXPECT_LE((coefficients(fitted) - shortest).norm(), 1e-9 * shortest.norm());
    EXPECT_EQ(fitted.report.status, FitStatus::converged);
    EXPECT_NE(fitted.report.message.find("rank " + std::to_string(n == 40 ? 18 : 9)), std::string::npos);
    EXPECT_NEAR(coefficients(fitted)(7), coefficients(fitted)(2), 1e-9);
    EXPECT_EQ(coefficients(fitted)(11), 0);
    EXPECT_LE(fitted.report.certificate, 1e-12);
    EXPECT_EQ(fitted.report.cost.fit_flops,
              LeastSquares{}.fit_flops(n, 20) + minimum_norm_flops(n, 20, n == 40 ? 18 : 9));
  }
}

TEST(LeastSquares, KeepsPrefixesBeforeARepeatedRow) {
  Matrix x = gaussian_problem(90, 100, 13).dense();
  x.row(70) = x.row(3);
  const Data data(x, gaussian_problem(90, 100, 13).y());
  const auto curve = fit_prefixes(LeastSquares{}, data, {50, 70, 71, 90});
  EXPECT_EQ(curve[0].report.message, "");
  EXPECT_EQ(curve[1].report.message, "");
  EXPECT_NE(curve[2].report.message, "");
  EXPECT_NE(curve[3].report.message, "");
  EXPECT_TRUE(same_bits(curve[1], fit(LeastSquares{}, data.prefix(70))));
  EXPECT_TRUE(same_bits(curve[3], fit(LeastSquares{}, data)));
}

TEST(LeastSquares, WorksAtHugeAndTinyScales) {
  for (const double scale : {1e150, 1e-150, 1e200, 1e-200})
    for (Index n : {10, 40}) {
      const Data data = gaussian_problem(n, 20, 14);
      const Data scaled = data_of(data.dense() * scale, data.y() * scale);
      const Fit expected = fit(LeastSquares{}, data), fitted = fit(LeastSquares{}, scaled);
      EXPECT_EQ(fitted.report.status, FitStatus::converged);
      EXPECT_LE((coefficients(fitted) - coefficients(expected)).norm(), 1e-10 * coefficients(expected).norm())
          << scale;
      EXPECT_TRUE(std::isfinite(fitted.report.certificate)) << scale;
    }
}

TEST(LeastSquares, FailsWhereTheDataAreNotFinite) {
  Data data = gaussian_problem(30, 4, 1);
  Matrix x = data.dense();
  x(2, 3) = INFINITY;
  const Fit fitted = fit(LeastSquares{}, Data(x, data.y()));
  EXPECT_EQ(fitted.report.status, FitStatus::failed);
  EXPECT_NE(fitted.report.message.find("not finite"), std::string::npos);
}

TEST(LeastSquares, ExplainsZeroLabelsWithZeros) {
  for (Index n : {5, 30}) {
    const Fit fitted = fit(LeastSquares{}, data_of(gaussian_problem(n, 10, 1).dense(), Vector::Zero(n)));
    EXPECT_EQ(coefficients(fitted).norm(), 0);
    EXPECT_EQ(fitted.report.certificate, 0);
  }
}

TEST(LeastSquares, FitsTheMeanWhereThereAreNoColumns) {
  const Data data(Matrix(4, 0), Vector::LinSpaced(4, 1, 4));
  EXPECT_EQ(coefficients(fit(LeastSquares{}, data)).size(), 0);
  EXPECT_EQ(fit(LeastSquares{.intercept = true}, data).predict.linear()->intercept, 2.5);
}

// The mean of equal numbers is not always that number in floating point: 0.1 thirty times, for one.
TEST(LeastSquares, GivesNoCoefficientToAConstantColumnBesideAnIntercept) {
  const Data data = gaussian_problem(30, 5, 1);
  Matrix x = data.dense();
  x.col(2).setConstant(0.1);
  const Fit fitted = fit(LeastSquares{.intercept = true}, data_of(x, data.y()));
  EXPECT_EQ(coefficients(fitted)(2), 0);
  EXPECT_NE(fitted.report.message.find("rank 4"), std::string::npos);
}

TEST(LeastSquares, FitsAnInterceptToOneRow) {
  const Fit fitted = fit(LeastSquares{.intercept = true}, gaussian_problem(1, 3, 1));
  EXPECT_EQ(fitted.predict.linear()->intercept, gaussian_problem(1, 3, 1).y()(0));
  EXPECT_EQ(coefficients(fitted).norm(), 0);
}

TEST(LeastSquares, RefusesClassesAndEmptyData) {
  const Data classes(Matrix(Matrix::Ones(2, 1)), Vector::Zero(2), Task::classification);
  EXPECT_THROW(LeastSquares{}.fit(classes, Stream(1)), InvalidInput);
  EXPECT_THROW(fit(LeastSquares{}, Data(Matrix(0, 3), Vector(0))), InvalidInput);
  EXPECT_THROW(fit_prefixes(LeastSquares{}, gaussian_problem(9, 3, 1), {8, 4}), InvalidInput);
}

TEST(LeastSquares, IsBilledWhatTheObviousAlgorithmCounts) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {5, 1}, {1, 5}, {1, 1}, {9, 9}, {30, 3}}) {
    const Data data = gaussian_problem(n, p, 11);
    const auto x = grid_of<CountingScalar>(data.dense());
    const auto y = numbers_of<CountingScalar>(data.y());
    EXPECT_EQ(fit(LeastSquares{}, data).report.cost.fit_flops,
              count_flops([&] { reference::least_squares(x, y); }));
    EXPECT_EQ(fit(LeastSquares{}, data).report.cost.tuning_flops, 0);
    if (n == 1) continue;
    EXPECT_EQ(fit(LeastSquares{.intercept = true}, data).report.cost.fit_flops,
              count_flops([&] { reference::least_squares_with_intercept(x, y); }));
  }
}

}  // namespace
}  // namespace quartic::least_squares_test
