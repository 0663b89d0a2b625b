#include "sim/parts/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::elementary_test {
namespace {

TEST(Elementary, PowersMatchLibm) {
  for (double base = 1; base < 1e7; base *= 1.37)
    for (double exponent = -20; exponent <= 20; exponent += 0.73) {
      const double exact = std::pow(base, exponent);
      const double digits_lost = 1 + std::abs(exponent * std::log(base));
      EXPECT_NEAR(detail::power(base, exponent) / exact, 1, 3e-16 * digits_lost) << base << "^" << exponent;
    }
}

TEST(Elementary, OneAndZeroAreExact) {
  EXPECT_EQ(detail::power(1, -1.5), 1);
  EXPECT_EQ(detail::power(123, 0), 1);
  EXPECT_EQ(detail::exponential_minus_one(0), 0);
}

TEST(Elementary, ExponentialMinusOneMatchesLibm) {
  for (double x = 1e-12; x < 40; x *= 1.1) {
    EXPECT_NEAR(detail::exponential_minus_one(x) / std::expm1(x), 1, 4e-16 * (1 + x)) << x;
    EXPECT_NEAR(detail::exponential_minus_one(-x) / std::expm1(-x), 1, 6e-16) << -x;
  }
}

TEST(Elementary, ExponentialsMatchLibm) {
  for (double x = -300; x < 300; x += 0.77)
    EXPECT_NEAR(detail::exponential(x) / std::exp(x), 1, 3e-16 * (1 + std::abs(x))) << x;
}

TEST(Elementary, LogarithmsMatchLibm) {
  for (double x = 1e-300; x < 1e300; x *= 3.7)
    EXPECT_NEAR(detail::logarithm(x), std::log(x), 3e-16 * (1 + std::abs(std::log(x)))) << x;
}

TEST(Elementary, SigmoidsMatchLibmAndEndAtZeroAndOne) {
  for (double x = -690; x < 690; x += 0.77)
    EXPECT_NEAR(detail::sigmoid(x) * (1 + std::exp(-x)), 1, 3e-16 * (1 + std::abs(x))) << x;
  EXPECT_EQ(detail::sigmoid(1e300), 1);
  EXPECT_LT(detail::sigmoid(-1e300), 1e-300);
}

TEST(Elementary, TheNormalDistributionMatchesLibm) {
  for (double x = -37; x < 9; x += 0.013)
    EXPECT_NEAR(detail::normal_distribution(x) / (std::erfc(-x / std::sqrt(2.)) / 2), 1,
                std::max(2e-13, 5e-16 * x * x))
        << x;
  EXPECT_EQ(detail::normal_distribution(0), 0.5);
  EXPECT_EQ(detail::normal_distribution(1e300), 1);
  EXPECT_LT(detail::normal_distribution(-1e300), 1e-300);
}

TEST(Elementary, ArcsinesMatchLibm) {
  for (double x = -1; x <= 1; x += 1. / 512) EXPECT_NEAR(detail::arcsine(x), std::asin(x), 1e-15) << x;
  EXPECT_EQ(detail::arcsine(0), 0);
}

TEST(Elementary, CosinesOfHalfTurnsMatchLibm) {
  for (double u = 0; u <= 1; u += 1. / 512)
    EXPECT_NEAR(detail::cosine_pi(u), std::cos(std::acos(-1) * u), 1e-15) << u;
  EXPECT_EQ(detail::cosine_pi(0.5), 0);
}

TEST(Elementary, ZetaMatchesTheLibraryAndItsOwnRecurrence) {
  for (double s : {1.02, 1.5, 5. / 3, 2., 5., 21.}) {
    EXPECT_NEAR(detail::hurwitz_zeta(s, 1) / std::riemann_zeta(s), 1, 2e-14) << s;
    for (double q : {0.3, 1., 17., 1000., 1e9}) {
      const double step = detail::hurwitz_zeta(s, q) - detail::hurwitz_zeta(s, q + 1);
      EXPECT_NEAR(step, std::pow(q, -s), 3e-14 * detail::hurwitz_zeta(s, q)) << s << " " << q;
    }
  }
}

}  // namespace
}  // namespace quartic::elementary_test
