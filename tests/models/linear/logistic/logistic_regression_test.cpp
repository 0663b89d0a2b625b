#include "models/linear/logistic/logistic_regression.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/logistic.hpp"
#include "tests/support/separable.hpp"

namespace quartic::logistic_regression_test {
namespace {

struct Shape {
  Index n, p;
};

const LinearRule& rule(const Fit& fit) {
  return *fit.predict.linear();
}

template <class T>
reference::Rule<T> slow(const Data& data, double penalty, bool intercept, const Vector& case_weights = {}) {
  const Grid<T> x = grid_of<T>(data.dense());
  const std::vector<T> y = numbers_of<T>(data.y()), weights = numbers_of<T>(case_weights);
  return data.rows() >= data.columns() + (intercept ? 1 : 0)
             ? reference::logistic_by_columns(x, y, penalty, intercept, weights)
             : reference::logistic_by_rows(x, y, penalty, intercept, weights);
}

Matrix with_ones(const Matrix& x) {
  Matrix all(x.rows(), x.cols() + 1);
  all << x, Vector::Ones(x.rows());
  return all;
}

TEST(LogisticRegression, MatchesTheSlowSolver) {
  for (const auto& [n, p, penalty] : {std::tuple{60, 4, 0.0},
                                      {200, 12, 0.0},
                                      {60, 4, 0.1},
                                      {30, 29, 0.01},
                                      {30, 30, 0.01},
                                      {30, 31, 0.01},
                                      {20, 60, 0.3},
                                      {9, 1, 0.0}}) {
    for (const bool intercept : {false, true}) {
      const Data data = logistic_problem(n, p, 1, 4, 0.5);
      const Fit fitted = fit(LogisticRegression{.penalty = penalty, .intercept = intercept}, data);
      const auto expected = slow<double>(data, penalty, intercept);
      ASSERT_EQ(fitted.report.status, FitStatus::converged) << n << " " << p;
      for (Index j = 0; j < p; ++j) EXPECT_NEAR(rule(fitted).coefficients[j], expected.coefficients[j], 1e-8);
      EXPECT_NEAR(rule(fitted).intercept, expected.intercept, 1e-8);
      EXPECT_LE(fitted.report.certificate, 1e-8);
      EXPECT_EQ(fitted.report.parameters, p + (intercept ? 1 : 0));
    }
  }
}

TEST(LogisticRegression, BillsWhatTheSlowSolverCounts) {
  for (const auto& [n, p, penalty] :
       {std::tuple{60, 4, 0.0}, {60, 4, 0.1}, {30, 29, 0.01}, {30, 40, 0.01}, {20, 60, 0.3}}) {
    for (const bool intercept : {false, true}) {
      const Data data = logistic_problem(n, p, 1, 4, 0.5);
      const Fit fitted = fit(LogisticRegression{.penalty = penalty, .intercept = intercept}, data);
      const double counted =
          count_flops([&, penalty = penalty] { slow<CountingScalar>(data, penalty, intercept); });
      EXPECT_EQ(fitted.report.cost.fit_flops, counted) << n << " " << p << " " << penalty << " " << intercept;
      EXPECT_EQ(fitted.report.cost.tuning_flops, 0);
    }
  }
}

// Uneven case weights, for tests: 1/2, 2, 3 1/2, 5, 6 1/2, and so on.
Vector uneven_weights(Index rows) {
  Vector weights(rows);
  for (Index i = 0; i < rows; ++i) weights[i] = 0.5 + 1.5 * static_cast<double>(i % 5);
  return weights;
}

Fit fit_weighted(const LogisticRegression& model, const Data& data, const Vector& case_weights) {
  return model.fit_weighted(data, {case_weights.data(), case_weights.size()});
}

TEST(LogisticRegression, WeighsRowsAsTheSlowSolverDoes) {
  for (const auto& [n, p, penalty] : {std::tuple{80, 4, 0.0}, {60, 4, 0.1}, {30, 40, 0.01}, {20, 60, 0.3}}) {
    for (const bool intercept : {false, true}) {
      const Data data = logistic_problem(n, p, 1, 4, 0.5);
      const Vector weights = uneven_weights(n);
      const Fit fitted = fit_weighted({.penalty = penalty, .intercept = intercept}, data, weights);
      const auto expected = slow<double>(data, penalty, intercept, weights);
      ASSERT_EQ(fitted.report.status, FitStatus::converged) << n << " " << p;
      for (Index j = 0; j < p; ++j) EXPECT_NEAR(rule(fitted).coefficients[j], expected.coefficients[j], 1e-8);
      EXPECT_NEAR(rule(fitted).intercept, expected.intercept, 1e-8);
      const double counted =
          count_flops([&, penalty = penalty] { slow<CountingScalar>(data, penalty, intercept, weights); });
      EXPECT_EQ(fitted.report.cost.fit_flops, counted) << n << " " << p << " " << penalty << " " << intercept;
    }
  }
}

TEST(LogisticRegression, TakesAWeightForHowOftenARowOccurs) {
  const Data data = logistic_problem(50, 4, 1, 4, 0.5);
  Matrix x(0, 4);
  Vector y, weights(50);
  for (Index i = 0; i < 50; ++i) {
    weights[i] = static_cast<double>(1 + i % 3);
    x.conservativeResize(x.rows() + 1 + i % 3, 4);
    y.conservativeResize(x.rows());
    x.bottomRows(1 + i % 3).rowwise() = data.dense().row(i);
    y.tail(1 + i % 3).setConstant(data.y()[i]);
  }
  const LogisticRegression model{.penalty = 0.01, .tolerance = 1e-12, .intercept = true};
  const Fit weighted = fit_weighted(model, data, weights), repeated = fit(model, classes_of(x, y));
  EXPECT_LE((rule(weighted).coefficients - rule(repeated).coefficients).norm(), 1e-9);
  EXPECT_NEAR(rule(weighted).intercept, rule(repeated).intercept, 1e-9);
  const Fit scaled = fit_weighted(model, data, 1e6 * weights);
  EXPECT_LE((rule(scaled).coefficients - rule(weighted).coefficients).norm(), 1e-9);
}

TEST(LogisticRegression, WeighsRowsTenOrdersOfMagnitudeApart) {
  const Data data = logistic_problem(300, 3, 1, 4, 0.5);
  Vector weights(300);
  for (Index i = 0; i < 300; ++i) weights[i] = data.y()[i] > 0 ? 1e-5 : 1e5;
  const Fit fitted = fit_weighted({.intercept = true}, data, weights);
  const auto expected = slow<double>(data, 0, true, weights);
  ASSERT_EQ(fitted.report.status, FitStatus::converged);
  EXPECT_NEAR(rule(fitted).intercept, expected.intercept, 1e-5);
  for (Index j = 0; j < 3; ++j) EXPECT_NEAR(rule(fitted).coefficients[j], expected.coefficients[j], 1e-5);
  const Fit huge = fit_weighted({.intercept = true}, data, 1e303 * weights);
  EXPECT_NEAR(rule(huge).intercept, rule(fitted).intercept, 1e-9);
}

TEST(LogisticRegression, SaysThatAHeavyRowHidesTheOthers) {
  const Data data = logistic_problem(200, 3, 1, 4, 0.5);
  Vector weights = Vector::Ones(200);
  weights[0] = 1e20;
  const Fit fitted = fit_weighted({.intercept = true}, data, weights);
  EXPECT_EQ(fitted.report.status, FitStatus::iteration_limit);
  EXPECT_NE(fitted.report.message.find("weights that differ less"), std::string::npos)
      << fitted.report.message;
  EXPECT_EQ(fitted.report.message.find("collinear"), std::string::npos) << fitted.report.message;
}

TEST(LogisticRegression, RefusesWeightsThatAreNone) {
  const Data data = logistic_problem(50, 4, 1, 4, 0.5);
  EXPECT_THROW(fit_weighted({}, data, Vector::Ones(49)), InvalidInput);
  for (const double wrong : {0.0, -1.0, nan, infinity}) {
    Vector weights = Vector::Ones(50);
    weights[7] = wrong;
    EXPECT_THROW(fit_weighted({}, data, weights), InvalidInput) << wrong;
  }
}

// The gradient of the objective, in the data as they are.
double largest_gradient(const Data& data, const LogisticRegression& model, const LinearRule& b) {
  const Vector scores = b.score(data.dense());
  const Vector residuals = (1 / (1 + (-scores.array()).exp())) - data.y().array();
  const Vector gradient = data.dense().transpose() * residuals / static_cast<double>(data.rows()) +
                          model.penalty * b.coefficients;
  const double of_intercept = model.intercept ? std::abs(residuals.mean()) : 0;
  return std::max(of_intercept, gradient.cwiseAbs().maxCoeff());
}

TEST(LogisticRegression, LeavesNoGradientOnEitherSideOfASquare) {
  for (const auto [n, p] : {Shape{50, 48}, {50, 49}, {50, 50}, {50, 51}, {50, 52}, {50, 400}}) {
    for (const bool intercept : {false, true}) {
      const LogisticRegression model{.penalty = 0.02, .intercept = intercept};
      const Data data = logistic_problem(n, p, 2, 8);
      const Fit fitted = fit(model, data);
      ASSERT_EQ(fitted.report.status, FitStatus::converged);
      EXPECT_LE(largest_gradient(data, model, rule(fitted)), 1e-8);
    }
  }
}

TEST(LogisticRegression, ConvergesFromFarAwayByHalvedSteps) {
  Data data = logistic_problem(400, 3, 30, 5);
  data = classes_of(data.dense(), data.y());
  const LogisticRegression model{.penalty = 1e-9};
  const Fit fitted = fit(model, data);
  EXPECT_EQ(fitted.report.status, FitStatus::converged);
  EXPECT_LE(largest_gradient(data, model, rule(fitted)), 1e-9);
}

TEST(LogisticRegression, GivesCollinearColumnsTheSameScores) {
  const Data data = logistic_problem(200, 5, 1, 3);
  Matrix x(200, 8);
  x << data.dense(), data.dense().col(1) + data.dense().col(2), Vector::Zero(200), data.dense().col(4);
  for (const bool intercept : {false, true}) {
    const LogisticRegression model{.intercept = intercept};
    const Fit alone = fit(model, data), all = fit(model, classes_of(x, data.y()));
    EXPECT_EQ(all.report.status, FitStatus::converged);
    EXPECT_NE(all.report.message.find("rank " + std::to_string(5 + (intercept ? 1 : 0))), std::string::npos)
        << all.report.message;
    EXPECT_LE((all.predict.score(x) - alone.predict.score(data.dense())).cwiseAbs().maxCoeff(), 1e-7);
    EXPECT_NEAR(rule(all).coefficients[7], rule(all).coefficients[4], 1e-8);
    EXPECT_EQ(rule(all).coefficients[6], 0);
  }
}

TEST(LogisticRegression, DoesNotDependOnTheUnitsOfTheColumns) {
  const Data data = logistic_problem(100, 6, 2, 3);
  Matrix x = data.dense();
  for (Index j = 0; j < 6; ++j) x.col(j) *= std::ldexp(1.0, static_cast<int>(30 * (j % 3 - 1)));
  const Fit plain = fit(LogisticRegression{}, data),
            scaled = fit(LogisticRegression{}, classes_of(x, data.y()));
  EXPECT_EQ(Vector(plain.predict.score(data.dense())), Vector(scaled.predict.score(x)));
  EXPECT_EQ(plain.report.iterations, scaled.report.iterations);
}

TEST(LogisticRegression, TellsThatOneClassIsSeparatedByTheIntercept) {
  for (const double label : {0.0, 1.0}) {
    for (const double penalty : {0.0, 0.5}) {
      const Data data = classes_of(gaussian_problem(20, 3, 1).dense(), Vector::Constant(20, label));
      const Fit fitted = fit(LogisticRegression{.penalty = penalty, .intercept = true}, data);
      EXPECT_EQ(fitted.report.status, FitStatus::separated);
      EXPECT_NE(fitted.report.message.find("all labels are equal"), std::string::npos);
      EXPECT_EQ(fitted.predict.score(data.dense()), Vector(Vector::Constant(20, label > 0 ? 10 : -10)));
    }
  }
}

TEST(LogisticRegression, SeparatesFewerRowsThanColumnsExactly) {
  for (const bool intercept : {false, true}) {
    const Data data = logistic_problem(30, 50, 1, 1);
    const Fit fitted = fit(LogisticRegression{.intercept = intercept}, data);
    EXPECT_EQ(fitted.report.status, FitStatus::separated);
    const Vector expected = 10 * (2 * data.y().array() - 1);
    EXPECT_LE((fitted.predict.score(data.dense()) - expected).cwiseAbs().maxCoeff(), 1e-9);
    EXPECT_EQ(fitted.report.certificate, 0);
  }
}

// Small data of many kinds: whole numbers in which classes touch, or Gaussian ones; columns of zeros, copies, sums,
// constants; units of 1e9 and 1e-9.
struct SmallClasses {
  Matrix x, plain;  // plain: before the units
  Vector y;
};

SmallClasses small_classes(std::uint64_t seed) {
  Stream stream(seed);
  const auto upto = [&](int count) { return static_cast<Index>(stream.uniform() * count); };
  const Index n = 1 + upto(14), p = 1 + upto(4), width = 1 + upto(3), kind = upto(3), special = upto(8);
  Matrix x(n, p);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < p; ++j)
      x(i, j) =
          kind == 0 ? stream.normal() : static_cast<double>(upto(2 * static_cast<int>(width) + 1) - width);
  if (special == 0) x.col(p - 1) = x.col(0);
  if (special == 1) x.col(p - 1).setConstant(2);
  if (special == 2) x.col(p - 1).setZero();
  if (special == 3) x.col(p - 1) = x.rowwise().sum();
  const double slope = 2 * stream.uniform();
  Vector y(n);
  for (Index i = 0; i < n; ++i) y[i] = slope * x(i, 0) + 2 * stream.uniform() - 1 > 0 ? 1 : 0;
  if (special == 4) y.setConstant(y[0]);
  SmallClasses small{x, x, y};
  if (upto(2) == 0)
    for (Index j = 0; j < p; ++j) small.x.col(j) *= j % 2 == 0 ? 1e9 : 1e-9;
  return small;
}

void expect_separating(const Fit& fitted, const Matrix& x, const Vector& y) {
  const Vector margins = (2 * y.array() - 1) * fitted.predict.score(x).array();
  EXPECT_GE(margins.minCoeff(), -1e-7);
  EXPECT_NEAR(margins.maxCoeff(), 10, 1e-6);
  EXPECT_LE(fitted.report.certificate, 1e-8);
  EXPECT_NE(fitted.report.message.find(". "), std::string::npos);
}

TEST(LogisticRegression, TellsSeparationWhereALinearProgrammeDoes) {
  int separable = 0, overlapping = 0;
  std::vector<std::uint64_t> seeds = {13940, 21623, 35773, 70844};  // rows of zeros beside collinear columns
  for (std::uint64_t seed = 0; seed < 6000; ++seed) seeds.push_back(seed);
  for (const std::uint64_t seed : seeds) {
    const SmallClasses small = small_classes(seed);
    for (const bool intercept : {false, true}) {
      const bool expected = support::separable(intercept ? with_ones(small.plain) : small.plain, small.y);
      const Fit fitted = fit(LogisticRegression{.intercept = intercept}, classes_of(small.x, small.y));
      ASSERT_EQ(fitted.report.status, expected ? FitStatus::separated : FitStatus::converged)
          << seed << " " << intercept << " " << fitted.report.message << "\n"
          << small.x << "\n\n"
          << small.y;
      if (expected) expect_separating(fitted, small.x, small.y);
      EXPECT_LE(fitted.report.certificate, 1e-8);
      ++(expected ? separable : overlapping);
    }
  }
  EXPECT_GT(separable, 2000);
  EXPECT_GT(overlapping, 2000);
}

TEST(LogisticRegression, TellsSeparationOfMoreRowsNearTheThreshold) {
  int separable = 0, overlapping = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const Data data = logistic_problem(12 + static_cast<Index>(seed % 30), 4, 6, seed);
    const bool expected = support::separable(data.dense(), data.y());
    const Fit fitted = fit(LogisticRegression{}, data);
    ASSERT_EQ(fitted.report.status, expected ? FitStatus::separated : FitStatus::converged) << seed;
    ++(expected ? separable : overlapping);
  }
  EXPECT_GT(separable, 50);
  EXPECT_GT(overlapping, 50);
}

// Two rows that overlap by `overlap` on a line of width one: a finite maximum, however far away.
TEST(LogisticRegression, TellsASmallOverlapFromNone) {
  for (const double overlap : {1e-2, 1e-4, 1e-6}) {
    Matrix x(6, 1);
    x << -1, -0.5, overlap, -overlap, 0.5, 1;
    Vector y(6);
    y << 0, 0, 0, 1, 1, 1;
    const Fit over = fit(LogisticRegression{.iterations = 1000}, classes_of(x, y));
    EXPECT_EQ(over.report.status, FitStatus::converged) << overlap << over.report.message;
    x = -x.cwiseAbs();
    x.bottomRows(3) *= -1;
    EXPECT_EQ(fit(LogisticRegression{}, classes_of(x, y)).report.status, FitStatus::separated);
  }
}

TEST(LogisticRegression, SaysThatItStoppedEarly) {
  const Fit fitted = fit(LogisticRegression{.iterations = 1}, logistic_problem(100, 5, 2, 1));
  EXPECT_EQ(fitted.report.status, FitStatus::iteration_limit);
  EXPECT_EQ(fitted.report.iterations, 1);
  EXPECT_GT(fitted.report.certificate, 1e-8);
}

TEST(LogisticRegression, FailsOnNumbersThatAreNotFinite) {
  for (const double number : {infinity, nan}) {
    Matrix x = gaussian_problem(20, 3, 1).dense();
    x(4, 1) = number;
    for (const double penalty : {0.0, 0.1}) {
      const Data data = classes_of(x, logistic_problem(20, 3, 1, 1).y());
      EXPECT_EQ(fit(LogisticRegression{.penalty = penalty}, data).report.status, FitStatus::failed);
    }
  }
}

TEST(LogisticRegression, RefusesWhatItCannotFit) {
  const LogisticRegression model;
  EXPECT_TRUE(model.reads_classes());
  EXPECT_THROW(model.require_data(10, 2, Task::regression), InvalidInput);
  EXPECT_THROW(model.require_data(0, 2, Task::classification), InvalidInput);
  EXPECT_NO_THROW(model.require_data(10, 2, Task::classification));
  EXPECT_THROW(fit(model, gaussian_problem(10, 2, 1)), InvalidInput);
  EXPECT_THROW(fit(model, classes_of(Matrix::Ones(2, 1), Vector::Constant(2, 0.5))), InvalidInput);
  EXPECT_THROW(fit(LogisticRegression{.penalty = -1}, logistic_problem(10, 2, 1, 1)), InvalidInput);
}

TEST(LogisticRegression, HoldsWhatItSays) {
  EXPECT_GE(LogisticRegression{}.working_bytes(4000, 400), 8.0 * (4000 * 400 + 2 * 400 * 400));
  EXPECT_GE(LogisticRegression{.penalty = 1}.working_bytes(400, 4000), 8.0 * 2 * 400 * 400);
}

}  // namespace
}  // namespace quartic::logistic_regression_test
