#include "models/flexible/mlp/loss.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace quartic::detail::loss_test {
namespace {

struct Told {
  double error, slope;
};

Told told(const Loss& loss, double score, double label) {
  const std::array scores = {score}, labels = {label};
  std::array slopes = {0.0};
  const double error = errors_and_slopes<double>(loss, scores, labels, slopes);
  EXPECT_EQ(add_errors<double>(loss, scores, labels, 1), 1 + error);
  return {error, slopes[0]};
}

TEST(Loss, TellsErrorsAndTheirSlopes) {
  EXPECT_EQ(told({}, 3, 1).error, 4);
  EXPECT_EQ(told({}, 3, 1).slope, 2);
  const Loss huber{LossKind::huber, 1};
  EXPECT_EQ(told(huber, 0.5, 0).error, 0.25);
  EXPECT_EQ(told(huber, -3, 0).error, 5);
  EXPECT_EQ(told(huber, -3, 0).slope, -1);
  EXPECT_NEAR(told({LossKind::logistic}, 0, 1).error, std::log(2), 1e-15);
  EXPECT_EQ(told({LossKind::logistic}, 0, 1).slope, -0.5);
}

TEST(Loss, OfClassesNeverOverflows) {
  EXPECT_EQ(told({LossKind::logistic}, 1000, 0).error, 1000);
  EXPECT_EQ(told({LossKind::logistic}, 1000, 0).slope, 1);
  EXPECT_EQ(told({LossKind::logistic}, -1000, 0).error, 0);
}

TEST(Loss, SharesTheSlopeAmongTheRows) {
  const std::array scores = {3.0, 3.0}, labels = {1.0, 2.0};
  std::array slopes = {0.0, 0.0};
  EXPECT_EQ(errors_and_slopes<double>({}, scores, labels, slopes), 5);
  EXPECT_EQ(slopes[0], 1);
  EXPECT_EQ(slopes[1], 0.5);
}

TEST(Loss, IsMeasuredInThatOfTheBestConstant) {
  const std::array labels = {1.0, 5.0}, equal = {2.0, 2.0}, classes = {0.0, 1.0};
  EXPECT_EQ(error_of_constant<double>({}, labels), 4);
  EXPECT_EQ(error_of_constant<double>({}, equal), 1);
  EXPECT_NEAR(error_of_constant<double>({LossKind::logistic}, classes), std::log(2), 1e-15);
}

}  // namespace
}  // namespace quartic::detail::loss_test
