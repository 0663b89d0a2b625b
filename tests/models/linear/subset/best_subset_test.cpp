#include "models/linear/subset/best_subset.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/fold.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/selection/forward_selection.hpp"
#include "models/linear/subset/subset_search.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/subset/best_subset.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::best_subset_test {
namespace {

using support::thrown_message;

// Three relevant columns, unit noise.
Data sparse_problem(Index n, Index d, std::uint64_t seed) {
  Matrix x = gaussian_matrix(n, d, Stream(seed).child("x"));
  Vector y = gaussian_matrix(n, 1, Stream(seed).child("noise"));
  for (Index j = 0; j < 3; ++j) y += x.col(2 * j);
  return {std::move(x), std::move(y)};
}

double training_square(const Fit& fit, const Data& data) {
  return (data.y() - fit.predict.score(data.dense())).squaredNorm();
}

Data shifted(const Data& data) {
  Matrix x = data.dense();
  x.array() += 3;
  return data_of(x, data.y().array() + 7);
}

TEST(BestSubset, LeavesWhatTheBestOfAllSetsLeaves) {
  const Data data = sparse_problem(40, 8, 1);
  const auto x = grid_of<double>(data.dense());
  const auto y = numbers_of<double>(data.y());
  for (std::size_t size = 0; size <= 8; ++size) {
    const Fit fitted = fit(BestSubset{.size = static_cast<double>(size)}, data);
    EXPECT_NEAR(training_square(fitted, data), reference::try_sets(x, y, size).residual_square, 1e-9);
    EXPECT_EQ(fitted.report.parameters, static_cast<Index>(size));
    EXPECT_EQ((fitted.predict.linear()->coefficients.array() != 0).count(), static_cast<Index>(size));
    EXPECT_LE(fitted.report.certificate, 1e-13);
  }
}

TEST(BestSubset, WithAnInterceptIsThatOfCentredRows) {
  const Data data = sparse_problem(40, 8, 2), moved = shifted(data);
  Matrix centred = data.dense();
  centred.rowwise() -= data.dense().colwise().mean();
  const Fit fitted = fit(BestSubset{.size = 3.0, .intercept = true}, moved),
            alone = fit(BestSubset{.size = 3.0}, data_of(centred, data.y().array() - data.y().mean()));
  EXPECT_LE((fitted.predict.linear()->coefficients - alone.predict.linear()->coefficients).norm(), 1e-9);
  EXPECT_NEAR((moved.y() - fitted.predict.score(moved.dense())).mean(), 0, 1e-9);
  EXPECT_EQ(fitted.report.parameters, 4);
  const Fit none = fit(BestSubset{.size = 0.0, .intercept = true}, moved);
  EXPECT_NEAR(none.predict.linear()->intercept, moved.y().mean(), 1e-12);
}

TEST(BestSubset, NeverLeavesMoreThanForwardSelection) {
  for (std::uint64_t seed = 3; seed < 13; ++seed) {
    const Data data = sparse_problem(20, 12, seed);
    for (const double size : {1.0, 2.0, 4.0, 12.0})
      EXPECT_LE(training_square(fit(BestSubset{.size = size}, data), data),
                training_square(fit(ForwardSelection{.steps = size}, data), data) * (1 + 1e-12));
  }
}

TEST(BestSubset, ChoosesTheSizeOfTheFoldsOfTheObviousAlgorithm) {
  for (std::uint64_t seed = 20; seed < 25; ++seed) {
    const Data data = sparse_problem(30, 6, seed);
    std::size_t best = 0;
    double least = infinity;
    for (std::size_t size = 0; size <= 6; ++size) {
      double error = 0;
      for (Index f = 0; f < 5; ++f) {
        const Fold fold = divide(data, f, 5);
        const auto x = grid_of<double>(fold.training.dense());
        const auto y = numbers_of<double>(fold.training.y());
        const auto columns = reference::try_sets(x, y, size).columns;
        const auto b = reference::least_squares(reference::columns_at(x, columns), y).coefficients;
        Vector left = fold.held_out.y();
        for (std::size_t k = 0; k < columns.size(); ++k)
          left -= b[k] * fold.held_out.dense().col(static_cast<Index>(columns[k]));
        error += left.squaredNorm() / static_cast<double>(left.size());
      }
      if (error < least) best = size, least = error;
    }
    EXPECT_EQ(fit(BestSubset{}, data).report.iterations, static_cast<Index>(best)) << seed;
    EXPECT_LE(fit(BestSubset{.size = "cv_1se"}, data).report.iterations, static_cast<Index>(best));
  }
}

TEST(BestSubset, PathHasAFitForEverySize) {
  const Data data = sparse_problem(24, 9, 4);
  const std::vector<Fit> path = BestSubset{.intercept = true}.fit_path(data, Stream(1));
  ASSERT_EQ(path.size(), 10);
  for (std::size_t k = 0; k < path.size(); ++k)
    EXPECT_TRUE(same_bits(path[k], fit(BestSubset{.size = static_cast<double>(k), .intercept = true}, data)));
  EXPECT_EQ((BestSubset{.most = 4}.fit_path(data, Stream(1)).size()), 5);
}

TEST(BestSubset, IsBilledTheSearchAndTheSolution) {
  const Data data = sparse_problem(25, 7, 5);
  const auto x = grid_of<CountingScalar>(data.dense());
  const auto y = numbers_of<CountingScalar>(data.y());
  for (const Index size : {1, 3, 7}) {
    const double counted = count_flops([&] { reference::search_sets(x, y, static_cast<std::size_t>(size)); });
    const Fit fitted = fit(BestSubset{.size = static_cast<double>(size)}, data);
    EXPECT_EQ(fitted.report.cost.fit_flops, counted + LeastSquares{}.fit_flops(25, size));
    EXPECT_EQ(fitted.report.cost.tuning_flops, 0);
  }
  double tuning = 8 * validation_flops(5);
  for (Index f = 0; f < 5; ++f) {
    const Fold fold = divide(data, f, 5);
    tuning += detail::best_sets(fold.training.dense(), fold.training.y(), 7).back().flops;
    for (Index size = 0; size <= 7; ++size)
      tuning += (size > 0 ? LeastSquares{}.fit_flops(20, size) : 0) +
                held_out_flops(5, static_cast<double>(size), 0);
  }
  EXPECT_EQ(fit(BestSubset{}, data).report.cost.tuning_flops, tuning);
}

TEST(BestSubset, SaysWhereNoMoreColumnsAreIndependent) {
  Matrix x = gaussian_matrix(20, 5, Stream(6));
  x.col(3) = x.col(0) + x.col(1);
  const Fit fitted = fit(BestSubset{.size = 5.0}, data_of(x, gaussian_matrix(20, 1, Stream(7))));
  EXPECT_EQ(fitted.report.parameters, 4);
  EXPECT_EQ(fitted.report.message, "no 5 columns are independent on these rows");
}

TEST(BestSubset, FailsOnNumbersThatOverflow) {
  const Data data = sparse_problem(20, 5, 8);
  for (const BestSubset& model : {BestSubset{}, BestSubset{.size = 2.0}})
    EXPECT_EQ(fit(model, data_of(data.dense() * 1e200, data.y())).report.status, FitStatus::failed);
}

TEST(BestSubset, RefusesWhatItCannotUse) {
  const Data data = sparse_problem(20, 5, 9);
  EXPECT_THROW(fit(BestSubset{.size = 2.5}, data), InvalidInput);
  EXPECT_THROW(fit(BestSubset{.size = -1.0}, data), InvalidInput);
  EXPECT_THROW(fit(BestSubset{}, data.prefix(1)), InvalidInput);
  EXPECT_EQ(thrown_message([&] { fit(BestSubset{.size = 6.0}, data); }),
            "size = 6 (the data have 5 columns). Give at most 5.");
  EXPECT_THROW(BestSubset{}.fit(logistic_problem(10, 2, 1, 1), Stream(1)), InvalidInput);
  EXPECT_NO_THROW((BestSubset{}.require_data(100, 1000, Task::regression)));
  EXPECT_NE(thrown_message([] {
              BestSubset{.size = 4.0}.require_data(100, 1000, Task::regression);
            }).find("Lower size, or take the model forward_selection"),
            std::string::npos);
  EXPECT_NE(thrown_message([] {
              BestSubset{.most = 30}.require_data(100, 30, Task::regression);
            }).find("Lower most"),
            std::string::npos);
  EXPECT_NE(thrown_message([] {
              BestSubset{.most = 30}.fit_path(sparse_problem(40, 60, 9), Stream(1));
            }).find("up to 30 of 60 columns make"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::best_subset_test
