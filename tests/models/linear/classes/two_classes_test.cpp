#include "models/linear/classes/two_classes.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "tests/support/gaussian_classes.hpp"

namespace quartic::two_classes_test {
namespace {

using detail::find_classes;
using detail::TwoClasses;

// Two rows of class 0, three of class 1.
Data small() {
  Matrix x(5, 2);
  x << 1, 7, 3, 8, 3, 7, 5, 7, 11, 7;
  Vector y(5);
  y << 1, 0, 1, 0, 1;
  return {std::move(x), std::move(y), Task::classification};
}

TEST(TwoClasses, HaveCountsMeansAndTheLargestDistances) {
  const TwoClasses classes = find_classes(small(), "a model");
  EXPECT_EQ(classes.counts[0], 2);
  EXPECT_EQ(classes.counts[1], 3);
  EXPECT_EQ(classes.means[0], Vector(Eigen::Vector2d(4, 7.5)));
  EXPECT_EQ(classes.means[1], Vector(Eigen::Vector2d(5, 7)));
  EXPECT_EQ(classes.difference, Vector(classes.means[1] - classes.means[0]));
  EXPECT_EQ(classes.largest, Vector(Eigen::Vector2d(10, 1)));
  EXPECT_FALSE(classes.one_class());
}

TEST(TwoClasses, OfConstantColumnsHaveExactlyThatMean) {
  Matrix x = Matrix::Constant(1000, 1, 0.1);
  const Vector y = (gaussian_matrix(1000, 1, Stream(1)).array() > 0).cast<double>();
  const TwoClasses classes = find_classes(Data(x, y, Task::classification), "a model");
  EXPECT_EQ(classes.difference(0), 0);
  EXPECT_EQ(classes.largest(0), 0);
}

TEST(TwoClasses, AreTheSameInBlocksOfRows) {
  const Data data = mixed_classes(700, 4, 1);
  const TwoClasses classes = find_classes(data, "a model");
  const Matrix whole = detail::find_deviations(data, {0, 700}, classes, Vector::Constant(4, 2));
  EXPECT_EQ(detail::find_deviations(data, {300, 50}, classes, Vector::Constant(4, 2)),
            whole.middleRows(300, 50));
  Matrix sums = Matrix::Zero(2, 4);
  for (Index i = 0; i < 700; ++i) sums.row(data.y()(i) > 0 ? 1 : 0) += whole.row(i);
  EXPECT_LE(sums.cwiseAbs().maxCoeff(), 1e-10);
  EXPECT_LE((data.dense().colwise().mean().transpose() -
             (static_cast<double>(classes.counts[0]) * classes.means[0] +
              static_cast<double>(classes.counts[1]) * classes.means[1]) /
                 700)
                .norm(),
            1e-12);
}

TEST(TwoClasses, AreMeasuredInPowersOfTwo) {
  for (const double largest : {1.0, 1.5, 3e-300, 7e300, 0.1}) {
    const double scaled = largest * detail::inverse_unit(largest);
    EXPECT_TRUE(scaled >= 1 && scaled < 2) << largest;
  }
  EXPECT_EQ(detail::inverse_unit(0), 1);
  EXPECT_EQ(detail::inverse_unit(INFINITY), 1);
  EXPECT_TRUE(std::isfinite(detail::inverse_unit(5e-324)));
}

TEST(TwoClasses, OfOneKindHaveTheLogOddsOfTheRuleOfSuccession) {
  const TwoClasses ones = find_classes(with_first_labels_zero(small(), 0), "a model");
  const TwoClasses zeros = find_classes(with_first_labels_zero(small(), 5), "a model");
  EXPECT_TRUE(ones.one_class() && zeros.one_class());
  const Fit one = detail::constant_fit(ones), zero = detail::constant_fit(zeros);
  EXPECT_EQ(one.predict.linear()->intercept, std::log(6.0));
  EXPECT_EQ(zero.predict.linear()->intercept, -std::log(6.0));
  EXPECT_EQ(one.predict.linear()->coefficients, Vector(Vector::Zero(2)));
  EXPECT_EQ(one.report.message, "all labels are of class 1: the rule is a constant");
}

TEST(TwoClasses, AreZeroAndOne) {
  Vector y(5);
  y << 0, 1, 2, 1, 0;
  EXPECT_THROW(find_classes(Data(Matrix(small().dense()), y, Task::classification), "a model"), InvalidInput);
  EXPECT_THROW(detail::require_classes(3, Task::regression, "a model"), InvalidInput);
  EXPECT_THROW(detail::require_classes(0, Task::classification, "a model"), InvalidInput);
  detail::require_classes(1, Task::classification, "a model");
}

}  // namespace
}  // namespace quartic::two_classes_test
