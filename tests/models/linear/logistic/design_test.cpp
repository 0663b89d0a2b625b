#include "models/linear/logistic/design.hpp"

#include <gtest/gtest.h>

#include "tests/support/class_problem.hpp"

namespace quartic::design_test {
namespace {

using detail::Intercept;

TEST(LogisticDesign, BringsColumnsToOneSizeAndBack) {
  const Data plain = gaussian_problem(600, 4, 2);
  Matrix x = plain.dense();
  x.col(1) *= 1e9;
  x.col(2) = x.col(2).array() * 1e-9 + 1;
  x.col(3).setZero();
  const Data data = data_of(x, plain.y());
  for (const Intercept intercept : {Intercept::none, Intercept::fitted}) {
    const detail::ColumnScaling scaling = detail::column_scaling(data, intercept);
    const Matrix design = detail::scaled_design(data, scaling);
    ASSERT_EQ(design.cols(), intercept == Intercept::none ? 3 : 4);
    ASSERT_EQ(scaling.kept, (std::vector<Index>{0, 1, 2}));
    for (Index j = 0; j < 3; ++j) {
      EXPECT_GE(design.col(j).cwiseAbs().maxCoeff(), 1);
      EXPECT_LT(design.col(j).cwiseAbs().maxCoeff(), 2);
    }
    const Vector b = Vector::LinSpaced(design.cols(), 1, 2);
    const LinearRule rule = scaling.rule(b, 4);
    EXPECT_EQ(rule.coefficients[3], 0);
    EXPECT_LE((rule.score(x) - design * b).cwiseAbs().maxCoeff(), 1e-5);
  }
}

TEST(LogisticDesign, LeavesOutConstantsBesideAnIntercept) {
  Matrix x = gaussian_problem(20, 2, 2).dense();
  x.col(0).setConstant(0.1);
  const Data data = data_of(x, Vector::Zero(20));
  EXPECT_EQ(detail::column_scaling(data, Intercept::fitted).kept, std::vector<Index>{1});
  EXPECT_EQ(detail::column_scaling(data, Intercept::none).kept, (std::vector<Index>{0, 1}));
}

TEST(LogisticDesign, NoticesNumbersThatAreNotFinite) {
  for (const double number : {nan, infinity, -infinity}) {
    Matrix x = gaussian_problem(300, 3, 2).dense();
    x(280, 2) = number;
    EXPECT_FALSE(detail::column_scaling(data_of(x, Vector::Zero(300)), Intercept::none).finite);
  }
}

}  // namespace
}  // namespace quartic::design_test
