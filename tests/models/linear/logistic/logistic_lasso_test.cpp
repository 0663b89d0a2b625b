#include "models/linear/logistic/logistic_lasso.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/linear/logistic/flops.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/logistic_lasso.hpp"

namespace quartic::logistic_lasso_test {
namespace {

const LinearRule& rule(const Fit& fit) {
  return *fit.predict.linear();
}

LogisticLasso at(double penalty, double l1_ratio = 1, bool intercept = false) {
  return {.penalty = penalty, .l1_ratio = l1_ratio, .intercept = intercept};
}

// Five columns matter; with class 1 in some two thirds of the rows.
Data sparse_classes(Index n, Index d, std::uint64_t seed) {
  const Data five = logistic_problem(n, 5, 2, seed, 1);
  Matrix x = gaussian_matrix(n, d, Stream(seed).child("others"));
  x.leftCols(std::min<Index>(5, d)) = five.dense().leftCols(std::min<Index>(5, d));
  return classes_of(x, five.y());
}

double largest_penalty(const LogisticLasso& model, const Data& data) {
  const double share = model.intercept ? data.y().mean() : 0.5;
  return (data.dense().transpose() * (data.y().array() - share).matrix()).cwiseAbs().maxCoeff() /
         (static_cast<double>(data.rows()) * model.l1_ratio);
}

// How far the optimality conditions are from being met, relative to the penalty.
double violation(const LogisticLasso& model, const Data& data, const LinearRule& b) {
  const double penalty = std::get<double>(model.penalty), absolute = penalty * model.l1_ratio;
  const Vector residuals = 1 / (1 + (-b.score(data.dense()).array()).exp()) - data.y().array();
  const Vector gradient = data.dense().transpose() * residuals / static_cast<double>(data.rows()) +
                          penalty * (1 - model.l1_ratio) * b.coefficients;
  double worst = model.intercept ? std::abs(residuals.mean()) : 0;
  for (Index j = 0; j < gradient.size(); ++j) {
    const double beta = b.coefficients[j];
    const double here = beta == 0 ? std::max(0.0, std::abs(gradient[j]) - absolute)
                                  : std::abs(gradient[j] + std::copysign(absolute, beta));
    worst = std::max(worst, here);
  }
  return worst / absolute;
}

TEST(LogisticLasso, MatchesProximalGradientSteps) {
  for (const auto& [n, d] : {std::pair{60, 8}, {40, 60}, {80, 80}}) {
    for (const double l1_ratio : {1.0, 0.5}) {
      for (const bool intercept : {false, true}) {
        const Data data = sparse_classes(n, d, 5);
        for (const double share : {0.5, 0.1}) {
          LogisticLasso model = at(1, l1_ratio, intercept);
          model.penalty = share * largest_penalty(model, data);
          model.tolerance = 1e-9;
          const reference::SparseLogistic slow{std::get<double>(model.penalty), l1_ratio, intercept};
          const Fit fitted = fit(model, data);
          const LinearRule expected = slow.fit(data, 20000);
          EXPECT_EQ(fitted.report.status, FitStatus::converged);
          EXPECT_NEAR(slow.objective(data, rule(fitted)), slow.objective(data, expected), 2e-9);
          EXPECT_LE((rule(fitted).coefficients - expected.coefficients).norm(),
                    1e-3 * expected.coefficients.norm());
          EXPECT_NEAR(rule(fitted).intercept, expected.intercept, 1e-3);
          EXPECT_LE(violation(model, data, rule(fitted)), 1e-6);
        }
      }
    }
  }
}

TEST(LogisticLasso, HasACertificateThatIsTrue) {
  const Data data = sparse_classes(80, 120, 6);
  for (const double l1_ratio : {1.0, 0.7}) {
    for (const double tolerance : {1e-1, 1e-2, 1e-4}) {
      LogisticLasso model = at(1, l1_ratio, true);
      model.penalty = 0.05 * largest_penalty(model, data);
      const reference::SparseLogistic slow{std::get<double>(model.penalty), l1_ratio, true};
      const double best = slow.objective(data, slow.fit(data, 20000));
      model.tolerance = tolerance;
      const Fit fitted = fit(model, data);
      EXPECT_LE(fitted.report.certificate, tolerance);
      const double above = (slow.objective(data, rule(fitted)) - best) / slow.null_loss(data);
      EXPECT_LE(above, fitted.report.certificate + 1e-9);
      EXPECT_GE(above, -1e-9);
    }
  }
}

TEST(LogisticLasso, LeavesOutNoColumnThatBelongsIn) {
  const Data data = sparse_classes(100, 3000, 7);
  for (const bool intercept : {false, true}) {
    for (const double share : {0.9, 0.3, 0.05}) {
      LogisticLasso model = at(1, 1, intercept);
      model.penalty = share * largest_penalty(model, data);
      model.tolerance = 1e-8;
      const Fit fitted = fit(model, data);
      EXPECT_LE(violation(model, data, rule(fitted)), 1e-5) << share;
      EXPECT_LE(fitted.report.certificate, 1e-8);
    }
  }
}

TEST(LogisticLasso, FollowsAPathFromNothing) {
  const Data data = sparse_classes(120, 200, 8);
  const LogisticLasso model{.penalties = 30, .ratio = 0.05, .tolerance = 1e-8, .intercept = true};
  const std::vector<Fit> path = model.fit_path(data, Stream(1));
  ASSERT_EQ(path.size(), 30u);
  EXPECT_EQ(rule(path[0]).coefficients.lpNorm<1>(), 0);
  EXPECT_NEAR(path[0].predict.score(data.dense()).mean(), std::log(data.y().mean() / (1 - data.y().mean())),
              1e-9);
  double flops = 0, norm = -1;
  for (std::size_t k = 0; k < path.size(); ++k) {
    const double penalty = largest_penalty(model, data) * std::pow(0.05, static_cast<double>(k) / 29);
    LogisticLasso alone = at(penalty, 1, true);
    alone.tolerance = 1e-8;
    const Fit single = fit(alone, data);
    EXPECT_EQ(path[k].report.status, FitStatus::converged);
    EXPECT_LE((rule(path[k]).coefficients - rule(single).coefficients).norm(), 2e-3) << k;
    EXPECT_GE(path[k].report.cost.fit_flops, flops);
    EXPECT_EQ(path[k].report.cost.tuning_flops, 0);
    EXPECT_GE(rule(path[k]).coefficients.lpNorm<1>(), norm - 1e-6);
    flops = path[k].report.cost.fit_flops;
    norm = rule(path[k]).coefficients.lpNorm<1>();
  }
  EXPECT_GE(path.back().report.parameters, 6);
}

// The mean loss over the folds, each fitted by itself.
double mean_validation_loss(const LogisticLasso& model, const Data& data, Index folds) {
  double sum = 0;
  for (Index fold = 0; fold < folds; ++fold) {
    std::vector<Index> training, held_out;
    for (Index i = 0; i < data.rows(); ++i) (i % folds == fold ? held_out : training).push_back(i);
    const Matrix x = data.dense();
    const Vector y = data.y();
    const Fit fitted = fit(model, classes_of(x(training, Eigen::all), y(training)));
    sum += mean_log_loss(fitted.predict.score(x(held_out, Eigen::all)), y(held_out));
  }
  return sum / static_cast<double>(folds);
}

TEST(LogisticLasso, TakesThePenaltyOfTheSmallestLossOverFolds) {
  const Data data = sparse_classes(90, 30, 9);
  for (const bool intercept : {false, true}) {
    const LogisticLasso model{
        .folds = 4, .penalties = 12, .ratio = 0.02, .tolerance = 1e-9, .intercept = intercept};
    double best = infinity, chosen = 0;
    for (int k = 0; k < 12; ++k) {
      LogisticLasso one = at(largest_penalty(model, data) * std::pow(0.02, k / 11.0), 1, intercept);
      one.tolerance = 1e-9;
      const double loss = mean_validation_loss(one, data, 4);
      if (loss < best) best = loss, chosen = std::get<double>(one.penalty);
    }
    LogisticLasso expected = at(chosen, 1, intercept);
    expected.tolerance = 1e-9;
    const Fit fitted = fit(model, data), single = fit(expected, data);
    EXPECT_LE((rule(fitted).coefficients - rule(single).coefficients).norm(), 1e-6);
    EXPECT_GT(fitted.report.cost.tuning_flops, fitted.report.cost.fit_flops);
    EXPECT_EQ(single.report.cost.tuning_flops, 0);
    LogisticLasso cautious = model;
    cautious.penalty = "cv_1se";
    EXPECT_LE(fit(cautious, data).report.parameters, fitted.report.parameters);
  }
}

TEST(LogisticLasso, ReadsSinglePrecisionAsTheSameNumbersInDouble) {
  const Data data = sparse_classes(70, 500, 3);
  const Data single(MatrixF(data.dense().cast<float>()), Vector(data.y()), Task::classification);
  const Data widened = classes_of(single.block({0, 70}, {0, 500}), data.y());
  for (const bool intercept : {false, true})
    EXPECT_TRUE(same_bits(fit(at(0.05, 1, intercept), single), fit(at(0.05, 1, intercept), widened)));
}

TEST(LogisticLasso, BillsANullModelByItsParts) {
  const Index n = 50, d = 20;
  const Data data = sparse_classes(n, d, 3);
  using namespace detail::logistic_flops;
  // The start and its pass; the rows and the gradient, whose working set is empty; the pass and the gap.
  const double shared = pass(n, d) + rows(n) + pass(n, d) + duality_gap(n, 0);
  EXPECT_EQ(fit(at(10), data).report.cost.fit_flops, null_model(n, 0) + working_gradient(n, 0) + shared);
  EXPECT_EQ(fit(at(10, 1, true), data).report.cost.fit_flops,
            null_model(n, 1) + working_gradient(n, 1) + balance(n) + shared);
}

TEST(LogisticLasso, TellsThatOneClassIsSeparatedByTheIntercept) {
  const Data data = classes_of(sparse_classes(20, 6, 3).dense(), Vector::Ones(20));
  const Fit fitted = fit(LogisticLasso{.intercept = true}, data);
  EXPECT_EQ(fitted.report.status, FitStatus::separated);
  EXPECT_EQ(rule(fitted).intercept, 10);
  EXPECT_EQ(LogisticLasso({.penalties = 3, .intercept = true}).fit_path(data, Stream(1)).size(), 3u);
  const Fit without = fit(at(0.01), data);
  EXPECT_EQ(without.report.status, FitStatus::converged);
  EXPECT_LE(violation(at(0.01), data, rule(without)), 1e-3);
}

TEST(LogisticLasso, ValidatesWhereAFoldHasOneClass) {
  Vector y = Vector::Zero(10);
  y[3] = 1;
  const Data data = classes_of(gaussian_problem(10, 4, 3).dense(), y);
  const Fit fitted = fit(LogisticLasso{.intercept = true}, data);
  EXPECT_EQ(fitted.report.status, FitStatus::converged);
  EXPECT_TRUE(std::isfinite(fitted.report.cost.tuning_flops));
}

TEST(LogisticLasso, TakesExtremes) {
  const Data data = sparse_classes(60, 12, 4);
  Matrix x = data.dense();
  x.col(2).setConstant(7);
  x.col(3).setZero();
  x.col(4) *= 1e9;
  x.col(5) *= 1e-9;
  x.col(6) = x.col(7);
  for (const bool intercept : {false, true}) {
    for (const LogisticLasso& model : {at(0.05, 1, intercept), at(0.05, 0.5, intercept)}) {
      const Fit fitted = fit(model, classes_of(x, data.y()));
      EXPECT_EQ(fitted.report.status, FitStatus::converged) << fitted.report.certificate;
      EXPECT_EQ(rule(fitted).coefficients[3], 0);
      if (intercept) {
        EXPECT_EQ(rule(fitted).coefficients[2], 0);
      }
    }
    EXPECT_EQ(
        fit(LogisticLasso{.intercept = intercept}, classes_of(Matrix::Zero(60, 3), data.y())).report.status,
        FitStatus::converged);
  }
}

TEST(LogisticLasso, ConvergesOnClassesThatCanBeSeparated) {
  const Data data = sparse_classes(40, 100, 4);
  for (const double share : {1e-2, 1e-4}) {
    LogisticLasso model = at(1, 1, true);
    model.penalty = share * largest_penalty(model, data);
    const Fit fitted = fit(model, data);
    EXPECT_EQ(fitted.report.status, FitStatus::converged) << fitted.report.certificate;
    const Vector right = (2 * data.y().array() - 1) * fitted.predict.score(data.dense()).array();
    EXPECT_GT(right.minCoeff(), 0);
  }
}

TEST(LogisticLasso, FitsColumnsFarFromZero) {
  Matrix x = sparse_classes(80, 10, 4).dense();
  const Vector y = sparse_classes(80, 10, 4).y();
  const Fit near = fit(at(0.02, 1, true), classes_of(x, y));
  x.array() += 1000;
  const Fit far = fit(at(0.02, 1, true), classes_of(x, y));
  EXPECT_EQ(far.report.status, FitStatus::converged);
  EXPECT_LE((rule(far).coefficients - rule(near).coefficients).norm(), 1e-4);
}

TEST(LogisticLasso, FailsOnNumbersThatAreNotFinite) {
  Matrix x = sparse_classes(30, 4, 4).dense();
  x(3, 2) = nan;
  const Data data = classes_of(x, sparse_classes(30, 4, 4).y());
  EXPECT_EQ(fit(at(0.1), data).report.status, FitStatus::failed);
  EXPECT_EQ(fit(LogisticLasso{}, data).report.status, FitStatus::failed);
}

TEST(LogisticLasso, SaysThatItStoppedEarly) {
  LogisticLasso model = at(1e-4);
  model.iterations = 1;
  const Fit fitted = fit(model, sparse_classes(60, 30, 4));
  EXPECT_EQ(fitted.report.status, FitStatus::iteration_limit);
  EXPECT_GT(fitted.report.certificate, 1e-6);
}

TEST(LogisticLasso, RefusesWhatItCannotFit) {
  const LogisticLasso model;
  EXPECT_TRUE(model.reads_classes());
  EXPECT_THROW(model.require_data(10, 2, Task::regression), InvalidInput);
  EXPECT_THROW(model.require_data(10, 0, Task::classification), InvalidInput);
  EXPECT_THROW(fit(model, sparse_classes(1, 2, 1)), InvalidInput);
  EXPECT_THROW(fit(at(0), sparse_classes(10, 2, 1)), InvalidInput);
  EXPECT_THROW(fit(at(1, 0), sparse_classes(10, 2, 1)), InvalidInput);
}

TEST(LogisticLasso, NeedsLittleBesideManyColumns) {
  EXPECT_LE(LogisticLasso{.penalty = 0.1}.working_bytes(500, 1000000), 0.2 * 4 * 500 * 1e6);
}

}  // namespace
}  // namespace quartic::logistic_lasso_test
