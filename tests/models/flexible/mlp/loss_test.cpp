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

TEST(Loss, OfSeveralNetworksIsThatOfEach) {
  const std::array<float, 6> scores = {1.5F, -2, 0.25F, 3, -0.5F, 0.75F}, labels = {1, 0, 0, 1, 1, 0};
  for (const LossKind kind : {LossKind::squared, LossKind::huber, LossKind::logistic}) {
    std::array<float, 6> slopes{};
    std::array<double, 2> sums{};
    add_errors_and_slopes<float>({kind, 0.5}, scores, labels, slopes, sums);
    for (std::size_t m = 0; m < 2; ++m) {
      std::array<float, 3> own_scores{}, own_labels{}, own_slopes{};
      for (std::size_t i = 0; i < 3; ++i)
        own_scores[i] = scores[2 * i + m], own_labels[i] = labels[2 * i + m];
      EXPECT_EQ(sums[m], errors_and_slopes<float>({kind, 0.5}, own_scores, own_labels, own_slopes));
      for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(slopes[2 * i + m], own_slopes[i]);
    }
  }
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
