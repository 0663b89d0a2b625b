#include "sim/experts/column_reading.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::column_reading_test {
namespace {

const std::vector<Index> columns = {3, 4, 90};

Matrix gaussian(Index rows, Stream stream) {
  Matrix x(rows, std::ssize(columns));
  stream.fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  return x;
}

ColumnReading reading_with(double noise, double missing, std::vector<bool> thresholded = {}) {
  return {.columns = columns,
          .noise = noise,
          .missing = missing,
          .thresholded = std::move(thresholded),
          .deviations = Vector{{1, 2, 3}}};
}

TEST(ColumnReading, OfOneWhoReadsWellIsWhatStandsThere) {
  const Matrix x = gaussian(5, Stream(1));
  EXPECT_EQ(read_rows({.columns = columns}, x, {0, 5}, Stream(2)), x);
  EXPECT_TRUE((ColumnReading{.columns = columns}).is_plain());
  EXPECT_FALSE(reading_with(0.1, 0).is_plain());
}

TEST(ColumnReading, ThresholdsKeepTheSignAndTheDeviation) {
  const Matrix x = gaussian(50, Stream(1));
  const Matrix read = read_rows(reading_with(0, 0, {true, false, true}), x, {0, 50}, Stream(2));
  EXPECT_EQ(read.col(1), x.col(1));
  for (Index i = 0; i < 50; ++i) {
    EXPECT_EQ(read(i, 0), x(i, 0) < 0 ? -1 : 1);
    EXPECT_EQ(read(i, 2), x(i, 2) < 0 ? -3 : 3);
  }
}

TEST(ColumnReading, NoiseHasTheDeviationAskedFor) {
  constexpr Index rows = 20000;
  const Matrix noise = read_rows(reading_with(0.5, 0), Matrix::Zero(rows, 3), {0, rows}, Stream(2));
  for (Index k = 0; k < 3; ++k) {
    const double expected = std::pow(0.5 * static_cast<double>(k + 1), 2);
    const double error = expected * std::sqrt(2. / rows);
    EXPECT_NEAR(noise.col(k).squaredNorm() / rows, expected, 5 * error);
    EXPECT_NEAR(noise.col(k).mean(), 0, 5 * std::sqrt(expected / rows));
  }
  EXPECT_NEAR(noise.col(0).dot(noise.col(1)) / rows, 0, 5 * 0.5 / std::sqrt(rows));
}

TEST(ColumnReading, SoManyReadingsAreLostAndStandAsTheMean) {
  constexpr Index rows = 20000;
  const Matrix read = read_rows(reading_with(0.5, 0.3), Matrix::Ones(rows, 3), {0, rows}, Stream(2));
  for (Index k = 0; k < 3; ++k) {
    const double lost = static_cast<double>((read.col(k).array() == 0).count()) / rows;
    EXPECT_NEAR(lost, 0.3, 5 * std::sqrt(0.21 / rows));
  }
  EXPECT_EQ(read_rows(reading_with(1, 1), Matrix::Ones(9, 3), {0, 9}, Stream(2)), Matrix::Zero(9, 3));
}

TEST(ColumnReading, DependsOnRowAndColumnAlone) {
  const Matrix x = gaussian(40, Stream(1));
  const Matrix all = read_rows(reading_with(0.5, 0.3), x, {0, 40}, Stream(2));
  EXPECT_EQ(read_rows(reading_with(0.5, 0.3), x.middleRows(7, 20), {7, 20}, Stream(2)),
            all.middleRows(7, 20));
  ColumnReading two = reading_with(0.5, 0.3);
  two.columns = {3, 90};
  two.deviations = Vector{{1, 3}};
  Matrix some(40, 2), expected(40, 2);
  some << x.col(0), x.col(2);
  expected << all.col(0), all.col(2);
  EXPECT_EQ(read_rows(two, some, {0, 40}, Stream(2)), expected);
  EXPECT_NE(read_rows(reading_with(0.5, 0.3), x, {0, 40}, Stream(3)), all);
}

TEST(ColumnReading, WorseOnesHoldTheFaultsOfBetterOnes) {
  const Matrix x = gaussian(200, Stream(1));
  const Matrix better = read_rows(reading_with(0.5, 0.2), x, {0, 200}, Stream(2));
  const Matrix worse = read_rows(reading_with(1, 0.4), x, {0, 200}, Stream(2));
  EXPECT_LT((better.array() == 0).count(), (worse.array() == 0).count());
  for (Index i = 0; i < 200; ++i)
    for (Index k = 0; k < 3; ++k) {
      EXPECT_TRUE(better(i, k) != 0 || worse(i, k) == 0);
      const double expected = worse(i, k) == 0 ? 0 : x(i, k) + 2 * (better(i, k) - x(i, k));
      EXPECT_NEAR(worse(i, k), expected, 1e-12);
    }
}

TEST(ColumnReading, OfARuleHasTheVarianceThatIsStated) {
  constexpr Index rows = 40000;
  const ColumnReading reading = reading_with(0.5, 0.3);
  Matrix x = gaussian(rows, Stream(1));
  for (Index k = 0; k < 3; ++k) x.col(k) *= reading.deviations[k];
  const Vector b{{0.5, -1, 2}};
  const Vector beside = (read_rows(reading, x, {0, rows}, Stream(2)) - 0.7 * x) * b;
  const Eigen::ArrayXd squares = beside.array().square();
  const double error = std::sqrt((squares - squares.mean()).square().sum()) / rows;
  EXPECT_NEAR(squares.mean(), variance_of_reading(reading, b), 5 * error);
}

}  // namespace
}  // namespace quartic::column_reading_test
