#include "laws/statistics/weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/curves/crossing.hpp"

namespace quartic::weights_test {
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

Averages means(const Matrix& values) {
  return average_columns(values, Average::mean);
}

TEST(Weights, AreOneOverTheVarianceOfTheLogAverage) {
  const Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 100);
  const double variance = 0.25 * 100 / 99;
  for (const Index column : {0, 1}) {
    const Averages geometric = average_columns(values, Average::geometric_mean);
    EXPECT_NEAR(log_average_weights(geometric)[column], 100 / variance, 1e-6);
    EXPECT_NEAR(log_average_weights(means(values))[column], 100 / std::expm1(variance), 1e-6);
  }
}

TEST(Weights, GrowWithTheNumberOfReplicates) {
  Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 100);
  drop_after(values, 1, 20);
  const Vector weights = log_average_weights(means(values));
  EXPECT_NEAR(weights[1] / weights[0], 0.2, 0.01);
}

TEST(Weights, LeaveOutWhatHasNoLogarithm) {
  Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 10);
  values(3, 1) = 0;
  const Averages geometric = average_columns(values, Average::geometric_mean);
  EXPECT_EQ(log_average_weights(geometric)[1], 0);
  EXPECT_EQ(even_weights(geometric)[1], 0);
  EXPECT_GT(log_average_weights(means(values))[1], 0);
}

/// Five replicates whose scatter shrinks by so much from size to size, one column of it by luck four times as
/// large in variance.
TEST(Weights, FollowAScatterThatShrinksAlongTheCurve) {
  const Vector sizes{{100, 200, 400, 800, 1600, 3200, 6400, 12800}};
  Matrix values(5, 8);
  for (Index j = 0; j < 8; ++j) {
    const double spread = 0.8 * std::pow(0.7, static_cast<double>(j)) * (j == 3 ? 2 : 1);
    values.col(j) = alternating(Vector{{1}}, spread, 5);
  }
  const Vector along = log_average_weights(means(values), sizes), alike = log_average_weights(means(values));
  EXPECT_GT(along[7] / along[0], 50);
  EXPECT_GT(along[3], along[2]) << "one size's luck hardly counts";
  EXPECT_LT(alike[3], alike[2]);
}

TEST(UnbiasedAverages, UndoTheBiasOfTheLogarithmWhereItIsUneven) {
  const Vector sizes{{10, 100}};
  Matrix values(200, 2);
  values.col(0) = alternating(Vector{{1}}, 1, 200);
  values.col(1) = alternating(Vector{{1}}, 0.01, 200);
  const Averages averages = means(values);
  const Vector unbiased = unbiased_averages(averages, sizes);
  EXPECT_NEAR(std::log(unbiased[0] / averages.values[0]), 0.5 * std::expm1(1) / 200, 3e-4);
  EXPECT_NEAR(unbiased[1], averages.values[1], 1e-5);
  const Averages geometric = average_columns(values, Average::geometric_mean);
  EXPECT_EQ(unbiased_averages(geometric, sizes), geometric.values);
}

TEST(EvenWeights, AreTheSameWhereEverySizeWasRunAsOften) {
  const Averages averages = means(alternating(Vector{{1, 0.1, 0.01}}, 0.5, 30));
  EXPECT_EQ(even_weights(averages), log_average_weights(averages));
}

TEST(EvenWeights, DoNotDependOnHowOftenASizeWasRun) {
  Matrix values = alternating(Vector{{1, 0.1}}, 0.5, 100);
  drop_after(values, 1, 20);
  const Vector weights = even_weights(means(values));
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
}  // namespace quartic::weights_test
