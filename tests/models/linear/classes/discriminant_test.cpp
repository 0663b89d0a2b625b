#include "models/linear/classes/discriminant.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <Eigen/QR>

#include "core/require.hpp"
#include "laws/statistics/special.hpp"
#include "models/linear/classes/flops.hpp"
#include "models/linear/classes/naive_bayes.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/least_squares.hpp"
#include "tests/support/gaussian_classes.hpp"
#include "tests/support/reference/discriminant.hpp"

namespace quartic::discriminant_test {
namespace {

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

// What the formulas speak of, from two plain loops.
struct Moments {
  Vector means[2];
  double counts[2] = {0, 0};
  Matrix covariance;  // divisor n - 2
  Matrix z;           // rows less the means of their classes
};

Moments moments_of(const Data& data) {
  const Index n = data.rows(), p = data.columns();
  Moments moments{{Vector::Zero(p), Vector::Zero(p)}, {0, 0}, Matrix::Zero(p, p), Matrix(data.dense())};
  for (Index i = 0; i < n; ++i) {
    const int k = data.y()(i) > 0 ? 1 : 0;
    ++moments.counts[k];
    moments.means[k] += data.dense().row(i).transpose();
  }
  for (const int k : {0, 1}) moments.means[k] /= moments.counts[k];
  for (Index i = 0; i < n; ++i) moments.z.row(i) -= moments.means[data.y()(i) > 0 ? 1 : 0].transpose();
  moments.covariance = moments.z.transpose() * moments.z / static_cast<double>(n - 2);
  return moments;
}

Vector rule_with(const Moments& moments, const Vector& w) {
  Vector rule(w.size() + 1);
  rule << w,
      std::log(moments.counts[1] / moments.counts[0]) - (moments.means[0] + moments.means[1]).dot(w) / 2;
  return rule;
}

Vector gaussian_rule(const Data& data, double shrinkage) {
  const Moments moments = moments_of(data);
  const Index p = data.columns();
  const Matrix shrunk = (1 - shrinkage) * moments.covariance + shrinkage * moments.covariance.trace() /
                                                                   static_cast<double>(p) *
                                                                   Matrix::Identity(p, p);
  return rule_with(moments, shrunk.fullPivLu().solve(moments.means[1] - moments.means[0]));
}

void expect_close(const Fit& fit, const Vector& rule, double tolerance) {
  EXPECT_LE((numbers_of_rule(fit) - rule).norm(), tolerance * (1 + rule.norm()));
  EXPECT_EQ(fit.report.status, FitStatus::converged);
}

TEST(Discriminant, MatchesTheFormulaOfGaussianClasses) {
  for (auto [n, p] : {std::pair{20, 7}, {9, 7}, {300, 40}, {5, 1}})
    for (const double shrinkage : {0.0, 0.2, 1.0}) {
      const Data data = mixed_classes(n, p, 3);
      const Fit fitted = fit(Discriminant{.shrinkage = shrinkage}, data);
      expect_close(fitted, gaussian_rule(data, shrinkage), 1e-9);
      EXPECT_LE(fitted.report.certificate, 1e-11);
      EXPECT_EQ(fitted.report.message, "");
      EXPECT_EQ(fitted.report.parameters, p + 1);
    }
}

TEST(Discriminant, ShrinksTheCovarianceOfFewerRowsThanColumnsToo) {
  for (auto [n, p] : {std::pair{7, 20}, {8, 8}, {8, 9}, {40, 130}})
    for (const double shrinkage : {0.01, 0.5, 1.0}) {
      const Data data = mixed_classes(n, p, 4);
      const Fit fitted = fit(Discriminant{.shrinkage = shrinkage}, data);
      expect_close(fitted, gaussian_rule(data, shrinkage), 1e-9);
      EXPECT_LE(fitted.report.certificate, 1e-11);
    }
}

Vector pseudo_rule(const Data& data) {
  const Moments moments = moments_of(data);
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition;
  decomposition.setThreshold(1e-9);
  decomposition.compute(moments.covariance);
  return rule_with(moments, decomposition.pseudoInverse() * (moments.means[1] - moments.means[0]));
}

TEST(Discriminant, TakesThePseudoInverseOfASingularCovarianceAndSaysSo) {
  for (auto [n, p] : {std::pair{7, 20}, {10, 10}, {11, 10}, {9, 10}, {60, 70}}) {
    const Data data = mixed_classes(n, p, 5);
    const Fit fitted = fit(Discriminant{}, data);
    expect_close(fitted, pseudo_rule(data), 1e-6);
    EXPECT_EQ(fitted.report.message, "the pooled covariance is singular: pseudo-inverse of rank " +
                                         std::to_string(std::min(n - 2, p)));
    EXPECT_TRUE(std::isnan(fitted.report.certificate));
  }
}

TEST(Discriminant, TakesThePseudoInverseOfCollinearColumns) {
  const Data data = mixed_classes(60, 8, 6);
  Matrix x = data.dense();
  x.col(5) = 2 * x.col(1) - x.col(3);
  const Data collinear(x, Vector(data.y()), Task::classification);
  const Fit fitted = fit(Discriminant{}, collinear);
  expect_close(fitted, pseudo_rule(collinear), 1e-7);
  EXPECT_NE(fitted.report.message.find("rank 7"), std::string::npos);
  expect_close(fit(Discriminant{.shrinkage = 0.1}, collinear), gaussian_rule(collinear, 0.1), 1e-9);
}

TEST(Discriminant, IsLeastSquaresOnTheLabelsButForAFactor) {
  const Data data = mixed_classes(80, 10, 7);
  const Vector w = coefficients(fit(Discriminant{}, data)),
               b = coefficients(fit(LeastSquares{.intercept = true}, data));
  EXPECT_NEAR(w.dot(b) / (w.norm() * b.norm()), 1, 1e-12);
}

TEST(Discriminant, OfOneColumnIsNaiveBayes) {
  const Data data = mixed_classes(30, 1, 8);
  expect_close(fit(Discriminant{}, data), numbers_of_rule(fit(NaiveBayes{}, data)), 1e-13);
}

TEST(Discriminant, DoesNotDependOnUnitsOrTheOriginOfTheColumns) {
  const Data data = mixed_classes(50, 6, 9);
  const Matrix moved = (data.dense() * (Matrix::Identity(6, 6) + Matrix::Constant(6, 6, 0.3))).array() - 2;
  const Data other(moved, Vector(data.y()), Task::classification);
  const Vector scores = fit(Discriminant{}, data).predict.score(data.dense());
  EXPECT_LE((fit(Discriminant{}, other).predict.score(moved) - scores).norm(), 1e-9 * scores.norm());
}

// The intensity of Ledoit & Wolf from the spread of every z_i z_i' about their mean.
double slow_intensity(const Data& data) {
  const Matrix z = moments_of(data).z;
  const auto n = static_cast<double>(z.rows());
  const Matrix mean = z.transpose() * z / n;
  double noise = 0;
  for (Index i = 0; i < z.rows(); ++i) noise += (z.row(i).transpose() * z.row(i) - mean).squaredNorm();
  const double average = mean.trace() / static_cast<double>(z.cols());
  const double spread = (mean - average * Matrix::Identity(z.cols(), z.cols())).squaredNorm();
  return std::min(1.0, noise / (n * n) / spread);
}

TEST(Discriminant, ShrinksByItselfAsLedoitAndWolfDo) {
  for (auto [n, p] : {std::pair{30, 7}, {12, 40}, {8, 8}, {400, 3}}) {
    const Data data = mixed_classes(n, p, 10);
    const double intensity = slow_intensity(data);
    EXPECT_TRUE(intensity > 0 && intensity <= 1);
    expect_close(fit(Discriminant{.shrinkage = "auto"}, data), gaussian_rule(data, intensity), 1e-9);
  }
  const Data line = mixed_classes(20, 1, 10);  // a multiple of the identity already
  expect_close(fit(Discriminant{.shrinkage = "auto"}, line), numbers_of_rule(fit(Discriminant{}, line)),
               1e-12);
}

TEST(Discriminant, WorksAtHugeAndTinyScales) {
  for (const NumberOrWord& shrinkage : {NumberOrWord(0.0), NumberOrWord(0.3), NumberOrWord("auto")})
    for (Index n : {10, 40})
      for (const double scale : {1e150, 1e-150, 1e200, 1e-200}) {
        const Data data = mixed_classes(n, 20, 11), scaled = times(data, scale);
        const Vector expected = fit(Discriminant{.shrinkage = shrinkage}, data).predict.score(data.dense());
        const Fit fitted = fit(Discriminant{.shrinkage = shrinkage}, scaled);
        EXPECT_LE((fitted.predict.score(scaled.dense()) - expected).norm(), 1e-8 * expected.norm()) << scale;
      }
}

TEST(Discriminant, FailsOnNumbersThatAreNotFinite) {
  for (const double wrong : {std::numeric_limits<double>::infinity(), nan, 1.7e308}) {
    Matrix x = mixed_classes(20, 3, 1).dense();
    for (Index i = 0; i < 20; ++i) x(i, 1) = i % 2 == 0 ? wrong : -wrong;
    const Data data(x, Vector(mixed_classes(20, 3, 1).y()), Task::classification);
    const Fit fitted = fit(Discriminant{}, data);
    EXPECT_EQ(fitted.report.status, FitStatus::failed) << wrong;
    EXPECT_NE(fitted.report.message, "");
  }
}

TEST(Discriminant, OfOneClassOrOfTwoRowsIsAConstant) {
  const Data data = mixed_classes(9, 4, 12);
  for (const NumberOrWord& shrinkage : {NumberOrWord(0.0), NumberOrWord(0.5), NumberOrWord("auto")}) {
    const Discriminant model{.shrinkage = shrinkage};
    const Fit zeros = fit(model, with_first_labels_zero(data, 9)),
              ones = fit(model, with_first_labels_zero(data, 0));
    EXPECT_EQ(ones.predict.score(data.dense()), Vector(Vector::Constant(9, std::log(10.0))));
    EXPECT_EQ(zeros.predict.score(data.dense()), Vector(Vector::Constant(9, -std::log(10.0))));
    EXPECT_NE(zeros.report.message.find("class 0"), std::string::npos);
    const Fit two = fit(model, with_first_labels_zero(data, 1).prefix(2));
    EXPECT_EQ(numbers_of_rule(two), Vector(Vector::Zero(5)));
    EXPECT_NE(two.report.message.find("rank 0"), std::string::npos);
  }
}

TEST(Discriminant, RefusesWhatItCannotUse) {
  const Data data = mixed_classes(9, 4, 13);
  EXPECT_THROW(fit(Discriminant{.shrinkage = -0.1}, data), InvalidInput);
  EXPECT_THROW(fit(Discriminant{.shrinkage = 1.1}, data), InvalidInput);
  EXPECT_THROW(fit(Discriminant{.shrinkage = "some"}, data), InvalidInput);
  EXPECT_THROW(fit(Discriminant{}, gaussian_problem(9, 4, 1)), InvalidInput);
  EXPECT_THROW(fit(Discriminant{}, data.prefix(0)), InvalidInput);
}

using Counted = CountingScalar;

TEST(Discriminant, IsBilledWhatTheObviousAlgorithmCounts) {
  for (auto [n, p] : {std::pair{20, 7}, {9, 7}, {7, 20}, {300, 2}, {5, 1}, {9, 9}}) {
    const Data data = mixed_classes(n, p, 14);
    const auto x = grid_of<Counted>(data.dense());
    const auto y = reference::labels_of(data.y());
    const double shrunk = count_flops([&] { reference::discriminant(reference::scatter(x, y), 0.5); });
    EXPECT_EQ(fit(Discriminant{.shrinkage = 0.5}, data).report.cost.fit_flops, shrunk) << n;
    const Cost chosen = fit(Discriminant{.shrinkage = "auto"}, data).report.cost;
    const auto scatter = reference::scatter(x, y);
    if (p > 1) {
      EXPECT_EQ(chosen.fit_flops, shrunk);
    }
    EXPECT_EQ(chosen.tuning_flops, count_flops([&] { reference::automatic_shrinkage(scatter); }));
    const Cost plain = fit(Discriminant{}, data).report.cost;
    EXPECT_EQ(plain.tuning_flops, 0);
    const auto rank = static_cast<std::size_t>(std::min(n - 2, p));
    EXPECT_EQ(plain.fit_flops, n >= p + 2 ? shrunk : count_flops([&] {
                reference::pseudo_discriminant(reference::scatter(x, y), rank);
              }))
        << n;
  }
}

TEST(Discriminant, IsBilledForTheFactorThatASingularCovarianceSpoils) {
  const Data data = mixed_classes(60, 8, 6);
  Matrix x = data.dense();
  x.col(5) = x.col(1);
  const double frame = detail::class_flops::discriminant_frame(60, 8);
  EXPECT_EQ(fit(Discriminant{}, Data(x, Vector(data.y()), Task::classification)).report.cost.fit_flops,
            frame + detail::class_flops::regular(60, 8) + eigensystem_flops(8) +
                detail::class_flops::pseudo_inverse(60, 8, 7));
}

// The error of a rule where x is N(+-delta/2 (1, .., 1)/sqrt p, I).
double error_of(const Fit& fit, double distance) {
  const Vector& w = coefficients(fit);
  const double along = w.sum() / std::sqrt(static_cast<double>(w.size())) * distance / 2;
  const double b = fit.predict.linear()->intercept;
  return (normal_cdf((-along - b) / w.norm()) + normal_cdf((-along + b) / w.norm())) / 2;
}

struct Mean {
  double value, standard_error;
};

Mean mean_error(Index n, Index p, double distance, int replicates) {
  double sum = 0, squares = 0;
  for (int r = 0; r < replicates; ++r) {
    Stream stream = Stream(15).child(static_cast<std::uint64_t>(r));
    const double error =
        error_of(fit(Discriminant{}, gaussian_classes(n, p, distance, std::move(stream))), distance);
    sum += error;
    squares += error * error;
  }
  const double mean = sum / replicates;
  return {mean, std::sqrt((squares / replicates - mean * mean) / (replicates - 1))};
}

TEST(Discriminant, TendsToTheBestRuleOfGaussianClasses) {
  for (const double distance : {1.0, 3.0}) {
    const Mean mean = mean_error(20000, 5, distance, 10);
    const double best = normal_cdf(-distance / 2);
    EXPECT_GT(mean.value, best);
    EXPECT_LT(mean.value, best * 1.002);
  }
}

// With n and p of one order, g = p/n, and classes of n/2 rows: |m1 - m0|^2 tends to D^2 + 4g, d'S^-1 d to
// |d|^2/(1 - g) and d'S^-2 d to |d|^2/(1 - g)^3, so that the error is Phi(-D/2 sqrt((1 - g) / (1 + 4g/D^2))), the
// formula of Deev in Raudys & Young (2004). An asymptotic one: 2 % at n = 400.
TEST(Discriminant, ErrsAsTheLimitOfManyColumnsSays) {
  for (auto [p, distance] : {std::pair{20.0, 2.0}, {100.0, 3.0}, {200.0, 4.0}}) {
    const double share = p / 400;
    const double limit =
        normal_cdf(-distance / 2 * std::sqrt((1 - share) / (1 + 4 * share / (distance * distance))));
    const Mean mean = mean_error(400, static_cast<Index>(p), distance, 60);
    EXPECT_NEAR(mean.value, limit, std::max(5 * mean.standard_error, 0.02 * limit)) << p;
  }
}

}  // namespace
}  // namespace quartic::discriminant_test
