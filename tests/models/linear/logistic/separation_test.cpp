#include "models/linear/logistic/separation.hpp"

#include <gtest/gtest.h>

#include "tests/support/class_problem.hpp"
#include "tests/support/separable.hpp"

namespace quartic::separation_test {
namespace {

using detail::Separability;

double smallest_margin(const Matrix& x, const Vector& y, const Vector& direction) {
  return ((2 * y.array() - 1) * (x * direction).array()).minCoeff() / (x * direction).cwiseAbs().maxCoeff();
}

TEST(Separation, FindsADirectionOrProvesThatThereIsNone) {
  int found[2] = {0, 0};
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Data data =
        logistic_problem(6 + static_cast<Index>(seed % 25), 1 + static_cast<Index>(seed % 4), 5, seed);
    Matrix x = data.dense();
    if (seed % 2 == 0) x = x.array().round();
    const bool expected = support::separable(x, data.y());
    const detail::Separation separation = detail::find_separation(x, data.y());
    ASSERT_EQ(separation.answer, expected ? Separability::separable : Separability::overlapping) << seed;
    ++found[expected];
    if (!expected) continue;
    EXPECT_GE(smallest_margin(x, data.y(), separation.direction), -1e-9) << seed;
  }
  EXPECT_GT(found[0], 300);
  EXPECT_GT(found[1], 300);
}

TEST(Separation, SeparatesWhatATeacherLabelled) {
  const Data data = gaussian_problem(400, 60, 3);
  const Vector y = (data.dense().rowwise().sum().array() > 0).cast<double>();
  const detail::Separation separation = detail::find_separation(data.dense(), VectorView(y.data(), y.size()));
  ASSERT_EQ(separation.answer, Separability::separable);
  EXPECT_GE(smallest_margin(data.dense(), y, separation.direction), -1e-9);
}

TEST(Separation, FindsThatManyRowsOverlap) {
  const Data data = logistic_problem(1000, 100, 2, 4);
  EXPECT_EQ(detail::find_separation(data.dense(), data.y()).answer, Separability::overlapping);
}

TEST(Separation, DoesNotCountRowsOfZeros) {
  const Data data = logistic_problem(3, 2, 1, 4);
  EXPECT_EQ(detail::find_separation(Matrix::Zero(3, 2), data.y()).answer, Separability::overlapping);
}

TEST(Separation, BillsOneRoundOfRowsThatAgree) {
  const Matrix x = Matrix::Ones(5, 2);
  const Vector y = Vector::Ones(5);
  const detail::Separation separation = detail::find_separation(x, VectorView(y.data(), 5));
  EXPECT_EQ(separation.answer, Separability::separable);
  EXPECT_EQ(separation.flops, 5 * (5 + 2) + 10 + 20);  // lengths, division, sum; margins
}

}  // namespace
}  // namespace quartic::separation_test
