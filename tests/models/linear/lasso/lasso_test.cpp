#include "models/linear/lasso/lasso.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <cmath>
#include <limits>

#include "core/require.hpp"
#include "tests/support/reference/lasso.hpp"

namespace quartic::lasso_test {
namespace {

using reference::coordinate_descent;
using reference::LassoProblem;
using reference::relative_gap;
using reference::sparse_problem;

Stream stream() {
  return Stream(1);
}

Vector coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

double largest_penalty(const LassoProblem& problem) {
  return (problem.x.transpose() * problem.y).cwiseAbs().maxCoeff() / static_cast<double>(problem.y.size());
}

/// Optimality: x_j'r/n = penalty sign(b_j) on the support, at most penalty off it; and the gap in the report
/// is true.
void expect_optimal(const Fit& fit, const LassoProblem& problem, double penalty, double tolerance) {
  const Vector b = coefficients(fit);
  const Vector r = problem.y - problem.x * b;
  const Vector c = problem.x.transpose() * r / static_cast<double>(r.size());
  for (Index j = 0; j < b.size(); ++j) {
    if (b[j] == 0) {
      EXPECT_LE(std::abs(c[j]), penalty * (1 + tolerance)) << "column " << j;
    } else {
      EXPECT_NEAR(c[j], b[j] > 0 ? penalty : -penalty, tolerance * penalty) << "column " << j;
    }
  }
  EXPECT_EQ(fit.report.status, FitStatus::converged);
  EXPECT_NEAR(fit.report.certificate, relative_gap(problem, b, penalty), 1e-13);
  EXPECT_EQ(fit.report.parameters, (b.array() != 0).count());
}

Fit fit_at(const LassoProblem& problem, double penalty, double tolerance = 1e-12) {
  return Lasso{.penalty = penalty, .tolerance = tolerance}.fit(Data(problem.x, problem.y), stream());
}

TEST(Lasso, MatchesCoordinateDescentRunToTheEnd) {
  for (const auto& [n, d] : {std::pair<Index, Index>{60, 20}, {30, 80}, {15, 200}}) {
    const LassoProblem problem = sparse_problem(n, d, 4, 1.0, 100 + n);
    for (double fraction : {0.7, 0.2, 0.05}) {
      const double penalty = fraction * largest_penalty(problem);
      const Vector expected = coordinate_descent(problem, penalty, 1e-14);
      EXPECT_LT((coefficients(fit_at(problem, penalty)) - expected).cwiseAbs().maxCoeff(), 1e-6)
          << n << " " << d;
    }
  }
}

TEST(Lasso, MeetsTheOptimalityConditions) {
  for (const auto& [n, d] :
       {std::pair<Index, Index>{100, 30}, {50, 50}, {40, 300}, {1, 5}, {5, 1}, {2, 1000}}) {
    const LassoProblem problem = sparse_problem(n, d, std::min<Index>(d, 5), 1.0, 200 + d);
    for (double fraction : {0.9, 0.3, 0.1, 0.01}) {
      const double penalty = fraction * largest_penalty(problem);
      SCOPED_TRACE(testing::Message() << n << " x " << d << " at " << fraction);
      expect_optimal(fit_at(problem, penalty), problem, penalty, 1e-7);
    }
  }
}

TEST(Lasso, StopsWithinTheToleranceOfTheDualityGap) {
  const LassoProblem problem = sparse_problem(80, 300, 8, 1.0, 3);
  for (double tolerance : {1e-2, 1e-4, 1e-8}) {
    const Fit fit = fit_at(problem, 0.05 * largest_penalty(problem), tolerance);
    EXPECT_LE(fit.report.certificate, tolerance);
    EXPECT_GE(fit.report.certificate, -1e-14);
    EXPECT_NEAR(fit.report.certificate,
                relative_gap(problem, coefficients(fit), 0.05 * largest_penalty(problem)), 1e-13);
  }
}

TEST(Lasso, IsTheSoftThresholdInAnOrthonormalDesign) {
  LassoProblem problem = sparse_problem(32, 8, 8, 0.5, 4);
  const Eigen::MatrixXd q =
      Eigen::MatrixXd(problem.x).householderQr().householderQ() * Eigen::MatrixXd::Identity(32, 8);
  problem.x = std::sqrt(32.0) * q;
  const Vector z = problem.x.transpose() * problem.y / 32.0;
  const Vector b = coefficients(fit_at(problem, 0.6));
  for (Index j = 0; j < 8; ++j)
    EXPECT_NEAR(b[j], std::copysign(std::max(std::abs(z[j]) - 0.6, 0.0), z[j]), 1e-12);
}

TEST(Lasso, IsExactlyZeroFromTheLargestPenaltyOn) {
  const LassoProblem problem = sparse_problem(50, 100, 5, 1.0, 5);
  for (double factor : {1.0, 1.5, 1e6}) {
    const Fit fit = fit_at(problem, factor * largest_penalty(problem) * (1 + 1e-15));
    EXPECT_EQ(coefficients(fit), Vector::Zero(100));
    EXPECT_EQ(fit.report.certificate, 0);
    EXPECT_EQ(fit.report.parameters, 0);
  }
}

TEST(Lasso, LeavesOutColumnsOfZeros) {
  LassoProblem problem = sparse_problem(40, 20, 20, 0.1, 6);
  problem.x.col(3).setZero();
  problem.x.col(17).setZero();
  const Fit fit = fit_at(problem, 1e-3);
  EXPECT_EQ(coefficients(fit)[3], 0);
  EXPECT_EQ(coefficients(fit)[17], 0);
  expect_optimal(fit, problem, 1e-3, 1e-7);
}

TEST(Lasso, CopesWithColumnsThatRepeatOrCombineOthers) {
  LassoProblem problem = sparse_problem(30, 60, 10, 0.5, 7);
  problem.x.col(1) = problem.x.col(0);
  problem.x.col(2) = -problem.x.col(0);
  problem.x.col(4) = problem.x.col(3) + problem.x.col(5);
  problem.x.col(6) = 2 * problem.x.col(0);
  for (double fraction : {0.5, 0.1, 0.01, 0.001}) {
    const double penalty = fraction * largest_penalty(problem);
    const Fit fit = fit_at(problem, penalty);
    SCOPED_TRACE(fraction);
    EXPECT_EQ(fit.report.status, FitStatus::converged);
    EXPECT_LE(relative_gap(problem, coefficients(fit), penalty), 1e-12);
  }
}

TEST(Lasso, EntersADependentColumnInExchangeForAnother) {
  // Columns e1, e2 and 3(e1 + e2): the third is cheaper for y = (1, 1) once both others are in.
  LassoProblem problem{Matrix(2, 3), Vector(2)};
  problem.x << 1, 0, 0.8, 0, 1, 0.8;
  problem.y << 3, 1;
  for (double penalty : {1.2, 0.9, 0.5, 0.1, 1e-3, 1e-6}) {
    SCOPED_TRACE(penalty);
    expect_optimal(fit_at(problem, penalty), problem, penalty, 1e-7);
  }
}

TEST(Lasso, IsIndifferentToTheScaleOfColumnsAndLabels) {
  const LassoProblem problem = sparse_problem(50, 80, 5, 1.0, 8);
  const double penalty = 0.1 * largest_penalty(problem);
  const Vector expected = coefficients(fit_at(problem, penalty));
  for (double scale : {1e-100, 1e-8, 1e8, 1e100}) {
    const LassoProblem scaled{problem.x * scale, problem.y * scale};
    const Fit fit = fit_at(scaled, penalty * scale * scale);
    EXPECT_EQ(fit.report.status, FitStatus::converged);
    EXPECT_LT((coefficients(fit) - expected).cwiseAbs().maxCoeff(), 1e-9) << scale;
  }
}

TEST(Lasso, CertifiesColumnsOfVeryDifferentScales) {
  LassoProblem problem = sparse_problem(60, 100, 10, 1.0, 9);
  for (Index j = 0; j < 100; ++j) problem.x.col(j) *= std::pow(10.0, j % 9 - 4);
  for (double fraction : {0.3, 0.01, 1e-5}) {
    const double penalty = fraction * largest_penalty(problem);
    const Fit fit = fit_at(problem, penalty, 1e-9);
    EXPECT_EQ(fit.report.status, FitStatus::converged);
    EXPECT_LE(relative_gap(problem, coefficients(fit), penalty), 1e-9);
  }
}

TEST(Lasso, LearnsNothingFromLabelsOfZero) {
  const LassoProblem problem{sparse_problem(20, 30, 3, 1.0, 10).x, Vector::Zero(20)};
  for (const NumberOrWord& penalty : {NumberOrWord(0.1), NumberOrWord("cv"), NumberOrWord("theory")}) {
    const Fit fit = Lasso{.penalty = penalty}.fit(Data(problem.x, problem.y), stream());
    EXPECT_EQ(coefficients(fit), Vector::Zero(30));
    EXPECT_EQ(fit.report.status, FitStatus::converged);
  }
}

TEST(Lasso, FitsTheSameWithAnInterceptAsOnCentredData) {
  LassoProblem problem = sparse_problem(60, 40, 5, 1.0, 11);
  problem.x.array() += 3;
  problem.y.array() += 7;
  const LassoProblem centred{problem.x.rowwise() - problem.x.colwise().mean(),
                             problem.y.array() - problem.y.mean()};
  const double penalty = 0.1 * largest_penalty(centred);
  const Fit fit = Lasso{.penalty = penalty, .tolerance = 1e-12, .intercept = true}.fit(
      Data(problem.x, problem.y), stream());
  EXPECT_LT((coefficients(fit) - coordinate_descent(centred, penalty, 1e-14)).cwiseAbs().maxCoeff(), 1e-7);
  EXPECT_NEAR(fit.predict.score(problem.x).mean(), problem.y.mean(), 1e-11);
  EXPECT_EQ(fit.report.parameters, (coefficients(fit).array() != 0).count() + 1);
}

TEST(Lasso, HasThePathOfBareFits) {
  const LassoProblem problem = sparse_problem(70, 150, 6, 1.0, 12);
  const Data data(problem.x, problem.y);
  const Lasso model{.penalties = 30, .ratio = 0.02, .tolerance = 1e-12};
  const std::vector<Fit> path = model.fit_path(data, stream());
  ASSERT_EQ(path.size(), 30u);
  double penalty = largest_penalty(problem);
  for (std::size_t k = 0; k < path.size(); ++k, penalty *= std::pow(0.02, 1.0 / 29)) {
    SCOPED_TRACE(k);
    expect_optimal(path[k], problem, penalty, 1e-7);
    EXPECT_LT((coefficients(path[k]) - coefficients(fit_at(problem, penalty))).cwiseAbs().maxCoeff(), 1e-7);
    EXPECT_GE(path[k].report.cost.fit_flops, path[k > 0 ? k - 1 : 0].report.cost.fit_flops);
  }
}

TEST(Lasso, HasTheSameBitsAloneAndAmongOtherSizes) {
  const LassoProblem problem = sparse_problem(90, 120, 5, 1.0, 13);
  const Data data(problem.x, problem.y);
  for (const NumberOrWord& penalty : {NumberOrWord(0.3), NumberOrWord("cv"), NumberOrWord("theory")}) {
    const Model model = Lasso{.penalty = penalty};
    const std::vector<Index> sizes = {10, 37, 64, 90};
    const std::vector<Fit> curve = model.fit_prefixes({data, sizes}, stream());
    for (std::size_t k = 0; k < sizes.size(); ++k) {
      const Fit alone =
          model.fit(data.prefix(sizes[k]), stream().child(static_cast<std::uint64_t>(sizes[k])));
      EXPECT_EQ(coefficients(alone), coefficients(curve[k]));
      EXPECT_EQ(alone.report.cost.fit_flops, curve[k].report.cost.fit_flops);
    }
  }
}

TEST(Lasso, ReadsDataHeldAsFloat) {
  const LassoProblem problem = sparse_problem(50, 70, 5, 1.0, 14);
  const MatrixF narrow = problem.x.cast<float>();
  const Lasso model{.penalty = 0.2};
  const Vector expected = coefficients(model.fit(Data(Matrix(narrow.cast<double>()), problem.y), stream()));
  EXPECT_EQ(coefficients(model.fit(Data(narrow, problem.y), stream())), expected);
}

TEST(Lasso, ReportsAnIterationLimit) {
  const LassoProblem problem = sparse_problem(50, 200, 20, 1.0, 15);
  const Fit fit = Lasso{.penalty = 1e-3, .iterations = 3}.fit(Data(problem.x, problem.y), stream());
  EXPECT_EQ(fit.report.status, FitStatus::iteration_limit);
  EXPECT_GT(fit.report.certificate, 1e-6);
}

TEST(Lasso, ReportsDataThatAreNotNumbersAsAFailedFit) {
  LassoProblem problem = sparse_problem(10, 20, 2, 1.0, 16);
  problem.x(3, 4) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Lasso{.penalty = 0.1}.fit(Data(problem.x, problem.y), stream()).report.status, FitStatus::failed);
}

TEST(Lasso, EndsWhereGramMatricesOverflowOrUnderflow) {
  const LassoProblem problem = sparse_problem(20, 40, 3, 1.0, 19);
  for (const double scale : {1e200, 1e-170}) {
    const Matrix x = scale * problem.x;
    for (const char* choice : {"cv", "theory"})
      EXPECT_TRUE(coefficients(Lasso{.penalty = choice}.fit(Data(x, problem.y), stream())).allFinite());
  }
}

// Columns that all but coincide count as dependent: what keeps one of them out must not keep the solver busy.
TEST(Lasso, EndsSoonWhereColumnsAllButCoincide) {
  LassoProblem problem = sparse_problem(30, 50, 3, 1.0, 20);
  for (Index j = 25; j < 50; ++j) problem.x.col(j) = problem.x.col(j - 25) + 3e-6 * problem.x.col(j);
  const Fit fit = Lasso{.penalty = 1e-9}.fit(Data(problem.x, problem.y), stream());
  EXPECT_LT(fit.report.iterations, 10000);
}

TEST(Lasso, SolvesTheSameFromTheWholeGramMatrixAndBillsIt) {
  for (const auto& [n, d] : {std::pair<Index, Index>{60, 20}, {40, 150}}) {
    const LassoProblem problem = sparse_problem(n, d, 4, 1.0, 300 + n);
    const double penalty = 0.2 * largest_penalty(problem);
    const Data data(problem.x, problem.y);
    const Lasso few{.penalty = penalty, .tolerance = 1e-12},
        whole{.penalty = penalty, .tolerance = 1e-12, .gram = "whole"};
    const Fit fit = whole.fit(data, stream());
    expect_optimal(fit, problem, penalty, 1e-6);
    EXPECT_LT((coefficients(fit) - coefficients(few.fit(data, stream()))).cwiseAbs().maxCoeff(), 1e-6);
    const double columns = static_cast<double>(d);
    const double products = static_cast<double>(n) * columns * (columns + 3);  // X'X, one triangle, and X'y
    EXPECT_GT(fit.report.cost.fit_flops, products);
    EXPECT_LT(fit.report.cost.fit_flops, 1.5 * products);
  }
}

TEST(Lasso, RefusesInputItCannotServe) {
  const LassoProblem problem = sparse_problem(10, 20, 2, 1.0, 17);
  const Data data(problem.x, problem.y);
  for (const Lasso& model :
       {Lasso{.penalty = 0.0}, Lasso{.penalty = -1.0}, Lasso{.penalty = "theory_known"},
        Lasso{.penalty = "best"}, Lasso{.constant = 0}, Lasso{.folds = 1}, Lasso{.penalties = 0},
        Lasso{.ratio = 1}, Lasso{.tolerance = 0}, Lasso{.iterations = 0}, Lasso{.gram = "half"}})
    EXPECT_THROW(model.fit(data, stream()), InvalidInput);
  EXPECT_THROW(Lasso{.penalty = 1.0}.fit(data.prefix(0), stream()), InvalidInput);
  EXPECT_THROW(Lasso{.penalty = "cv"}.fit(data.prefix(1), stream()), InvalidInput);
}

TEST(Lasso, DescribesItsOptions) {
  EXPECT_EQ(
      Lasso{.penalty = 0.5}.fingerprint(),
      R"({"constant":1.4142135623730951,"folds":5,"gram":"as_needed","intercept":false,"iterations":100000,)"
      R"("penalties":100,"penalty":0.5,"ratio":0.01,"tolerance":1e-06})");
  const Lasso model =
      with_options<Lasso>(Lasso::options(), {{"penalty", OptionValue(std::string("cv_1se"))}});
  EXPECT_EQ(std::get<std::string>(model.penalty), "cv_1se");
}

TEST(Lasso, EstimatesTheNoiseForThePenaltyOfTheory) {
  const LassoProblem problem = sparse_problem(400, 200, 5, 2.0, 18);
  const Fit fit = Lasso{.penalty = "theory", .constant = 1.0}.fit(Data(problem.x, problem.y), stream());
  const Vector b = coefficients(fit);
  const double noise = (problem.y - problem.x * b).norm() / std::sqrt(400.0);
  const double penalty = noise * std::sqrt(2 * std::log(200.0) / 400);
  const Vector expected = coordinate_descent(problem, penalty, 1e-14);
  EXPECT_LT((b - expected).cwiseAbs().maxCoeff(), 2e-4);
  EXPECT_NEAR(noise, 2.0, 0.4);
  EXPECT_GT(fit.report.cost.tuning_flops, fit.report.cost.fit_flops);
}

}  // namespace
}  // namespace quartic::lasso_test
