#include "models/linear/hybrid/hybrid.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <cmath>
#include <limits>

#include "core/require.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/logistic/logistic_lasso.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/hybrid.hpp"
#include "tests/support/reference/lasso.hpp"

namespace quartic::hybrid_test {
namespace {

using reference::LassoProblem;
using reference::sparse_problem;
using reference::WeightedLasso;

const std::vector<Index> names = {0, 2, 7};

Vector coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

Hybrid at(double trust, double penalty, double tolerance = 1e-12) {
  return Hybrid{.trust = trust, .penalty = penalty, .tolerance = tolerance}.advised(names);
}

WeightedLasso slow(const LassoProblem& problem, double trust, double penalty) {
  WeightedLasso lasso{problem.x, problem.y, Vector::Constant(problem.x.cols(), penalty)};
  for (const Index j : names) lasso.penalties[j] *= 1 - trust;
  return lasso;
}

/// What relative errors are relative to: 1/(2n) |y|^2, with trust 1 less what the named columns explain.
double scale(const LassoProblem& problem, double trust) {
  const double n = static_cast<double>(problem.y.size());
  if (trust < 1) return problem.y.squaredNorm() / (2 * n);
  const Eigen::MatrixXd u = problem.x(Eigen::all, names);
  return (problem.y - u * u.householderQr().solve(problem.y)).squaredNorm() / (2 * n);
}

TEST(Hybrid, MatchesCoordinateDescentWithItsPenaltyFactors) {
  for (const auto& [n, d] : {std::pair<Index, Index>{60, 20}, {30, 80}}) {
    const LassoProblem problem = sparse_problem(n, d, 5, 1.0, 100 + n);
    const Data data(problem.x, problem.y);
    for (const double trust : {0.0, 0.5, 0.9, 0.999, 1.0}) {
      for (const double penalty : {0.5, 0.1}) {
        const Fit fitted = fit(at(trust, penalty), data);
        const Vector expected = slow(problem, trust, penalty).fit(20000);
        EXPECT_LE((coefficients(fitted) - expected).norm(), 1e-6 * expected.norm())
            << d << " " << trust << " " << penalty;
        EXPECT_EQ(fitted.report.status, FitStatus::converged);
        EXPECT_EQ(fitted.report.parameters, (coefficients(fitted).array() != 0).count());
      }
    }
  }
}

// No solution is better by more than the gap says, and the gap of a good one is small.
TEST(Hybrid, HasACertificateThatIsTrue) {
  const LassoProblem problem = sparse_problem(50, 120, 8, 1.0, 7);
  const Data data(problem.x, problem.y);
  for (const double trust : {0.5, 0.9, 1.0}) {
    const WeightedLasso lasso = slow(problem, trust, 0.1);
    const double best = lasso.objective(lasso.fit(20000));
    for (const double tolerance : {1e-1, 1e-2, 1e-4, 1e-9}) {
      const Fit fitted = fit(at(trust, 0.1, tolerance), data);
      const double lost = (lasso.objective(coefficients(fitted)) - best) / scale(problem, trust);
      EXPECT_LE(lost, fitted.report.certificate + 1e-13) << trust << " " << tolerance;
      EXPECT_LE(fitted.report.certificate, tolerance);
    }
  }
}

/// D(v) = v'y/n - |v|^2/2n at the best multiple of the residuals that meets |x_j'v|/n <= penalty_j, in the problem as it
/// is written, without a projection of rows.
TEST(Hybrid, HasTheDualityGapOfTheProblemAsWritten) {
  const LassoProblem problem = sparse_problem(40, 70, 6, 1.0, 8);
  const double penalty = 0.2, n = 40;
  const Fit fitted = fit(at(1, penalty, 1e-2), Data(problem.x, problem.y));
  const Vector r = problem.y - problem.x * coefficients(fitted);
  const Vector correlations = (problem.x.transpose() * r / n).cwiseAbs();
  double largest = 0;
  for (Index j = 0; j < 70; ++j) {
    if (std::find(names.begin(), names.end(), j) == names.end())
      largest = std::max(largest, correlations[j]);
    else
      EXPECT_LE(correlations[j], 1e-13);  // feasible: an equality where there is no penalty
  }
  const double bound = penalty / largest;
  const double multiple = std::clamp(problem.y.dot(r) / r.squaredNorm(), -bound, bound);
  const double dual = (multiple * problem.y.dot(r) - multiple * multiple * r.squaredNorm() / 2) / n;
  const double primal = slow(problem, 1, penalty).objective(coefficients(fitted));
  EXPECT_NEAR(fitted.report.certificate, (primal - dual) / scale(problem, 1), 1e-12);
  EXPECT_GT(fitted.report.certificate, 0);
}

TEST(Hybrid, IsTheLassoWithoutTrustOrWithoutAnExpert) {
  const LassoProblem problem = sparse_problem(60, 90, 5, 1.0, 9);
  const Data data(problem.x, problem.y);
  for (const bool intercept : {false, true}) {
    for (const NumberOrWord& penalty : {NumberOrWord(0.2), NumberOrWord("cv"), NumberOrWord("cv_1se")}) {
      const Fit lasso = fit(Lasso{.penalty = penalty, .intercept = intercept}, data);
      Hybrid model{.trust = 0.0, .penalty = penalty, .intercept = intercept};
      EXPECT_TRUE(same_bits(fit(model.advised(names), data), lasso));
      model.trust = 0.7;
      EXPECT_TRUE(same_bits(fit(model, data), lasso));
    }
  }
  EXPECT_TRUE(same_bits(fit(Hybrid{}, data), fit(Lasso{}, data)));
  const Data classes = as_classes(data);
  EXPECT_TRUE(
      same_bits(fit(Hybrid{.loss = "logistic"}, classes), fit(LogisticLasso{.iterations = 100000}, classes)));
}

TEST(Hybrid, IsLeastSquaresOnTheNamedColumnsAtAHugePenalty) {
  const LassoProblem problem = sparse_problem(50, 30, 10, 1.0, 10);
  Matrix x = problem.x;
  x.array() += 2;
  for (const bool intercept : {false, true}) {
    Hybrid model = at(1, 1e3);
    model.intercept = intercept;
    const Fit fitted = fit(model, Data(x, problem.y));
    const Fit named = fit(LeastSquares{.intercept = intercept}, Data(x, problem.y).restrict(names));
    EXPECT_LE((fitted.predict.score(x) - named.predict.score(x(Eigen::all, names))).norm(), 1e-10);
    EXPECT_EQ(fitted.report.parameters, intercept ? 4 : 3);
  }
}

TEST(Hybrid, KeepsItsSolutionWhateverTheUnitsOfNamedColumns) {
  const LassoProblem problem = sparse_problem(50, 30, 10, 1.0, 11);
  Matrix x = problem.x;
  for (const Index j : names) x.col(j) *= 1e6;
  const Vector expected = fit(at(1, 0.1), Data(problem.x, problem.y)).predict.score(problem.x);
  EXPECT_LE((fit(at(1, 0.1), Data(x, problem.y)).predict.score(x) - expected).norm(), 1e-9 * expected.norm());
}

TEST(Hybrid, InterpolatesWithTheLeastLengthWhereThereAreAsManyNamesAsRows) {
  const Data data = gaussian_problem(6, 20, 12);
  std::vector<Index> many(10);
  for (Index j = 0; j < 10; ++j) many[static_cast<std::size_t>(j)] = 2 * j;
  for (const NumberOrWord& penalty : {NumberOrWord(0.1), NumberOrWord("cv")}) {
    const Fit fitted = fit(Hybrid{.trust = 1.0, .penalty = penalty}.advised(many), data);
    const Fit named = fit(LeastSquares{}, data.restrict(many));
    const Vector expected = coefficients(named);
    for (Index k = 0; k < 10; ++k) EXPECT_NEAR(coefficients(fitted)[2 * k], expected[k], 1e-10);
    EXPECT_EQ(fitted.report.status, FitStatus::converged);
    EXPECT_EQ(fitted.report.parameters, 6);
    EXPECT_NE(fitted.report.message.find("6 of 10 are independent"), std::string::npos)
        << fitted.report.message;
  }
}

TEST(Hybrid, CopesWithNamedColumnsThatRepeatOrCombineOthers) {
  LassoProblem problem = sparse_problem(40, 20, 6, 0.5, 13);
  problem.x.col(2) = problem.x.col(0);
  problem.x.col(5) = problem.x.col(7) - problem.x.col(0);  // not named, and within the span
  const Fit fitted = fit(at(1, 0.05), Data(problem.x, problem.y));
  EXPECT_NEAR(coefficients(fitted)[0], coefficients(fitted)[2], 1e-10);
  EXPECT_EQ(coefficients(fitted)[5], 0);
  EXPECT_EQ(fitted.report.status, FitStatus::converged);
}

// Of a good expert it comes to trust the names, of a bad one it does not.
TEST(Hybrid, LearnsWhomToTrust) {
  const LassoProblem problem = sparse_problem(60, 300, 8, 1.0, 14);
  const Data data(problem.x, problem.y);
  std::vector<Index> right, wrong;
  for (Index j = 0; j < 8; ++j) right.push_back(j);
  for (Index j = 100; j < 130; ++j) wrong.push_back(j);
  Vector truth = Vector::Zero(300);
  for (Index j = 0; j < 8; ++j) truth[j] = j % 2 == 0 ? 1 : -1;
  const auto risk = [&](const Fit& fitted) { return (coefficients(fitted) - truth).squaredNorm(); };
  const double lasso = risk(fit(Lasso{}, data));
  EXPECT_LT(risk(fit(Hybrid{}.advised(right), data)), 0.5 * lasso);
  EXPECT_LT(risk(fit(Hybrid{}.advised(wrong), data)), 1.2 * lasso);
  EXPECT_GT(risk(fit(Hybrid{.trust = 1.0}.advised(wrong), data)), 1.2 * lasso);
}

/// Errors of the folds, one by one, each with a basis of its own.
TEST(Hybrid, ValidatesAFreeFitWithoutWhatIsHeldOut) {
  const LassoProblem problem = sparse_problem(43, 30, 5, 1.0, 15);
  const Data data(problem.x, problem.y);
  const Hybrid cv = Hybrid{.trust = 1.0, .penalties = 12, .ratio = 0.05, .tolerance = 1e-10}.advised(names);
  const Eigen::MatrixXd u = problem.x(Eigen::all, names);
  const Vector left = problem.y - u * u.householderQr().solve(problem.y);
  Vector products = (problem.x.transpose() * left).cwiseAbs();
  double smallest = infinity, chosen = 0;
  double penalty = products.maxCoeff() / 43;
  for (int k = 0; k < 12; ++k, penalty *= std::pow(0.05, 1.0 / 11)) {
    double sum = 0;
    for (Index fold = 0; fold < 5; ++fold) {
      std::vector<Index> inside, outside;
      for (Index i = 0; i < 43; ++i) (i % 5 == fold ? outside : inside).push_back(i);
      const LassoProblem training{problem.x(inside, Eigen::all), problem.y(inside)};
      const Vector b = slow(training, 1, penalty).fit(2000);
      sum += (problem.y(outside) - problem.x(outside, Eigen::all) * b).squaredNorm() /
             static_cast<double>(outside.size());
    }
    if (sum < smallest) {
      smallest = sum;
      chosen = penalty;
    }
  }
  const Vector expected = slow(problem, 1, chosen).fit(20000);
  EXPECT_LE((coefficients(fit(cv, data)) - expected).norm(), 1e-4 * expected.norm());
}

TEST(Hybrid, BillsAFreeFitAsTheReferenceCounts) {
  const LassoProblem problem = sparse_problem(30, 60, 5, 0.7, 16);
  const double penalty = 0.15;
  const Fit fitted = fit(at(1, penalty, 1e-6), Data(problem.x, problem.y));
  const double flops = count_flops([&] {
    std::vector<std::vector<CountingScalar>> free;
    for (const Index j : names) free.push_back(numbers_of<CountingScalar>(Vector(problem.x.col(j))));
    reference::PartialRegression<CountingScalar> partial(grid_of<CountingScalar>(problem.x),
                                                         numbers_of<CountingScalar>(problem.y), free);
    for (const Index j : names)
      for (std::size_t i = 0; i < 30; ++i) partial.x(i, static_cast<std::size_t>(j)) = 0;
    reference::LassoPath<CountingScalar>(partial.x, partial.y, {penalty}, {}).run(1);
    std::vector<std::size_t> columns;
    std::vector<CountingScalar> b;
    for (std::size_t j = 0; j < 60; ++j) {
      const double coefficient = coefficients(fitted)[static_cast<Index>(j)];
      if (coefficient == 0 || std::count(names.begin(), names.end(), static_cast<Index>(j)) > 0) continue;
      columns.push_back(j);
      b.push_back(coefficient);
    }
    static_cast<void>(partial.free_coefficients(columns, b));
  });
  EXPECT_EQ(fitted.report.cost.fit_flops, flops);
  EXPECT_EQ(fitted.report.cost.tuning_flops, 0);
}

// Named columns in other units, and their coefficients back.
TEST(Hybrid, BillsATrustBelowOneAsTheLassoAndTheUnits) {
  const LassoProblem problem = sparse_problem(30, 60, 5, 0.7, 17);
  Matrix x = problem.x;
  for (const Index j : names) x.col(j) /= 0.5;
  const Fit lasso = fit(Lasso{.penalty = 0.15}, Data(x, problem.y));
  const Fit fitted = fit(at(0.5, 0.15, 1e-6), Data(problem.x, problem.y));
  EXPECT_EQ(fitted.report.cost.fit_flops, lasso.report.cost.fit_flops + 3 * 30 + 3);
  EXPECT_EQ(fitted.report.certificate, lasso.report.certificate);
}

TEST(Hybrid, BillsTheChoiceOfTrustAsTuning) {
  const LassoProblem problem = sparse_problem(40, 50, 5, 1.0, 18);
  const Data data(problem.x, problem.y);
  double each = 0, least = infinity, same = 0;
  const Fit together = fit(Hybrid{}.advised(names), data);
  for (const double trust : {0.0, 0.5, 0.9, 1.0}) {
    const Fit alone = fit(Hybrid{.trust = trust}.advised(names), data);
    each += alone.report.cost.tuning_flops;
    least = std::min(least, (coefficients(alone) - coefficients(together)).norm());
    same += alone.report.cost.fit_flops == together.report.cost.fit_flops;
  }
  EXPECT_EQ(together.report.cost.tuning_flops, each);
  EXPECT_EQ(least, 0);
  EXPECT_GE(same, 1);
}

TEST(Hybrid, HasTheSameBitsAloneAndAmongOtherSizes) {
  const LassoProblem problem = sparse_problem(80, 60, 5, 1.0, 19);
  const Data data(problem.x, problem.y);
  for (const NumberOrWord& trust : {NumberOrWord(1.0), NumberOrWord("cv")}) {
    const Model model = Hybrid{.trust = trust}.advised(names);
    const std::vector<Index> sizes = {5, 37, 80};
    const std::vector<Fit> curve = model.fit_prefixes({data, sizes}, Stream(1));
    for (std::size_t k = 0; k < sizes.size(); ++k)
      EXPECT_TRUE(same_bits(curve[k], model.fit(data.prefix(sizes[k]), Stream(1))));
  }
}

TEST(Hybrid, ReadsDataHeldAsFloat) {
  const LassoProblem problem = sparse_problem(40, 30, 5, 1.0, 20);
  const MatrixF narrow = problem.x.cast<float>();
  for (const double trust : {0.5, 1.0})
    EXPECT_TRUE(same_bits(fit(at(trust, 0.2), Data(narrow, problem.y)),
                          fit(at(trust, 0.2), Data(Matrix(narrow.cast<double>()), problem.y))));
}

TEST(Hybrid, TakesOneRowZeroLabelsAndColumnsOfZeros) {
  const LassoProblem problem = sparse_problem(20, 30, 3, 1.0, 21);
  for (const double trust : {0.0, 0.5, 1.0}) {
    EXPECT_EQ(fit(at(trust, 0.1), Data(problem.x, problem.y).prefix(1)).report.status, FitStatus::converged);
    for (const NumberOrWord& penalty : {NumberOrWord(0.1), NumberOrWord("cv")}) {
      const Hybrid model = Hybrid{.trust = trust, .penalty = penalty}.advised(names);
      EXPECT_EQ(coefficients(fit(model, Data(problem.x, Vector::Zero(20)))), Vector::Zero(30));
      EXPECT_EQ(coefficients(fit(model, Data(Matrix(Matrix::Zero(20, 30)), problem.y))), Vector::Zero(30));
    }
  }
  EXPECT_EQ(coefficients(fit(Hybrid{}.advised(names), Data(problem.x, Vector::Zero(20)))), Vector::Zero(30));
}

TEST(Hybrid, ReportsDataThatAreNotNumbersAsAFailedFit) {
  for (const Index column : {0, 4}) {
    LassoProblem problem = sparse_problem(10, 20, 2, 1.0, 22);
    problem.x(3, column) = std::numeric_limits<double>::quiet_NaN();
    const Fit fitted = fit(at(1, 0.1), Data(problem.x, problem.y));
    EXPECT_EQ(fitted.report.status, FitStatus::failed);
    EXPECT_TRUE(coefficients(fitted).allFinite());
  }
}

// Classes: the optimality conditions with factors 1 - trust, or a hundredth where that is less.
TEST(Hybrid, MeetsTheOptimalityConditionsOfTheLogisticLoss) {
  const Data data = logistic_problem(120, 12, 2, 23);
  const Matrix x = data.dense();
  for (const double trust : {0.0, 0.5, 0.9, 1.0}) {
    Hybrid model = at(trust, 0.05, 1e-9);
    model.loss = "logistic";
    const Fit fitted = fit(model, data);
    const Vector b = coefficients(fitted);
    const Vector r = data.y() - (1 / (1 + (-(x * b).array()).exp())).matrix();
    const Vector c = x.transpose() * r / 120;
    for (Index j = 0; j < 12; ++j) {
      const bool named = std::count(names.begin(), names.end(), j) > 0;
      const double penalty = 0.05 * (named ? std::max(0.01, 1 - trust) : 1);
      if (b[j] == 0)
        EXPECT_LE(std::abs(c[j]), penalty * (1 + 1e-4));
      else
        EXPECT_NEAR(c[j], std::copysign(penalty, b[j]), 1e-5) << trust << " " << j;
    }
    EXPECT_EQ(fitted.report.status, FitStatus::converged);
    EXPECT_LE(fitted.report.certificate, 1e-9);
  }
}

TEST(Hybrid, StaysFiniteWhereTheNamedColumnsSeparateTheClasses) {
  const Matrix x = gaussian_matrix(30, 10, Stream(24));
  const Vector y = (x.col(0).array() > 0).cast<double>();
  for (const NumberOrWord& penalty : {NumberOrWord(0.01), NumberOrWord("cv")}) {
    const Hybrid model = Hybrid{.trust = 1.0, .loss = "logistic", .penalty = penalty}.advised(names);
    const Fit fitted = fit(model, classes_of(x, y));
    EXPECT_EQ(fitted.report.status, FitStatus::converged);
    EXPECT_TRUE(coefficients(fitted).allFinite());
    EXPECT_LE((((x * coefficients(fitted)).array() > 0).cast<double>() - y.array()).abs().sum(), 1);
  }
}

TEST(Hybrid, RefusesInputItCannotServe) {
  const Data data = gaussian_problem(10, 12, 25);
  for (const Hybrid& model :
       {Hybrid{.trust = -0.1}, Hybrid{.trust = 1.1}, Hybrid{.trust = "full"}, Hybrid{.penalty = 0.1},
        Hybrid{.trust = 1.0, .penalty = 0.0}, Hybrid{.trust = 1.0, .penalty = "theory_known"},
        Hybrid{.loss = "hinge"}, Hybrid{.folds = 1}, Hybrid{.penalties = 0}, Hybrid{.ratio = 1},
        Hybrid{.tolerance = 0}, Hybrid{.iterations = 0}, Hybrid{.loss = "logistic"}})
    EXPECT_THROW(model.advised(names).fit(data, Stream(1)), InvalidInput);
  EXPECT_THROW(Hybrid{}.advised(names).fit(data.prefix(0), Stream(1)), InvalidInput);
  EXPECT_THROW(at(1, 0.1).fit(data.prefix(0), Stream(1)), InvalidInput);
  EXPECT_THROW(Hybrid{.trust = 1.0}.advised(names).fit(data.prefix(1), Stream(1)), InvalidInput);
  const std::vector<Index> beyond = {3, 12};
  EXPECT_THROW(Hybrid{}.advised(beyond).fit(data, Stream(1)), InvalidInput);
}

TEST(Hybrid, DescribesItsOptionsAndWhatItWasTold) {
  EXPECT_EQ(at(0.5, 0.2, 1e-6).fingerprint(),
            R"({"named":[0,2,7],"model":{"constant":1.4142135623730951,"folds":5,"intercept":false,)"
            R"("iterations":100000,"loss":"squared","penalties":100,"penalty":0.2,"ratio":0.01,)"
            R"("tolerance":1e-06,"trust":0.5}})");
  EXPECT_TRUE(Model(Hybrid{}).takes_advice());
  EXPECT_TRUE(Model(Hybrid{.loss = "logistic"}).reads_classes());
}

TEST(Hybrid, SaysHowMuchMemoryItTakes) {
  const Hybrid free{.trust = 1.0, .penalty = 0.1}, part{.trust = 0.5, .penalty = 0.1}, both{};
  const double rows = 8 * 100 * 400.;
  EXPECT_NEAR(free.working_bytes(100, 400) - part.working_bytes(100, 400), 2 * rows, 1);
  EXPECT_NEAR(both.working_bytes(100, 400) - Lasso{}.working_bytes(100, 400), 8 * rows, 1);
}

}  // namespace
}  // namespace quartic::hybrid_test
