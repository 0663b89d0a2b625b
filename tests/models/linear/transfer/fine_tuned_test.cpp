#include "models/linear/transfer/fine_tuned.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <Eigen/SVD>

#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "models/linear/transfer/flops.hpp"
#include "models/with_signs.hpp"
#include "tests/support/reference/transfer.hpp"
#include "tests/support/related_tasks.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::fine_tuned_test {
namespace {

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

Data problem(Index n, Index d, std::uint64_t seed) {
  return with_sources(gaussian_problem(n, d, seed), 40, seed);
}

// Least squares of all source rows, by a pseudo-inverse.
Vector learned_from_sources(const Data& data, std::size_t count) {
  Matrix gram = Matrix::Zero(data.columns(), data.columns());
  Vector right = Vector::Zero(data.columns());
  for (const Data& source : data.sources().first(count)) {
    gram += source.dense().transpose() * source.dense();
    right += source.dense().transpose() * source.y();
  }
  return gram.fullPivLu().solve(right);
}

TEST(FineTuned, ByRidgeSolvesTheNormalEquationsOfThePenaltyOnTheWay) {
  for (auto [n, d] : {std::pair{30, 12}, {10, 12}, {1, 5}})
    for (const double penalty : {0.01, 1.0, 30.0}) {
      const Data data = problem(n, d, 3);
      const Vector w = coefficients(fit(FineTuned{.penalty = penalty}, data));
      const Vector from = learned_from_sources(data, 3);
      // -X'(y - Xw)/n + penalty (w - w_0) = 0
      const Matrix x = data.dense();
      const Vector slope = x.transpose() * (x * w - data.y()) / static_cast<double>(n) + penalty * (w - from);
      EXPECT_LE(slope.norm(), 1e-10 * (1 + data.y().norm())) << n << " " << penalty;
    }
}

TEST(FineTuned, ByLeastSquaresIsTheNearestOfThoseThatFitBest) {
  for (auto [n, d] : {std::pair{30, 12}, {5, 12}, {12, 12}}) {
    const Data data = problem(n, d, 4);
    const Vector w = coefficients(fit(FineTuned{.method = "least_squares"}, data));
    const Vector from = learned_from_sources(data, 3);
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(Eigen::MatrixXd(data.dense()),
                                                Eigen::ComputeThinU | Eigen::ComputeThinV);
    const Vector expected = from + Vector(svd.solve(Eigen::VectorXd(data.y() - data.dense() * from)));
    EXPECT_LE((w - expected).norm(), 1e-9 * expected.norm()) << n;
  }
}

TEST(FineTuned, BeginsWithTheFirstSourceOrWithRidgeWhereAskedTo) {
  const Data data = problem(8, 12, 5);
  const Data first = data.sources().front();
  const auto nearest = [&](const Vector& from) {
    const Data left(Matrix(data.dense()), data.y() - data.dense() * from);
    return Vector(from + coefficients(fit(LeastSquares{}, left)));
  };
  const Fit of_first = fit(FineTuned{.method = "least_squares", .sources = "first"}, data);
  EXPECT_LE((coefficients(of_first) - nearest(learned_from_sources(data, 1))).norm(), 1e-9);
  const Fit shrunk = fit(FineTuned{.method = "least_squares", .sources = "first", .start = "ridge"}, data);
  const Fit ridge = fit(Ridge{}, first);
  EXPECT_LE((coefficients(shrunk) - nearest(coefficients(ridge))).norm(), 1e-9);
  EXPECT_EQ(shrunk.report.cost.pretraining_flops,
            ridge.report.cost.fit_flops + ridge.report.cost.tuning_flops);
  EXPECT_EQ(of_first.report.cost.pretraining_flops, LeastSquares{}.fit_flops(40, 12));
}

TEST(FineTuned, WithAnInterceptFollowsShiftedLabels) {
  const auto shifted = [](const Data& data, double by) {
    return data_of(data.dense(), data.y().array() + by);
  };
  const Data data = problem(20, 6, 6);
  std::vector<Data> sources;
  for (const Data& source : data.sources()) sources.push_back(shifted(source, 100));
  const Data moved = shifted(data, 7).with_sources(std::move(sources));
  for (const std::string method : {"ridge", "least_squares"}) {
    const FineTuned model{.method = method, .intercept = true};
    const LinearRule plain = *fit(model, data).predict.linear(), there = *fit(model, moved).predict.linear();
    EXPECT_LE((plain.coefficients - there.coefficients).norm(), 1e-9) << method;
    EXPECT_NEAR(there.intercept, plain.intercept + 7, 1e-9) << method;
  }
}

TEST(FineTuned, BillsTheSourcesApartAndTheRestToTheFlop) {
  for (const bool intercept : {false, true})
    for (auto [n, d] : {std::pair{9, 4}, {4, 9}}) {
      const Data data = problem(n, d, 7);
      const Fit fitted = fit(FineTuned{.method = "least_squares", .intercept = intercept}, data);
      const auto x = grid_of<CountingScalar>(data.dense());
      const auto y = numbers_of<CountingScalar>(data.y());
      const auto fit_rows = [&](const auto& labels) {
        return intercept ? reference::least_squares_with_intercept(x, labels)
                         : reference::least_squares(x, labels);
      };
      reference::Rule<CountingScalar> from{
          reference::Numbers<CountingScalar>(static_cast<std::size_t>(d), 0.5)};
      const double counted = count_flops(
          [&] { reference::sum(from, fit_rows(reference::residual(x, y, from, intercept)), intercept); });
      EXPECT_EQ(fitted.report.cost.fit_flops, counted);
      EXPECT_EQ(fitted.report.cost.pretraining_flops, LeastSquares{.intercept = intercept}.fit_flops(120, d));
      EXPECT_EQ(fitted.report.cost.tuning_flops, 0);
    }
  EXPECT_GT(fit(FineTuned{}, problem(9, 4, 7)).report.cost.tuning_flops, 0);
}

TEST(FineTuned, HelpsWhereTheSourcesAreNearAndNotWhereRowsAbound) {
  // 100 columns, 50 rows: without the sources half of the signal is out of reach.
  const Data few = with_sources(gaussian_problem(50, 100, 8), 300, 8);
  const Vector truth = Vector::Constant(100, 0.1);
  const double tuned = (coefficients(fit(FineTuned{}, few)) - truth).norm(),
               alone = (coefficients(fit(Ridge{}, few)) - truth).norm();
  EXPECT_LT(tuned, 0.5 * alone);
  const Data many = with_sources(gaussian_problem(400, 100, 8), 300, 8);
  EXPECT_LE((coefficients(fit(FineTuned{.method = "least_squares"}, many)) -
             coefficients(fit(LeastSquares{}, many)))
                .norm(),
            1e-10);
}

TEST(FineTuned, KeepsTheBillOfSourcesWhereSignsAreForbidden) {
  const Data data = problem(20, 6, 9);
  Vector forbidden = Vector::Zero(6);
  forbidden[2] = 1;
  const Fit signed_fit = fit(with_signs(FineTuned{}, forbidden), data);
  EXPECT_EQ(coefficients(signed_fit)[2], 0);
  EXPECT_EQ(signed_fit.report.cost.pretraining_flops,
            LeastSquares{}.fit_flops(120, 6) + LeastSquares{}.fit_flops(120, 5));
}

TEST(FineTuned, RefusesDataWithoutSources) {
  const std::string message = support::thrown_message([] { fit(FineTuned{}, gaussian_problem(20, 5, 1)); });
  EXPECT_NE(message.find("no source tasks"), std::string::npos) << message;
  EXPECT_NE(message.find("kind = \"related\""), std::string::npos) << message;
  const Data empty = gaussian_problem(20, 5, 1).with_sources({gaussian_problem(20, 5, 1).prefix(0)});
  EXPECT_THROW(fit(FineTuned{}, empty), InvalidInput);
}

}  // namespace
}  // namespace quartic::fine_tuned_test
