#include "models/linear/transfer/shared_subspace.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <Eigen/SVD>

#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/transfer/flops.hpp"
#include "tests/support/reference/transfer.hpp"
#include "tests/support/related_tasks.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::shared_subspace_test {
namespace {

using support::thrown_message;

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

struct Shape {
  Index n, d, tasks, source_rows;
};

// Tasks w_t = B a_t with three columns of B, and this one too.
Data subspace_problem(const Shape& shape, double noise, std::uint64_t seed) {
  const Stream stream(seed);
  const Matrix basis =
      gaussian_matrix(shape.d, 3, stream.child("basis")) / std::sqrt(static_cast<double>(shape.d));
  const auto draw = [&](Index rows, const Stream& own) {
    Matrix x = gaussian_matrix(rows, shape.d, own.child("x"));
    const Vector w = basis * gaussian_matrix(3, 1, own.child("a"));
    Vector y = x * w + noise * gaussian_matrix(rows, 1, own.child("noise"));
    return Data(std::move(x), std::move(y));
  };
  std::vector<Data> sources;
  for (Index t = 0; t < shape.tasks; ++t)
    sources.push_back(draw(shape.source_rows, stream.child("task").child(static_cast<std::uint64_t>(t))));
  return draw(shape.n, stream.child("target")).with_sources(std::move(sources));
}

// The same by Eigen's singular value decomposition of the stacked fits.
Vector by_svd(const Data& data, Index k) {
  Eigen::MatrixXd tasks(data.columns(), std::ssize(data.sources()));
  for (Index t = 0; t < tasks.cols(); ++t) {
    const Data& source = data.sources()[static_cast<std::size_t>(t)];
    tasks.col(t) = Eigen::MatrixXd(source.dense()).householderQr().solve(Eigen::VectorXd(source.y()));
  }
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(tasks, Eigen::ComputeThinU);
  const Eigen::MatrixXd basis = svd.matrixU().leftCols(k), z = data.dense() * basis;
  return basis * z.completeOrthogonalDecomposition().solve(Eigen::VectorXd(data.y()));
}

TEST(SharedSubspace, IsLeastSquaresOnTheLeadingSingularVectors) {
  for (const Shape& shape : {Shape{40, 12, 8, 30}, {40, 12, 12, 30}, {40, 12, 25, 30}, {2, 12, 8, 30}})
    for (const Index k : {1, 3, 5}) {
      const Data data = subspace_problem(shape, 0.5, 3);
      const Vector w = coefficients(fit(SharedSubspace{.dimensions = k}, data)), expected = by_svd(data, k);
      EXPECT_LE((w - expected).norm(), 1e-8 * expected.norm()) << shape.tasks << " " << k;
    }
}

TEST(SharedSubspace, FindsWhatFewRowsCannotOnceThereAreTasks) {
  // Ten rows and forty columns; three directions of two hundred tasks.
  const Data data = subspace_problem({10, 40, 200, 80}, 0.3, 4);
  const Data fresh = subspace_problem({10000, 40, 1, 80}, 0.3, 4);
  const auto error = [&](const Fit& fit) {
    return (fit.predict.score(Matrix(fresh.dense())) - fresh.y()).squaredNorm() / 10000;
  };
  EXPECT_LT(error(fit(SharedSubspace{}, data)), 0.25);
  EXPECT_GT(error(fit(LeastSquares{}, data)), 0.5);
}

TEST(SharedSubspace, WithAnInterceptLeavesItOutOfTheDirections) {
  const Data data = subspace_problem({30, 8, 6, 25}, 0.2, 5);
  const auto shifted = [](const Data& some, double by) {
    return data_of(some.dense(), some.y().array() + by);
  };
  std::vector<Data> sources;
  for (const Data& source : data.sources()) sources.push_back(shifted(source, 50));
  const Data moved = shifted(data, -3).with_sources(std::move(sources));
  const SharedSubspace model{.intercept = true};
  const LinearRule plain = *fit(model, data).predict.linear(), there = *fit(model, moved).predict.linear();
  EXPECT_LE((plain.coefficients - there.coefficients).norm(), 1e-9);
  EXPECT_NEAR(there.intercept, plain.intercept - 3, 1e-9);
}

TEST(SharedSubspace, BillsToTheFlop) {
  for (const Shape& shape : {Shape{9, 4, 3, 7}, {9, 4, 6, 7}, {2, 4, 3, 7}}) {
    const Data data = subspace_problem(shape, 0.5, 6);
    const Fit fitted = fit(SharedSubspace{.dimensions = 2}, data);
    Grid<CountingScalar> tasks(static_cast<std::size_t>(shape.tasks), 4), basis(4, 2);
    const double pretraining = count_flops([&] {
      for (std::size_t t = 0; t < tasks.rows; ++t) {
        const Data& source = data.sources()[t];
        const auto w = reference::least_squares(grid_of<CountingScalar>(source.dense()),
                                                numbers_of<CountingScalar>(source.y()))
                           .coefficients;
        for (std::size_t j = 0; j < 4; ++j) tasks(t, j) = w[j];
      }
      basis = reference::directions(tasks, 2);
    });
    const double fitting = count_flops([&] {
      const auto z = reference::product(grid_of<CountingScalar>(data.dense()), basis);
      reference::product(basis,
                         reference::least_squares(z, numbers_of<CountingScalar>(data.y())).coefficients);
    });
    EXPECT_EQ(fitted.report.cost.pretraining_flops, pretraining) << shape.tasks;
    EXPECT_EQ(fitted.report.cost.fit_flops, fitting) << shape.tasks;
  }
}

TEST(SharedSubspace, TakesNoMoreDirectionsThanTheSourcesHave) {
  const Data one = subspace_problem({30, 6, 1, 20}, 0.3, 7);
  const Data source = one.sources().front();
  const Fit fitted = fit(SharedSubspace{.dimensions = 2}, one.with_sources({source, source, source}));
  EXPECT_EQ(fitted.report.message, "directions of the sources beyond rounding: 1");
  EXPECT_EQ(fitted.report.parameters, 1);
  // Sources that say nothing: nothing is learned.
  const Data silent = data_of(source.dense(), Vector::Zero(20));
  EXPECT_EQ(coefficients(fit(SharedSubspace{.dimensions = 2}, one.with_sources({silent, silent}))).norm(), 0);
}

TEST(SharedSubspace, RefusesWhatHasNoSuchDirections) {
  const Data data = subspace_problem({30, 6, 4, 20}, 0.3, 8);
  const auto told = [](const SharedSubspace& model, const Data& rows) {
    return thrown_message([&] { fit(model, rows); });
  };
  EXPECT_NE(told({.dimensions = 7}, data).find("no more directions than columns"), std::string::npos);
  EXPECT_NE(told({.dimensions = 5}, data).find("there are 4 source tasks"), std::string::npos);
  EXPECT_NE(told({}, gaussian_problem(30, 6, 8)).find("no source tasks"), std::string::npos);
  const Data short_of_rows = data.with_sources(std::vector<Data>(4, data.sources().front().prefix(6)));
  EXPECT_NE(told({}, short_of_rows).find("more source rows"), std::string::npos);
  EXPECT_THROW(SharedSubspace{.dimensions = 7}.require_data(30, 6, Task::regression), InvalidInput);
}

}  // namespace
}  // namespace quartic::shared_subspace_test
