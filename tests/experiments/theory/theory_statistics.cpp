#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "experiments/theory/arm_theory.hpp"
#include "experiments/theory/theory.hpp"
#include "laws/theory/least_squares.hpp"
#include "models/linear/hybrid/hybrid.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "models/on_columns.hpp"
#include "sim/experts/expert.hpp"
#include "sim/worlds/sparse_classes.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "tests/support/full_options.hpp"

namespace quartic::theory_statistics {
namespace {

/// One arm at one size in one world, simulated and beside its theory. Expert absent: every candidate.
struct Trial {
  SparseLinear world;
  Index rows;
  Model model;
  double penalty = std::numeric_limits<double>::quiet_NaN();
  std::optional<Expert> expert = {};
  Index replicates = 200;
  double trust = std::numeric_limits<double>::quiet_NaN();
};

struct Compared {
  double measured, error, theory;  ///< means over replicates; standard error of the difference
};

Choice choice_of(const SparseLinear& world) {
  return {"sparse_linear", collect_values(world, SparseLinear::options())};
}

Matrix all_of(const Truth& truth, Index rows, const Stream& stream) {
  return truth.x({0, rows}, {0, truth.candidates()}, stream.child("train"));
}

/// Normalised error and its theory for one truth.
std::pair<double, double> replicate(const Trial& trial, const Stream& stream) {
  const Truth truth = trial.world.draw(stream.child("truth"));
  const Facts facts = truth.facts();
  const Choice world = choice_of(trial.world);
  std::vector<Index> columns(static_cast<std::size_t>(truth.candidates()));
  for (std::size_t j = 0; j < columns.size(); ++j) columns[j] = static_cast<Index>(j);
  std::vector<Index> named;
  if (trial.expert) named = named_columns(*trial.expert, truth, stream.child("expert"));
  const bool is_told = trial.model.takes_advice();
  if (trial.expert && !is_told) columns = named;
  const Data data(all_of(truth, trial.rows, stream), truth.y({0, trial.rows}, stream.child("train")));
  const Model model = is_told ? trial.model.advised(named) : on_columns(trial.model, columns);
  const Fit fit = model.fit(data, stream.child("fit"));
  const double signal = facts.find("signal")->second;
  OptionValues options = testing::model_options(trial.model.name());
  if (!std::isnan(trial.penalty)) options["penalty"] = trial.penalty;
  if (is_told) options["trust"] = trial.trust;
  return {*truth.excess_risk(*fit.predict.linear()) / signal,
          theory_error({.world = &world,
                        .model = trial.model.name(),
                        .options = options,
                        .rows = static_cast<double>(trial.rows),
                        .columns = static_cast<double>(columns.size()),
                        .missing_share = missing_share(truth, Task::regression, columns),
                        .named = is_told ? count_named(truth, named) : NamedCounts{},
                        .facts = &facts})};
}

Compared compare(const Trial& trial) {
  Vector measured(trial.replicates), theory(trial.replicates);
  for (Index r = 0; r < trial.replicates; ++r) {
    const auto [error, expected] = replicate(trial, Stream(7).child(static_cast<std::uint64_t>(r)));
    measured[r] = error;
    theory[r] = expected;
  }
  const Eigen::ArrayXd difference = measured - theory;
  const double R = static_cast<double>(trial.replicates);
  const double variance = (difference - difference.mean()).square().sum() / (R - 1);
  return {measured.mean(), std::sqrt(variance / R), theory.mean()};
}

void expect_exact(const Trial& trial) {
  const Compared compared = compare(trial);
  EXPECT_NEAR(compared.measured, compared.theory, 5 * compared.error);
  EXPECT_LT(compared.error, 0.1 * compared.theory);  // else the comparison would say little
}

void expect_asymptotic(const Trial& trial) {
  const Compared compared = compare(trial);
  EXPECT_NEAR(compared.measured, compared.theory, std::max(5 * compared.error, 0.02 * compared.theory));
  EXPECT_LT(compared.error, 0.04 * compared.theory);
}

const SparseLinear narrow{.candidates = 60, .relevant = 10};

TEST(TheoryAgainstSimulation, LeastSquaresOfAnOracle) {
  for (Index rows : {20, 80})
    expect_exact({.world = narrow, .rows = rows, .model = LeastSquares{}, .expert = Expert{10, 0}});
}

TEST(TheoryAgainstSimulation, LeastSquaresOfAnExpert) {
  for (Index rows : {25, 200})
    expect_exact({.world = narrow, .rows = rows, .model = LeastSquares{}, .expert = Expert{8, 3}});
}

TEST(TheoryAgainstSimulation, LeastSquaresAndMinimumNormOnAllColumns) {
  for (Index rows : {20, 45, 80, 200}) expect_exact({.world = narrow, .rows = rows, .model = LeastSquares{}});
}

TEST(TheoryAgainstSimulation, GeometricMeanOfLeastSquares) {
  for (Index rows : {60, 62, 90}) {
    const Trial trial{.world = narrow, .rows = rows, .model = LeastSquares{}};
    const double expected =
        std::log(least_squares_geometric_risk({.rows = static_cast<double>(rows), .columns = 60}));
    Vector logs(trial.replicates);
    for (Index r = 0; r < trial.replicates; ++r)
      logs[r] = std::log(10 * replicate(trial, Stream(8).child(static_cast<std::uint64_t>(r))).first);
    const double R = static_cast<double>(trial.replicates);
    const double error = std::sqrt((logs.array() - logs.mean()).square().sum() / (R - 1) / R);
    EXPECT_NEAR(logs.mean(), expected, 5 * error) << rows;
    EXPECT_LT(error, 0.2) << rows;
  }
}

TEST(TheoryAgainstSimulation, LeastSquaresUnderAnyCovariance) {
  for (const char* covariance : {"ar1(0.7)", "blocks(10, 0.5)", "spectrum(1)"}) {
    SparseLinear world = narrow;
    world.covariance = covariance;
    expect_exact({.world = world, .rows = 90, .model = LeastSquares{}});
  }
}

TEST(TheoryAgainstSimulation, ExpertsOfGaussianCoefficientsOnASpectrum) {
  SparseLinear world{
      .candidates = 100, .relevant = 30, .covariance = "spectrum(0.5)", .coefficients = "gaussian"};
  expect_exact({.world = world,
                .rows = 80,
                .model = LeastSquares{},
                .expert = Expert{20, 5, Forgets::least_important}});
}

TEST(TheoryAgainstSimulation, RidgeOnIsotropicColumns) {
  const SparseLinear world{.candidates = 150, .relevant = 20};
  for (Index rows : {75, 300})
    expect_asymptotic(
        {.world = world, .rows = rows, .model = Ridge{.penalty = 0.4}, .penalty = 0.4, .replicates = 100});
}

TEST(TheoryAgainstSimulation, RidgeAndMinimumNormOnASpectrum) {
  const SparseLinear world{.candidates = 300,
                           .relevant = 300,
                           .covariance = "spectrum(1.5)",
                           .coefficients = "decay(0.5)",
                           .support = "first",
                           .noise = 0.5};
  expect_asymptotic(
      {.world = world, .rows = 100, .model = Ridge{.penalty = 0.01}, .penalty = 0.01, .replicates = 100});
  expect_asymptotic({.world = world, .rows = 150, .model = LeastSquares{}, .replicates = 100});
}

TEST(TheoryAgainstSimulation, LassoByStateEvolution) {
  for (const char* coefficients : {"equal", "gaussian", "decay(0.5)"}) {
    const SparseLinear world{.candidates = 800, .relevant = 80, .coefficients = coefficients, .signal = 20};
    expect_asymptotic(
        {.world = world, .rows = 400, .model = Lasso{.penalty = 0.12}, .penalty = 0.12, .replicates = 30});
  }
}

// Experts good and bad; of many named columns the theory without a penalty is least squares beside a lasso.
TEST(TheoryAgainstSimulation, HybridByStateEvolution) {
  const SparseLinear world{.candidates = 800, .relevant = 40, .signal = 20};
  for (const double trust : {1.0, 0.7}) {
    for (const Expert& expert : {Expert{36, 4}, Expert{12, 28}, Expert{20, 80}}) {
      const Trial trial{.world = world,
                        .rows = 400,
                        .model = Hybrid{.trust = trust, .penalty = 0.15},
                        .penalty = 0.15,
                        .expert = expert,
                        .replicates = 160,
                        .trust = trust};
      const Compared compared = compare(trial);
      EXPECT_NEAR(compared.measured, compared.theory, std::max(5 * compared.error, 0.015 * compared.theory))
          << trust << " " << expert.correct;
      EXPECT_LT(compared.error, 0.03 * compared.theory);
    }
  }
}

TEST(TheoryAgainstSimulation, HybridOfGaussianCoefficients) {
  const SparseLinear world{.candidates = 800, .relevant = 40, .coefficients = "gaussian", .signal = 20};
  expect_asymptotic({.world = world,
                     .rows = 400,
                     .model = Hybrid{.trust = 1.0, .penalty = 0.15},
                     .penalty = 0.15,
                     .expert = Expert{20, 20},
                     .replicates = 40,
                     .trust = 1});
}

// Of 100 columns; theory is of infinitely many.
TEST(TheoryAgainstSimulation, LogisticRegressionOnAllColumns) {
  const Logistic logistic{.candidates = 100, .relevant = 20, .covariance = "ar1(0.5)", .signal = 5};
  const Choice world{"logistic", collect_values(logistic, Logistic::options())};
  const Index replicates = 100;
  for (const Index rows : {700, 2000}) {
    Vector errors(replicates);
    double theory = nan;
    for (Index r = 0; r < replicates; ++r) {
      const Stream stream = Stream(7).child(static_cast<std::uint64_t>(r));
      const Truth truth = logistic.draw(stream.child("truth"));
      const Data data(all_of(truth, rows, stream), truth.y({0, rows}, stream.child("train")),
                      Task::classification);
      const Fit fit = LogisticRegression{}.fit(data, stream.child("fit"));
      const Facts facts = truth.facts();
      errors[r] = *truth.excess_risk(*fit.predict.linear()) / error_scale(facts, Task::classification);
      theory = theory_error({.world = &world,
                             .model = "logistic_regression",
                             .options = testing::model_options("logistic_regression"),
                             .rows = static_cast<double>(rows),
                             .columns = 100,
                             .facts = &facts});
    }
    const double se =
        std::sqrt((errors.array() - errors.mean()).square().sum()) / static_cast<double>(replicates);
    EXPECT_NEAR(errors.mean(), theory, std::max(5 * se, 0.02 * theory)) << rows;
    EXPECT_LT(se, 0.02 * theory) << rows;
  }
}

}  // namespace
}  // namespace quartic::theory_statistics
