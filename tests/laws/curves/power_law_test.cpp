#include "laws/curves/power_law.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/least_squares.hpp"

namespace quartic::power_law_test {
namespace {

LawPoints points(const Vector& sizes, const Vector& values) {
  return {sizes, values, Vector::Ones(sizes.size())};
}

TEST(PowerLaw, IsRecoveredExactly) {
  const Vector sizes{{10, 30, 100, 500}};
  const PowerLaw law = fit_power_law(points(sizes, 3 * sizes.array().pow(-0.7)));
  EXPECT_NEAR(law.scale, 3, 1e-12);
  EXPECT_NEAR(law.exponent, 0.7, 1e-13);
  EXPECT_NEAR(law.size_at(law.at(77)), 77, 1e-10);
}

TEST(PowerLaw, WeighsPointsAsRepeatedPoints) {
  const LawPoints weighted{Vector{{10, 20, 80}}, Vector{{1, 0.4, 0.2}}, Vector{{2, 1, 3}}};
  const PowerLaw repeated =
      fit_power_law(points(Vector{{10, 10, 20, 80, 80, 80}}, Vector{{1, 1, 0.4, 0.2, 0.2, 0.2}}));
  EXPECT_NEAR(fit_power_law(weighted).exponent, repeated.exponent, 1e-13);
  EXPECT_NEAR(fit_power_law(weighted).scale, repeated.scale, 1e-12);
}

TEST(PowerLaw, IgnoresPointsWithoutWeight) {
  const LawPoints weighted{Vector{{10, 20, 80}}, Vector{{1, NAN, 0.2}}, Vector{{2, 0, 3}}};
  EXPECT_NEAR(fit_power_law(weighted).exponent, std::log(5) / std::log(8), 1e-13);
}

TEST(PowerLaw, IsNotFittedToTooLittleOrToErrorsWithoutLogarithm) {
  EXPECT_TRUE(std::isnan(fit_power_law(points(Vector{{10}}, Vector{{1}})).exponent));
  EXPECT_TRUE(std::isnan(fit_power_law(points(Vector{{10, 20}}, Vector{{1, 0}})).exponent));
  EXPECT_TRUE(std::isnan(PowerLaw{1, -0.5}.size_at(2)));
}

TEST(OffsetLaw, IsRecoveredExactly) {
  const Vector sizes{{50, 60, 90, 200, 500, 1000}};
  for (double offset : {-400., 0., 20., 49., 49.9})
    for (double exponent : {0.2, 1., 3.}) {
      const OffsetLaw law = fit_offset_law(points(sizes, 5 * (sizes.array() - offset).pow(-exponent)));
      EXPECT_NEAR(law.offset, offset, 1e-6 * (1 + std::abs(offset))) << offset << " " << exponent;
      EXPECT_NEAR(law.exponent, exponent, 1e-6) << offset;
      EXPECT_NEAR(law.size_at(law.at(120)), 120, 1e-8) << offset;
    }
}

TEST(OffsetLaw, IsExactForLeastSquares) {
  const Vector sizes{{1100, 1500, 2000, 3000}};
  Vector errors(4);
  for (Index i = 0; i < 4; ++i) errors[i] = least_squares_risk({.rows = sizes[i], .columns = 1000});
  const OffsetLaw law = fit_offset_law(points(sizes, errors));
  EXPECT_NEAR(law.exponent, 1, 1e-9);
  EXPECT_NEAR(law.offset, 1001, 1e-6);
  EXPECT_NEAR(law.scale, 1000, 1e-5);
  EXPECT_NEAR(law.size_at(2.5), 1401, 1e-6);
}

TEST(OffsetLaw, IsALeastSquaresOptimum) {
  const Vector sizes{{10, 20, 40, 80, 160}};
  const Vector errors{{9, 2.2, 1.4, 0.5, 0.31}};
  const OffsetLaw law = fit_offset_law(points(sizes, errors));
  const auto squares = [&](const OffsetLaw& at) {
    double sum = 0;
    for (Index i = 0; i < 5; ++i) sum += std::pow(std::log(errors[i] / at.at(sizes[i])), 2);
    return sum;
  };
  for (double change : {-1e-3, 1e-3}) {
    EXPECT_LT(squares(law), squares({law.scale * (1 + change), law.exponent, law.offset}));
    EXPECT_LT(squares(law), squares({law.scale, law.exponent * (1 + change), law.offset}));
    EXPECT_LT(squares(law), squares({law.scale, law.exponent, law.offset * (1 + change)}));
  }
}

TEST(OffsetLaw, IsNotFittedToTwoSizes) {
  EXPECT_TRUE(std::isnan(fit_offset_law(points(Vector{{10, 20}}, Vector{{2, 1}})).exponent));
  EXPECT_TRUE(std::isnan(OffsetLaw{1, 1, 10}.at(9)));
}

TEST(OffsetLaw, IsANumberWhereTheCurveFallsAsAnExponential) {
  const Vector sizes{{142, 170, 217, 250, 280}};
  const Vector falling = (-sizes.array() / 200).exp(), rising = (sizes.array() / 200).exp();
  for (const Vector& values : {falling, rising}) {
    const OffsetLaw law = fit_offset_law({sizes, values, Vector::Ones(5)});
    EXPECT_TRUE(std::isfinite(law.scale));
    EXPECT_GT(law.scale, 0);
    for (Index k = 0; k < 5; ++k) EXPECT_NEAR(law.at(sizes[k]) / values[k], 1, 1e-3);
  }
}

}  // namespace
}  // namespace quartic::power_law_test
