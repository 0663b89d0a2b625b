#include "models/linear/classes/naive_bayes.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "core/require.hpp"
#include "laws/statistics/special.hpp"
#include "tests/support/gaussian_classes.hpp"
#include "tests/support/reference/naive_bayes.hpp"

namespace quartic::naive_bayes_test {
namespace {

// Mean and sum of squares about it of a column within a class.
struct Column {
  double mean = 0, squares = 0, rows = 0;
};

Column column_of(const Data& data, Index j, double label) {
  Column column;
  for (Index i = 0; i < data.rows(); ++i)
    if (data.y()(i) == label) column.mean += data.dense()(i, j), ++column.rows;
  column.mean /= column.rows;
  for (Index i = 0; i < data.rows(); ++i)
    if (data.y()(i) == label) column.squares += std::pow(data.dense()(i, j) - column.mean, 2);
  return column;
}

double log_density(double x, double mean, double variance) {
  return -std::log(2 * std::numbers::pi * variance) / 2 - (x - mean) * (x - mean) / (2 * variance);
}

// log of n1 prod_j f_1j(x_j) over that of class 0.
Vector slow_scores(const Data& data, const Matrix& x, bool common) {
  Vector scores = Vector::Zero(x.rows());
  for (Index j = 0; j < x.cols(); ++j) {
    const Column zero = column_of(data, j, 0), one = column_of(data, j, 1);
    const double pooled = (zero.squares + one.squares) / (zero.rows + one.rows - 2);
    const double v0 = common ? pooled : zero.squares / (zero.rows - 1);
    const double v1 = common ? pooled : one.squares / (one.rows - 1);
    for (Index i = 0; i < x.rows(); ++i)
      scores(i) += log_density(x(i, j), one.mean, v1) - log_density(x(i, j), zero.mean, v0);
    if (j == 0) scores.array() += std::log(one.rows / zero.rows);
  }
  return scores;
}

TEST(NaiveBayes, ScoresAreTheLogOddsOfGaussianDensities) {
  for (auto [n, p] : {std::pair{20, 7}, {8, 30}, {700, 3}, {9, 1}})
    for (const char* variances : {"common", "by_class"}) {
      const Data data = mixed_classes(n, p, 1);
      const Matrix x = mixed_classes(50, p, 2).dense();
      const Fit fitted = fit(NaiveBayes{.variances = variances}, data);
      const bool common = fitted.predict.linear() != nullptr;
      EXPECT_EQ(common, std::string(variances) == "common");
      const Vector expected = slow_scores(data, x, common);
      EXPECT_LE((fitted.predict.score(x) - expected).norm(), 1e-10 * expected.norm()) << n << variances;
      EXPECT_EQ(fitted.report.status, FitStatus::converged);
      EXPECT_EQ(fitted.report.parameters, common ? p + 1 : 2 * p + 1);
      EXPECT_EQ(fitted.report.message, "");
    }
}

TEST(NaiveBayes, WorksAtHugeAndTinyScalesOfEveryColumn) {
  const Data data = mixed_classes(40, 6, 3);
  Matrix x = data.dense();
  const double scales[] = {1e150, 1e-150, 1e200, 1e-200, 1, 1e-290};
  for (Index j = 0; j < 6; ++j) x.col(j) *= scales[j];
  const Data scaled(x, Vector(data.y()), Task::classification);
  for (const char* variances : {"common", "by_class"}) {
    const Vector expected = fit(NaiveBayes{.variances = variances}, data).predict.score(data.dense());
    const Vector scores = fit(NaiveBayes{.variances = variances}, scaled).predict.score(x);
    EXPECT_LE((scores - expected).norm(), 1e-9 * expected.norm()) << variances;
  }
}

TEST(NaiveBayes, ConstantColumnsSayNothing) {
  const Data data = mixed_classes(40, 3, 4);
  Matrix x(40, 4);
  x << data.dense(), Vector::Constant(40, 0.1);
  const Data wider(x, Vector(data.y()), Task::classification);
  for (const char* variances : {"common", "by_class"}) {
    const Fit with = fit(NaiveBayes{.variances = variances}, wider);
    const Vector scores = fit(NaiveBayes{.variances = variances}, data).predict.score(data.dense());
    EXPECT_LE((with.predict.score(x) - scores).norm(), 1e-12 * scores.norm());
    EXPECT_EQ(with.report.message, "");
  }
}

TEST(NaiveBayes, AColumnThatTellsTheClassesApartDecidesAndIsTold) {
  const Data data = mixed_classes(40, 3, 5);
  Matrix x = data.dense();
  x.col(1) = 7 - data.y().array();
  for (const char* variances : {"common", "by_class"}) {
    const Fit fitted =
        fit(NaiveBayes{.variances = variances}, Data(x, Vector(data.y()), Task::classification));
    const Vector scores = fitted.predict.score(x);
    EXPECT_TRUE(scores.allFinite());
    EXPECT_TRUE(((scores.array() > 0) == (data.y().array() > 0)).all());
    EXPECT_EQ(
        fitted.report.message,
        "1 column hardly varies within a class: the variances are taken to be 1e-9 of the squared range");
  }
}

TEST(NaiveBayes, OfClassesOfOneRowIsFiniteAndTold) {
  const Data two = with_first_labels_zero(mixed_classes(2, 3, 6), 1);
  for (const char* variances : {"common", "by_class"}) {
    const Fit fitted = fit(NaiveBayes{.variances = variances}, two);
    const Vector scores = fitted.predict.score(two.dense());
    EXPECT_TRUE(scores(0) < 0 && scores(1) > 0);
    EXPECT_NE(fitted.report.message.find("3 columns hardly vary"), std::string::npos);
  }
}

TEST(NaiveBayes, OfOneClassIsAConstant) {
  const Data data = mixed_classes(9, 4, 7);
  for (const char* variances : {"common", "by_class"}) {
    const NaiveBayes model{.variances = variances};
    EXPECT_EQ(fit(model, with_first_labels_zero(data, 0)).predict.score(data.dense()),
              Vector(Vector::Constant(9, std::log(10.0))));
    EXPECT_EQ(fit(model, with_first_labels_zero(data, 9)).predict.score(data.dense()),
              Vector(Vector::Constant(9, -std::log(10.0))));
  }
}

TEST(NaiveBayes, FailsOnNumbersThatAreNotFinite) {
  for (const double wrong : {std::numeric_limits<double>::infinity(), nan}) {
    Matrix x = mixed_classes(20, 3, 8).dense();
    x(4, 1) = wrong;
    for (const char* variances : {"common", "by_class"}) {
      const Data data(x, Vector(mixed_classes(20, 3, 8).y()), Task::classification);
      EXPECT_EQ(fit(NaiveBayes{.variances = variances}, data).report.status, FitStatus::failed);
    }
  }
}

TEST(NaiveBayes, RefusesWhatItCannotUse) {
  const Data data = mixed_classes(9, 4, 9);
  EXPECT_THROW(fit(NaiveBayes{.variances = "none"}, data), InvalidInput);
  EXPECT_THROW(fit(NaiveBayes{}, gaussian_problem(9, 4, 1)), InvalidInput);
  EXPECT_THROW(fit(NaiveBayes{}, data.prefix(0)), InvalidInput);
}

// Independent columns of one variance: its best rule is the best of all.
TEST(NaiveBayes, TendsToTheBestRuleOfIndependentColumns) {
  const double distance = 2;
  const Fit fitted = fit(NaiveBayes{}, gaussian_classes(20000, 10, distance, Stream(10)));
  const LinearRule& rule = *fitted.predict.linear();
  const double along = rule.coefficients.sum() / std::sqrt(10.0) * distance / 2,
               size = rule.coefficients.norm();
  const double error =
      (normal_cdf((-along - rule.intercept) / size) + normal_cdf((-along + rule.intercept) / size)) / 2;
  EXPECT_GT(error, normal_cdf(-1));
  EXPECT_LT(error, 1.005 * normal_cdf(-1));
}

// One column, N(0, 1) and N(0, 9): x^2 against 9/4 log 3 is the best rule; no line does better than a constant.
TEST(NaiveBayes, ByClassTellsVariancesApart) {
  const Index n = 20000;
  Matrix x = gaussian_matrix(n, 1, Stream(11));
  Vector y(n);
  for (Index i = 0; i < n; ++i) y(i) = static_cast<double>(i % 2), x(i, 0) *= y(i) > 0 ? 3 : 1;
  const Fit fitted = fit(NaiveBayes{.variances = "by_class"}, Data(x, y, Task::classification));
  const double end = 1.5 * std::sqrt(std::log(3.0));
  const double wrong = (2 * normal_cdf(-end) + 1 - 2 * normal_cdf(-end / 3)) / 2;
  const Vector scores = fitted.predict.score(x);
  double errors = 0;
  for (Index i = 0; i < n; ++i) errors += (scores(i) > 0) == (y(i) > 0) ? 0 : 1;
  EXPECT_NEAR(errors / n, wrong, 5 * std::sqrt(wrong * (1 - wrong) / n));
}

using Counted = CountingScalar;

TEST(NaiveBayes, IsBilledWhatTheObviousAlgorithmCounts) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {300, 2}, {5, 1}}) {
    const Data data = mixed_classes(n, p, 12);
    const auto x = grid_of<Counted>(data.dense());
    const auto y = reference::labels_of(data.y());
    EXPECT_EQ(fit(NaiveBayes{}, data).report.cost.fit_flops,
              count_flops([&] { reference::naive_bayes(x, y); }));
    EXPECT_EQ(fit(NaiveBayes{.variances = "by_class"}, data).report.cost.fit_flops,
              count_flops([&] { reference::naive_bayes_by_class(x, y); }));
  }
}

TEST(NaiveBayes, BillsAPredictionAsTheObviousAlgorithmCounts) {
  const Data data = mixed_classes(20, 7, 13);
  const double quadratic = count_flops([] {
    Counted distances[2] = {0, 0};
    for (Counted& distance : distances)
      for (int j = 0; j < 7; ++j) {
        const Counted z = (Counted(1) - Counted(0.5)) * Counted(2);
        distance += z * z;
      }
    return (distances[0] - distances[1]) / Counted(2) + Counted(3);
  });
  EXPECT_EQ(fit(NaiveBayes{.variances = "by_class"}, data).predict.score_flops(), quadratic);
  EXPECT_EQ(fit(NaiveBayes{}, data).predict.score_flops(), 2 * 7 + 1);
}

}  // namespace
}  // namespace quartic::naive_bayes_test
