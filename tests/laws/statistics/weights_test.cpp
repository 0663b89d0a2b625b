#include "laws/statistics/weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/curves/crossing.hpp"

namespace quartic {
namespace {

/// Logarithms that are alternately `spread` above and below those of the averages.
Matrix alternating(const Vector& averages, double spread, Index replicates) {
  Matrix values(replicates, averages.size());
  for (Index r = 0; r < replicates; ++r)
    values.row(r) = averages.transpose() * std::exp(r % 2 == 0 ? spread : -spread);
  return values;
}

void drop_after(Matrix& values, Index column, Index count) {
  values.col(column).tail(values.rows() - count).setConstant(nan);
}

TEST(Weights, AreOneOverTheVarianceOfTheLogAverage) {
  const Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 100);
  const double variance = 0.25 * 100 / 99;
  for (const Index column : {0, 1}) {
    EXPECT_NEAR(log_average_weights(values, Average::geometric_mean)[column], 100 / variance, 1e-6);
    EXPECT_NEAR(log_average_weights(values, Average::mean)[column], 100 / std::expm1(variance), 1e-6);
  }
}

TEST(Weights, GrowWithTheNumberOfReplicates) {
  Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 100);
  drop_after(values, 1, 20);
  const Vector weights = log_average_weights(values, Average::mean);
  EXPECT_NEAR(weights[1] / weights[0], 0.2, 0.01);
}

TEST(Weights, LeaveOutWhatHasNoLogarithm) {
  Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 10);
  values(3, 1) = 0;
  EXPECT_EQ(log_average_weights(values, Average::geometric_mean)[1], 0);
  EXPECT_EQ(even_weights(values, Average::geometric_mean)[1], 0);
  EXPECT_GT(log_average_weights(values, Average::mean)[1], 0);
}

TEST(EvenWeights, AreTheSameWhereEverySizeWasRunAsOften) {
  const Matrix values = alternating(Vector{{1, 0.1, 0.01}}, 0.5, 30);
  EXPECT_EQ(even_weights(values, Average::mean), log_average_weights(values, Average::mean));
}

TEST(EvenWeights, DoNotDependOnHowOftenASizeWasRun) {
  Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 100);
  drop_after(values, 1, 20);
  const Vector weights = even_weights(values, Average::mean);
  EXPECT_NEAR(weights[1] / weights[0], 1, 0.03);
  EXPECT_NEAR(weights[0] * std::expm1(0.25) / 60, 1, 0.05);
}

/// A curve that is no power law has another slope here than there: which is read must not depend on where the
/// replicates are.
TEST(EvenWeights, LetABentCurveHaveTheSameExponentWhereverItsReplicatesAre) {
  const Vector sizes{{10, 20, 40, 80, 160, 320}};
  const Vector averages = sizes.array().pow(-1.) * (1 + sizes.array() / 50);
  const auto exponent = [&](Index few, Index first, bool even) {
    MeasuredCurve curve{sizes, alternating(averages, 0.1, 400)};
    for (Index column = first; column < first + 3; ++column) drop_after(curve.errors, column, few);
    return data_exponent(curve, {.form = LawForm::power, .floor = 0, .even = even}).value.estimate;
  };
  const double alike = exponent(400, 0, true);
  EXPECT_EQ(exponent(400, 0, false), alike);
  for (const Index first : {0, 3}) {
    EXPECT_NEAR(exponent(20, first, true), alike, 0.01 * alike);
    EXPECT_GT(std::abs(exponent(20, first, false) - alike), 0.1 * alike);
  }
}

TEST(EvenWeights, LetABentCurveCrossAnotherAtTheSamePlaceWhereverItsReplicatesAre) {
  const Vector sizes{{10, 20, 40, 80, 160, 320}};
  const Vector bent = sizes.array().pow(-1.) * (1 + sizes.array() / 50), flat = Vector::Constant(6, 0.04);
  const auto meeting = [&](Index few, Index first, bool even) {
    CrossingQuestion question{{sizes, alternating(bent, 0.1, 400)}, {sizes, alternating(flat, 0.1, 400)}, 0};
    for (Index column = first; column < first + 3; ++column) drop_after(question.arm.errors, column, few);
    return crossing(question, {.even = even}).value.estimate;
  };
  const double alike = meeting(400, 0, true);
  EXPECT_NEAR(meeting(400, 0, false), alike, 1e-9 * alike);
  for (const Index first : {0, 3}) {
    EXPECT_NEAR(meeting(20, first, true), alike, 1e-6 * alike);
    EXPECT_GT(std::abs(meeting(20, first, false) - alike), 0.02 * alike);
  }
}

}  // namespace
}  // namespace quartic
