#include "models/linear/logistic/secant_factor.hpp"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>

#include "tests/support/class_problem.hpp"

namespace quartic::secant_factor_test {
namespace {

using detail::SecantFactor;

// Of one quadratic form, corrected by the gradients of another.
struct Forms {
  Matrix old, now;
};

Matrix positive(std::uint64_t seed) {
  const Matrix x = gaussian_problem(20, 4, seed).dense();
  return x.transpose() * x / 20;
}

Matrix factor_of(const Matrix& form) {
  return Eigen::LLT<Eigen::MatrixXd>(form).matrixL();
}

TEST(SecantFactor, InvertsWhatWasFactored) {
  const Forms forms{positive(1), positive(2)};
  SecantFactor factor;
  EXPECT_TRUE(factor.empty());
  factor.renew(factor_of(forms.old));
  const Vector right = Vector::LinSpaced(4, -1, 2);
  EXPECT_LE((forms.old * factor.solve(right) - right).norm(), 1e-12);
  EXPECT_EQ(factor.solve(right), factor.solve_with_factor(right));
  EXPECT_FALSE(factor.corrected());
}

TEST(SecantFactor, LearnsTheLastChangeOfTheGradient) {
  const Forms forms{positive(1), positive(2)};
  SecantFactor factor;
  factor.renew(factor_of(forms.old));
  Stream steps(3);
  for (int k = 0; k < 3; ++k) {
    Vector step(4);
    steps.fill_normal({step.data(), 4});
    const Vector change = forms.now * step;
    factor.add(step, change);
    EXPECT_LE((factor.solve(change) - step).norm(), 1e-12);
    EXPECT_EQ(factor.pairs(), k + 1);
  }
  factor.renew(factor_of(forms.now));
  EXPECT_FALSE(factor.corrected());
}

TEST(SecantFactor, LeavesOutChangesAgainstTheStep) {
  SecantFactor factor;
  factor.renew(factor_of(positive(1)));
  factor.add(Vector::Ones(4), -Vector::Ones(4));
  EXPECT_FALSE(factor.corrected());
}

}  // namespace
}  // namespace quartic::secant_factor_test
