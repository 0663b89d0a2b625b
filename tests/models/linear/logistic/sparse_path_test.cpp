#include "models/linear/logistic/sparse_path.hpp"

#include <gtest/gtest.h>

#include "tests/support/class_problem.hpp"

namespace quartic::sparse_path_test {
namespace {

using detail::Intercept;
using detail::SparsePath;
using detail::SparsePoint;
using detail::TrainingRows;

TEST(SparsePath, CertifiesEveryPenalty) {
  const Data data = logistic_problem(80, 300, 3, 2);
  for (const Intercept intercept : {Intercept::none, Intercept::fitted}) {
    SparsePath path(data, TrainingRows::all(80), {0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002},
                    {.tolerance = 1e-7, .intercept = intercept});
    std::size_t count = 0;
    while (!path.done())
      for (const SparsePoint& point : path.advance()) {
        EXPECT_TRUE(point.converged);
        EXPECT_LE(point.gap, 1e-7);
        EXPECT_GT(point.gap, -1e-12);
        EXPECT_TRUE(std::isnan(point.validation_error));
        ++count;
      }
    EXPECT_EQ(count, 7u);
  }
}

// The training rows alone, fitted as data of their own, and the loss of the others.
TEST(SparsePath, TrainsOnTheRowsOfItsFolds) {
  const Data data = logistic_problem(60, 20, 3, 2, 0.4);
  for (const Intercept intercept : {Intercept::none, Intercept::fitted}) {
    const TrainingRows rows = TrainingRows::without(2, 5, 60);
    const Matrix x = data.dense()(rows.order, Eigen::all);
    const Vector y = Vector(data.y())(rows.order);
    const Data training = classes_of(x.topRows(rows.count), y.head(rows.count));
    const detail::SparseControls controls{.tolerance = 1e-10, .intercept = intercept};
    SparsePath folded(data, rows, {0.03}, controls);
    SparsePath alone(training, TrainingRows::all(rows.count), {0.03}, controls);
    const SparsePoint a = folded.advance().front(), b = alone.advance().front();
    ASSERT_EQ(a.columns, b.columns);
    LinearRule rule{Vector::Zero(20), a.intercept};
    for (std::size_t k = 0; k < a.columns.size(); ++k) {
      EXPECT_NEAR(a.coefficients[k], b.coefficients[k], 1e-7);
      rule.coefficients[a.columns[k]] = a.coefficients[k];
    }
    EXPECT_NEAR(a.intercept, b.intercept, 1e-7);
    const Index held_out = 60 - rows.count;
    EXPECT_NEAR(a.validation_error, mean_log_loss(rule.score(x.bottomRows(held_out)), y.tail(held_out)),
                1e-12);
  }
}

TEST(SparsePath, StartsFromTheShareOfTheClasses) {
  Vector y = Vector::Zero(10);
  y.head(3).setOnes();
  const VectorView view(y.data(), 10);
  EXPECT_EQ(detail::null_model(view, Intercept::none).score, 0);
  EXPECT_DOUBLE_EQ(detail::null_model(view, Intercept::none).loss, std::log(2));
  EXPECT_DOUBLE_EQ(detail::null_model(view, Intercept::fitted).score, std::log(3.0 / 7));
  EXPECT_DOUBLE_EQ(detail::null_model(view, Intercept::fitted).loss,
                   -0.3 * std::log(0.3) - 0.7 * std::log(0.7));
}

}  // namespace
}  // namespace quartic::sparse_path_test
