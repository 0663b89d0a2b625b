#include "models/linear/logistic/working_columns.hpp"

#include <gtest/gtest.h>

#include "tests/support/class_problem.hpp"

namespace quartic::working_columns_test {
namespace {

using detail::Intercept;
using detail::TrainingRows;

TEST(WorkingColumns, PutsTheTrainingRowsFirst) {
  const TrainingRows rows = TrainingRows::without(1, 3, 8);
  EXPECT_EQ(rows.order, (std::vector<Index>{0, 2, 3, 5, 6, 1, 4, 7}));
  EXPECT_EQ(rows.count, 5);
}

TEST(WorkingColumns, GathersColumnsAboutTheirMeans) {
  const Data data = gaussian_problem(9, 80, 2);
  for (const Intercept intercept : {Intercept::none, Intercept::fitted}) {
    const TrainingRows rows = TrainingRows::without(0, 4, 9);
    detail::WorkingColumns columns(data, rows, intercept);
    const Index first = columns.unpenalised();
    EXPECT_EQ(first, intercept == Intercept::fitted ? 1 : 0);
    for (Index j = 79; j >= 0; j -= 2) columns.add(std::vector<Index>{j});
    ASSERT_EQ(columns.size(), first + 40);
    EXPECT_TRUE(columns.contains(79) && !columns.contains(78));
    for (Index k = first; k < columns.size(); ++k) {
      EXPECT_EQ(columns.column_of(k), 79 - 2 * (k - first));
      for (Index i = 0; i < 9; ++i)
        EXPECT_EQ(columns.column(k)[i], data.dense()(rows.order[i], columns.column_of(k)) - columns.mean(k));
      const double sum = VectorView(columns.column(k), rows.count).sum();
      EXPECT_TRUE(intercept == Intercept::none ? columns.mean(k) == 0 : std::abs(sum) < 1e-13);
    }
    if (first > 0) {
      EXPECT_EQ(VectorView(columns.column(0), 9), Vector(Vector::Ones(9)));
    }
  }
}

TEST(WorkingColumns, AddsThemByTheirWeights) {
  const Data data = gaussian_problem(21, 30, 2);
  detail::WorkingColumns columns(data, TrainingRows::all(21), Intercept::none);
  std::vector<Index> every;
  for (Index j = 0; j < 30; ++j) every.push_back(j);
  columns.add(every);
  Vector weights = Vector::Zero(30);
  for (const Index count : {0, 1, 8, 11}) {
    weights.head(count) = Vector::LinSpaced(count, 1, 2);
    EXPECT_EQ(std::ssize(detail::not_zero(weights).places), count);
    Vector scores = Vector::Ones(9);
    columns.add_to({scores.data(), 9}, {7, 9}, detail::not_zero(weights));
    EXPECT_LE((scores - Vector::Ones(9) - (data.dense() * weights).segment(7, 9)).norm(), 1e-12);
  }
}

}  // namespace
}  // namespace quartic::working_columns_test
