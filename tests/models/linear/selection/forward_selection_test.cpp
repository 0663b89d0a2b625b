#include "models/linear/selection/forward_selection.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/forward_selection.hpp"

namespace quartic::forward_selection_test {
namespace {

// Ten relevant columns of decreasing weight, unit noise.
Data sparse_problem(Index n, Index d, std::uint64_t seed, double weight = 1) {
  const Stream stream(seed);
  Matrix x = gaussian_matrix(n, d, stream.child("x"));
  Vector y = gaussian_matrix(n, 1, stream.child("noise"));
  for (Index j = 0; j < std::min<Index>(10, d); ++j)
    y += weight * (1 + 0.1 * static_cast<double>(j)) * x.col(j);
  return {std::move(x), std::move(y)};
}

Data shifted(const Data& data) {
  Matrix x = data.dense();
  x.array() += 3;
  return data_of(x, data.y().array() + 7);
}

// Sum of squared residuals of least squares on these columns.
double residual_square(const Data& data, const std::vector<Index>& columns, bool intercept) {
  Matrix x(data.rows(), std::ssize(columns) + (intercept ? 1 : 0));
  for (std::size_t k = 0; k < columns.size(); ++k)
    x.col(static_cast<Index>(k)) = data.dense().col(columns[k]);
  if (intercept) x.col(x.cols() - 1).setOnes();
  if (x.cols() == 0) return data.y().squaredNorm();
  const Vector b = x.colPivHouseholderQr().solve(Vector(data.y()));
  return (data.y() - x * b).squaredNorm();
}

// Every column is tried at every step.
std::vector<Index> greedy(const Data& data, Index steps, bool intercept) {
  std::vector<Index> used;
  for (Index k = 0; k < steps; ++k) {
    Index best = -1;
    double least = infinity;
    for (Index j = 0; j < data.columns(); ++j) {
      if (std::find(used.begin(), used.end(), j) != used.end()) continue;
      used.push_back(j);
      const double square = residual_square(data, used, intercept);
      used.pop_back();
      if (square < least) best = j, least = square;
    }
    used.push_back(best);
  }
  return used;
}

std::vector<Index> support(const Fit& fit) {
  std::vector<Index> columns;
  const Vector& b = fit.predict.linear()->coefficients;
  for (Index j = 0; j < b.size(); ++j)
    if (b(j) != 0) columns.push_back(j);
  return columns;
}

std::vector<Index> sorted(std::vector<Index> columns) {
  std::sort(columns.begin(), columns.end());
  return columns;
}

double training_square(const Fit& fit, const Data& data) {
  return (data.y() - fit.predict.score(data.dense())).squaredNorm();
}

reference::Rows<double> rows_of(const Data& data) {
  return {grid_of<double>(data.dense()), numbers_of<double>(data.y())};
}

TEST(ForwardSelection, AddsTheColumnThatLowersTheResidualMost) {
  for (auto [n, d] : {std::pair{40, 12}, {20, 50}})
    for (const bool intercept : {false, true}) {
      const Data data = shifted(sparse_problem(n, d, 1, 0.3));
      const std::vector<Index> order = greedy(data, 8, intercept);
      for (Index k = 0; k <= 8; ++k) {
        const std::vector<Index> first(order.begin(), order.begin() + k);
        const Fit fitted =
            fit(ForwardSelection{.steps = static_cast<double>(k), .intercept = intercept}, data);
        EXPECT_EQ(support(fitted), sorted(first)) << n << k;
        const double square = residual_square(data, first, intercept);
        EXPECT_NEAR(training_square(fitted, data), square, 1e-10 * data.y().squaredNorm());
        EXPECT_EQ(fitted.report.parameters, k + (intercept ? 1 : 0));
        EXPECT_EQ(fitted.report.iterations, k);
        EXPECT_LE(fitted.report.certificate, 1e-13);
        EXPECT_EQ(fitted.report.message, "");
      }
    }
}

TEST(ForwardSelection, OfAllColumnsIsLeastSquares) {
  for (const bool intercept : {false, true}) {
    const Data data = shifted(sparse_problem(60, 12, 2));
    const Vector all = numbers_of_rule(fit(LeastSquares{.intercept = intercept}, data));
    const Vector steps = numbers_of_rule(fit(ForwardSelection{.steps = 12.0, .intercept = intercept}, data));
    EXPECT_LE((all - steps).norm(), 1e-9 * all.norm());
  }
}

TEST(ForwardSelection, OnOrthogonalColumnsTakesTheLargestProducts) {
  Matrix x = Matrix::Identity(8, 8);
  Vector y(8);
  y << 3, -7, 1, 0, 5, -2, 6, 4;
  const Fit fitted = fit(ForwardSelection{.steps = 3.0}, data_of(x, y));
  EXPECT_EQ(support(fitted), (std::vector<Index>{1, 4, 6}));
  EXPECT_EQ(fitted.predict.linear()->coefficients(1), -7);
}

TEST(ForwardSelection, OfEqualColumnsTakesTheFirst) {
  const Data data = sparse_problem(30, 6, 3);
  Matrix x = data.dense();
  x.col(4) = x.col(2);
  x.col(5) = -2 * x.col(2);
  const Fit fitted = fit(ForwardSelection{.steps = 6.0}, data_of(x, data.y()));
  EXPECT_EQ(support(fitted), (std::vector<Index>{0, 1, 2, 3}));
  EXPECT_EQ(fitted.report.message, "after 4 columns no other lowers the residual beyond rounding");
}

TEST(ForwardSelection, StopsWhereTheRowsAreFitted) {
  const Data data = sparse_problem(7, 30, 4);
  const Fit fitted = fit(ForwardSelection{.steps = 20.0}, data);
  EXPECT_LE(fitted.report.parameters, 7);
  EXPECT_LE(training_square(fitted, data), 1e-20 * data.y().squaredNorm());
}

TEST(ForwardSelection, ChoosesAsManyColumnsAsTheFoldsOfTheObviousAlgorithm) {
  for (const bool intercept : {false, true})
    for (std::uint64_t seed = 5; seed < 10; ++seed) {
      const Data data = sparse_problem(33, 25, seed, 0.4);
      const std::size_t expected = reference::forward_choice(rows_of(data), 4, 9, intercept);
      const Fit fitted = fit(ForwardSelection{.most = 9, .folds = 4, .intercept = intercept}, data);
      EXPECT_EQ(fitted.report.iterations, static_cast<Index>(expected)) << seed;
    }
}

TEST(ForwardSelection, OneStandardErrorTakesNoMoreColumns) {
  const Data data = sparse_problem(60, 40, 6, 0.4);
  const Index least = fit(ForwardSelection{}, data).report.iterations;
  const Index fewest = fit(ForwardSelection{.steps = "cv_1se"}, data).report.iterations;
  EXPECT_LE(fewest, least);
  EXPECT_GT(fewest, 0);
}

TEST(ForwardSelection, CriteriaAreTheLeastOfTheirFormulas) {
  const Data data = sparse_problem(50, 30, 7, 0.4);
  const std::vector<Fit> path = ForwardSelection{.most = 15}.fit_path(data, Stream(1));
  for (const bool extended : {false, true}) {
    std::size_t best = 0;
    double least = infinity;
    for (std::size_t k = 0; k < path.size(); ++k) {
      const double p = static_cast<double>(k);
      const double ways = std::lgamma(31) - std::lgamma(p + 1) - std::lgamma(31 - p);
      const double value =
          50 * std::log(training_square(path[k], data) / 50) + p * std::log(50) + (extended ? 2 * ways : 0);
      if (value < least) best = k, least = value;
    }
    const Fit fitted = fit(ForwardSelection{.steps = extended ? "extended_bic" : "bic", .most = 15}, data);
    EXPECT_EQ(fitted.report.iterations, static_cast<Index>(best));
    EXPECT_EQ(numbers_of_rule(fitted), numbers_of_rule(path[best]));
  }
}

TEST(ForwardSelection, PathHasAFitForEveryNumberOfColumns) {
  const Data data = sparse_problem(24, 40, 8);
  const std::vector<Fit> path = ForwardSelection{.intercept = true}.fit_path(data, Stream(1));
  ASSERT_EQ(path.size(), 13);
  for (std::size_t k = 0; k < path.size(); ++k)
    EXPECT_TRUE(
        same_bits(path[k], fit(ForwardSelection{.steps = static_cast<double>(k), .intercept = true}, data)));
}

// Each of ten effects stands out of 400 rows by 20 standard errors. One of the 190 other columns is taken, too, where its
// squared normal exceeds log n + 2 log (190/11).
TEST(ForwardSelection, FindsWhatMattersAmongManyColumns) {
  std::vector<Index> relevant(10);
  for (Index j = 0; j < 10; ++j) relevant[static_cast<std::size_t>(j)] = j;
  int exact = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Data data = sparse_problem(400, 200, 100 + seed);
    exact += support(fit(ForwardSelection{.steps = "extended_bic"}, data)) == relevant;
    const std::vector<Index> by_folds = support(fit(ForwardSelection{}, data));
    EXPECT_TRUE(std::includes(by_folds.begin(), by_folds.end(), relevant.begin(), relevant.end())) << seed;
  }
  const double threshold = std::log(400.0) + 2 * std::log(190.0 / 11);
  const double right = std::pow(1 - std::erfc(std::sqrt(threshold / 2)), 190);
  EXPECT_NEAR(exact, 20 * right, 5 * std::sqrt(20 * right * (1 - right)));
}

// Of the right columns, least squares: |b - beta|^2 is sigma^2 tr (X'X)^-1, in the mean 10/(n - 11), deviation
// sqrt(2/10) of that.
TEST(ForwardSelection, ErrsLikeLeastSquaresOnTheRelevantColumns) {
  double mean = 0;
  constexpr int kFits = 40;
  for (std::uint64_t seed = 0; seed < kFits; ++seed) {
    Vector b = fit(ForwardSelection{.steps = 10.0}, sparse_problem(200, 50, 200 + seed))
                   .predict.linear()
                   ->coefficients;
    for (Index j = 0; j < 10; ++j) b(j) -= 1 + 0.1 * static_cast<double>(j);
    mean += b.squaredNorm() / kFits;
  }
  const double expected = 10.0 / 189;
  EXPECT_NEAR(mean, expected, 5 * expected * std::sqrt(0.2 / kFits) * 1.1);
}

TEST(ForwardSelection, IsBilledWhatTheObviousAlgorithmCounts) {
  using T = CountingScalar;
  for (auto [n, d] : {std::pair{20, 7}, {9, 30}})
    for (const bool intercept : {false, true}) {
      const Data data = sparse_problem(n, d, 9);
      const reference::Rows<T> rows{grid_of<T>(data.dense()), numbers_of<T>(data.y())};
      const auto walked = [&](Index steps) {
        return count_flops([&] {
          forward_coefficients(
              reference::ForwardWalk<T>(rows, {Grid<T>(0, 0), {}}, static_cast<std::size_t>(steps), intercept)
                  .run());
        });
      };
      for (Index k : {0, 1, 5})
        EXPECT_EQ(fit(ForwardSelection{.steps = static_cast<double>(k), .intercept = intercept}, data)
                      .report.cost.fit_flops,
                  walked(k))
            << n << k;
      const Cost cost =
          fit(ForwardSelection{.most = 4, .folds = 3, .intercept = intercept}, data).report.cost;
      EXPECT_EQ(cost.tuning_flops, count_flops([&] { reference::forward_choice(rows, 3, 4, intercept); }));
    }
}

// The path to the choice is the fit; beyond it, and one logarithm of n and five numbers a criterion, are tuning.
TEST(ForwardSelection, BillsStepsBeyondTheChoiceAsTuning) {
  const Data data = sparse_problem(60, 30, 10);
  const std::vector<Fit> path = ForwardSelection{.most = 8}.fit_path(data, Stream(1));
  const Fit fitted = fit(ForwardSelection{.steps = "bic", .most = 8}, data);
  const auto solve = [](std::size_t k) { return static_cast<double>(k * k); };
  const auto chosen = static_cast<std::size_t>(fitted.report.iterations);
  const double to_end = path.back().report.cost.fit_flops - solve(path.size() - 1);
  EXPECT_EQ(fitted.report.cost.fit_flops, path[chosen].report.cost.fit_flops);
  EXPECT_EQ(fitted.report.cost.tuning_flops,
            to_end - (path[chosen].report.cost.fit_flops - solve(chosen)) + 1 + 5 * 9);
}

TEST(ForwardSelection, ReadsFloatsByBlocks) {
  const Data data = sparse_problem(300, 20, 11), single = in_single_precision(data);
  const Data widened(single.block({0, 300}, {0, 20}), Vector(single.y()));
  EXPECT_FALSE(ForwardSelection{}.copies_rows());
  EXPECT_TRUE(same_bits(fit(ForwardSelection{}, single), fit(ForwardSelection{}, widened)));
}

TEST(ForwardSelection, ServesClassesAsNumbers) {
  const Data classes = logistic_problem(200, 20, 2, 12);
  const Model model = ForwardSelection{};
  EXPECT_TRUE(same_bits(fit(model, classes), fit(model, classes.with_real_labels())));
}

TEST(ForwardSelection, FailsOnNumbersThatOverflow) {
  const Data data = sparse_problem(20, 5, 13);
  for (const ForwardSelection& model :
       {ForwardSelection{}, ForwardSelection{.steps = 2.0}, ForwardSelection{.steps = "bic"}}) {
    EXPECT_EQ(fit(model, data_of(data.dense() * 1e200, data.y())).report.status, FitStatus::failed);
    EXPECT_EQ(fit(model, data_of(data.dense(), data.y() * NAN)).report.status, FitStatus::failed);
  }
}

TEST(ForwardSelection, RefusesWhatItCannotUse) {
  const Data data = sparse_problem(20, 5, 14);
  EXPECT_THROW(fit(ForwardSelection{.steps = 2.5}, data), InvalidInput);
  EXPECT_THROW(fit(ForwardSelection{.steps = -1.0}, data), InvalidInput);
  EXPECT_THROW(fit(ForwardSelection{.steps = 6.0}, data), InvalidInput);
  EXPECT_THROW(fit(ForwardSelection{.steps = "aic"}, data), InvalidInput);
  EXPECT_THROW(fit(ForwardSelection{}, data.prefix(1)), InvalidInput);
  EXPECT_NO_THROW(fit(ForwardSelection{.steps = 1.0}, data.prefix(1)));
  EXPECT_THROW(ForwardSelection{}.fit(logistic_problem(10, 2, 1, 1), Stream(1)), InvalidInput);
}

}  // namespace
}  // namespace quartic::forward_selection_test
