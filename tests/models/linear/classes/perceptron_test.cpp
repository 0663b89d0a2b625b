#include "models/linear/classes/perceptron.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/optim/row_order.hpp"
#include "tests/support/gaussian_classes.hpp"
#include "tests/support/reference/perceptron.hpp"

namespace quartic::perceptron_test {
namespace {

std::vector<std::vector<std::size_t>> orders_of(Index rows, Index passes) {
  std::vector<std::vector<std::size_t>> orders;
  const Stream stream = Stream(1).child("fit");
  for (Index pass = 0; pass < passes; ++pass) {
    const std::vector<Index> order = shuffled_rows(rows, stream.child(static_cast<std::uint64_t>(pass)));
    orders.emplace_back(order.begin(), order.end());
  }
  return orders;
}

template <class T>
reference::PerceptronRun<T> slow(const Data& data, Index passes, bool average) {
  return reference::perceptron(grid_of<T>(data.dense()), numbers_of<double>(data.y()),
                               orders_of(data.rows(), passes), average);
}

Vector numbers_of(const reference::Rule<double>& rule) {
  Vector all(std::ssize(rule.coefficients) + 1);
  all << Eigen::Map<const Vector>(rule.coefficients.data(), std::ssize(rule.coefficients)), rule.intercept;
  return all;
}

// Classes that a rule through (1, .., 1) tells apart with a gap, as the numbers 1/2 and -1/2.
Data separable(Index n, Index p, std::uint64_t seed) {
  const Data data = gaussian_classes(n, p, 20, Stream(seed));
  return data.with_real_labels();
}

TEST(Perceptron, TakesTheStepsOfTheObviousAlgorithm) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {300, 40}, {6, 1}})
    for (const bool average : {false, true})
      for (const Data& data : {mixed_classes(n, p, 1).with_real_labels(), gaussian_problem(n, p, 2)}) {
        const auto expected = slow<double>(data, 5, average);
        const Vector rule = numbers_of(average ? expected.mean : expected.last);
        const Fit fitted = fit(Perceptron{.passes = 5, .average = average}, data);
        EXPECT_LE((numbers_of_rule(fitted) - rule).norm(), 1e-12 * rule.norm()) << n << average;
        EXPECT_EQ(fitted.report.iterations, static_cast<Index>(expected.mistakes));
        EXPECT_EQ(fitted.report.status,
                  expected.mistakes_of_last_pass == 0 ? FitStatus::converged : FitStatus::iteration_limit);
        EXPECT_EQ(fitted.report.parameters, p + 1);
      }
}

TEST(Perceptron, AverageIsTheMeanOfEveryIterate) {
  const Data data = mixed_classes(15, 3, 3).with_real_labels();
  const auto orders = orders_of(15, 4);
  Vector sum = Vector::Zero(4), rule = Vector::Zero(4);
  const double size = reference::inverse_square_unit(grid_of<double>(data.dense()));
  for (const auto& order : orders)
    for (const std::size_t i : order) {
      const auto row = static_cast<Index>(i);
      const double y = data.y()(row), score = data.dense().row(row).dot(rule.head(3)) + rule(3);
      if (y * score <= 0) rule.head(3) += y * size * data.dense().row(row).transpose(), rule(3) += y;
      sum += rule;
    }
  const Vector fitted = numbers_of_rule(fit(Perceptron{.passes = 4}, data));
  EXPECT_LE((fitted - sum / 60).norm(), 1e-12 * fitted.norm());
}

TEST(Perceptron, StopsOnceAPassMakesNoMistake) {
  const Data data = separable(60, 5, 4);
  const Fit fitted = fit(Perceptron{.passes = 1000, .average = false}, data);
  EXPECT_EQ(fitted.report.status, FitStatus::converged);
  EXPECT_EQ(fitted.report.message, "");
  EXPECT_TRUE((fitted.predict.score(data.dense()).array() * data.y().array() > 0).all());
}

// With the rule (1, .., 1)/sqrt p and no constant.
TEST(Perceptron, MakesNoMoreMistakesThanNovikoffAllows) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
    const Data data = separable(200, 10, seed);
    const Vector sides = 2 * data.y();
    const double gap = (data.dense().rowwise().sum().array() / std::sqrt(10.0) * sides.array()).minCoeff();
    ASSERT_GT(gap, 0);
    const double unit = std::exp2(std::ilogb(data.dense().cwiseAbs().maxCoeff()));
    const double radius = data.dense().rowwise().squaredNorm().maxCoeff() + unit * unit;
    const Fit fitted = fit(Perceptron{.passes = 10000}, data);
    EXPECT_EQ(fitted.report.status, FitStatus::converged);
    EXPECT_LE(static_cast<double>(fitted.report.iterations), radius / (gap * gap));
  }
}

TEST(Perceptron, SaysHowManyMistakesAreLeft) {
  const Data data = mixed_classes(200, 3, 5).with_real_labels();
  const Fit fitted = fit(Perceptron{.passes = 3}, data);
  EXPECT_EQ(fitted.report.status, FitStatus::iteration_limit);
  EXPECT_EQ(
      fitted.report.message,
      "pass 3 of 3 made " + std::to_string(slow<double>(data, 3, true).mistakes_of_last_pass) + " mistakes");
}

TEST(Perceptron, ReadsClassesAsHalves) {
  const Data classes = mixed_classes(50, 4, 6);
  const Model model = Perceptron{};
  EXPECT_FALSE(model.reads_classes());
  EXPECT_TRUE(same_bits(fit(model, classes), fit(model, classes.with_real_labels())));
  EXPECT_THROW(Perceptron{}.fit(classes, Stream(1)), InvalidInput);
}

TEST(Perceptron, DoesNotDependOnTheUnitOfTheData) {
  const Data data = mixed_classes(50, 4, 7).with_real_labels();
  const Vector scores = fit(Perceptron{}, data).predict.score(data.dense());
  for (const int exponent : {-500, -3, 5, 500}) {
    const Data scaled = times(data, std::ldexp(1.0, exponent));
    EXPECT_EQ(fit(Perceptron{}, scaled).predict.score(scaled.dense()), scores) << exponent;
  }
  for (const double scale : {1e150, 1e-150, 1e300, 1e-300}) {
    const Fit fitted = fit(Perceptron{}, times(data, scale));
    EXPECT_TRUE(numbers_of_rule(fitted).allFinite() || fitted.report.status == FitStatus::failed) << scale;
  }
}

TEST(Perceptron, OfLabelsOfOneSignIsAConstant) {
  const Data data = gaussian_problem(9, 4, 8);
  const auto constant = [&](const Vector& y) { return fit(Perceptron{}, data_of(data.dense(), y)); };
  EXPECT_EQ(constant(Vector::Constant(9, -0.5)).predict.score(data.dense()),
            Vector(Vector::Constant(9, -0.5)));
  EXPECT_EQ(constant(Vector::Constant(9, 3)).predict.score(data.dense()), Vector(Vector::Constant(9, 3)));
  EXPECT_EQ(constant(Vector::Zero(9)).predict.score(data.dense()), Vector(Vector::Zero(9)));
  const Fit fitted = constant(Vector::Zero(9));
  EXPECT_EQ(fitted.report.message, "no two labels differ in sign: the rule is a constant");
  EXPECT_EQ(fitted.report.cost.fit_flops, 0);
}

TEST(Perceptron, PassesOverLabelsOfZero) {
  const Data data = gaussian_problem(30, 4, 13);
  Vector y = data.y();
  for (Index i = 0; i < 30; i += 3) y(i) = 0;
  const Data gaps = data_of(data.dense(), y);
  const auto expected = slow<double>(gaps, 5, true);
  const Vector rule = numbers_of(expected.mean);
  const Fit fitted = fit(Perceptron{.passes = 5}, gaps);
  EXPECT_LE((numbers_of_rule(fitted) - rule).norm(), 1e-12 * rule.norm());
  EXPECT_EQ(fitted.report.iterations, static_cast<Index>(expected.mistakes));
}

TEST(Perceptron, FailsOnNumbersThatAreNotFinite) {
  const Data data = gaussian_problem(20, 3, 9);
  Matrix x = data.dense();
  x(4, 1) = INFINITY;
  Vector y = data.y();
  y(4) = NAN;
  EXPECT_EQ(fit(Perceptron{}, data_of(x, data.y())).report.status, FitStatus::failed);
  EXPECT_EQ(fit(Perceptron{}, data_of(data.dense(), y)).report.status, FitStatus::failed);
  EXPECT_EQ(fit(Perceptron{}, data_of(data.dense(), data.y() * 1e307)).report.status, FitStatus::failed);
}

TEST(Perceptron, RefusesWhatItCannotUse) {
  EXPECT_THROW(fit(Perceptron{.passes = 0}, gaussian_problem(5, 2, 1)), InvalidInput);
  EXPECT_THROW(fit(Perceptron{}, gaussian_problem(5, 2, 1).prefix(0)), InvalidInput);
}

// Overlapping classes, whose best error is Phi(-1): averages err less than last iterates.
TEST(Perceptron, AveragesErrLessThanLastIterates) {
  const Data test = gaussian_classes(20000, 20, 2, Stream(10));
  const auto errors = [&](const Fit& fit) {
    const Vector scores = fit.predict.score(test.dense());
    return static_cast<double>(((scores.array() > 0) != (test.y().array() > 0)).count()) / 20000;
  };
  double averaged = 0, last = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Data data = gaussian_classes(400, 20, 2, Stream(11).child(seed)).with_real_labels();
    averaged += errors(fit(Perceptron{}, data)) / 10;
    last += errors(fit(Perceptron{.average = false}, data)) / 10;
  }
  EXPECT_LT(averaged, 0.19);  // the best is .159
  EXPECT_GT(last, averaged + 0.02);
}

TEST(Perceptron, IsBilledWhatTheObviousAlgorithmCounts) {
  for (auto [n, p] : {std::pair{20, 7}, {7, 20}, {300, 2}, {6, 1}})
    for (const bool average : {false, true}) {
      const Data data = mixed_classes(n, p, 12).with_real_labels();
      EXPECT_EQ(fit(Perceptron{.passes = 4, .average = average}, data).report.cost.fit_flops,
                count_flops([&] { slow<CountingScalar>(data, 4, average); }))
          << n << average;
    }
}

}  // namespace
}  // namespace quartic::perceptron_test
