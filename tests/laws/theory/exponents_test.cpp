#include "laws/theory/exponents.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/require.hpp"
#include "core/types.hpp"
#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/lasso.hpp"

namespace quartic::exponents_test {
namespace {

/// Slope of a straight line through the logarithms: what a naive fit of a power law sees.
double slope(const Vector& x, const Vector& y) {
  const Eigen::ArrayXd u = x.array().log(), v = y.array().log();
  return ((u - u.mean()) * v).sum() / (u - u.mean()).square().sum();
}

Vector sizes_between(double first, double last, Index count) {
  return Vector::LinSpaced(count, std::log(first), std::log(last)).array().exp();
}

TEST(Exponents, AreThoseOfTheTable) {
  EXPECT_DOUBLE_EQ(fixed_columns_scaling().data_exponent(), 2);
  EXPECT_DOUBLE_EQ(fixed_columns_scaling().compute_exponent(), 2);
  EXPECT_DOUBLE_EQ(growing_pool_scaling().compute_exponent(), 4);
  EXPECT_DOUBLE_EQ(growing_pool_cubic_scaling().compute_exponent(), 6);
  EXPECT_DOUBLE_EQ(network_scaling().compute_exponent(), 4);
  EXPECT_EQ(proportional_interpolation_scaling().compute_exponent(), INFINITY);
}

TEST(Exponents, OfASmoothTargetReachNine) {
  for (double roughness : {0.5, 1., 2.5, 3.}) {
    EXPECT_DOUBLE_EQ(smooth_sgd_scaling(roughness).compute_exponent(), 4 + 2 * roughness);
    EXPECT_DOUBLE_EQ(smooth_ridge_scaling(roughness).compute_exponent(), 6 + 3 * roughness);
    EXPECT_DOUBLE_EQ(smooth_sgd_scaling(roughness).data_exponent(), 2 + roughness);
  }
  EXPECT_DOUBLE_EQ(smooth_sgd_scaling(2.5).compute_exponent(), 9);
  EXPECT_DOUBLE_EQ(smooth_sgd_scaling(0).compute_exponent(), 4);
}

TEST(Exponents, OfPowerLawsShareComputingOutBest) {
  const PowerLawRisk risk = power_law_risk(1.5, 1.6);
  EXPECT_DOUBLE_EQ(risk.model, 0.6000000000000001);
  EXPECT_DOUBLE_EQ(risk.steps, 0.4);
  const auto best_risk = [&](double computing) {
    double best = 1;
    for (double columns = 1; columns < computing; columns *= 1.001)
      best = std::min(best, std::pow(columns, -risk.model) + std::pow(computing / columns, -risk.steps));
    return best;
  };
  EXPECT_NEAR(std::log(best_risk(1e8) / best_risk(1e10)) / std::log(100), compute_optimal_rate(risk), 1e-4);
}

TEST(Exponents, OfTheLassoNeedItsLogarithm) {
  const Vector n = sizes_between(400, 6400, 5);
  const auto fitted = [&](double factor, const Vector& x) {
    Vector risk(n.size());
    for (Index i = 0; i < n.size(); ++i) {
      const LassoDesign design{.rows = n[i], .candidates = n[i], .coefficients = Vector::Ones(10)};
      risk[i] =
          lasso_state(design, universal_penalty({.rows = n[i], .candidates = n[i], .factor = factor})).risk;
    }
    return growing_pool_scaling().computing / (-slope(x, risk) / 2);
  };
  const Vector in_the_law = n.array() / n.array().log();
  EXPECT_NEAR(fitted(1, n), 4.46, 0.005);
  EXPECT_NEAR(fitted(std::numbers::sqrt2, n), 4.49, 0.005);
  EXPECT_NEAR(fitted(1, in_the_law), 3.85, 0.005);
}

TEST(Exponents, OfSmoothWorldsAreNearTheirLimitOverTwoDecades) {
  const Vector n = sizes_between(100, 1e4, 9);
  const auto naive = [&](double roughness) {
    constexpr Index columns = 10'000;  // those beyond are never learned: error, and noise
    const CovarianceSpectrum world = power_law_spectrum(columns, 1 + 2 / roughness, 0);
    const double beyond = roughness / 2 * std::pow(columns + 0.5, -2 / roughness);
    Vector risk(n.size());
    for (Index i = 0; i < n.size(); ++i)
      risk[i] = beyond + ridge_equivalent(world, {n[i], 1 / n[i], 1 + beyond}).risk;
    return 2 / (-slope(n, risk) / 2);
  };
  EXPECT_NEAR(naive(0.5), 5.16, 0.005);
  EXPECT_NEAR(naive(1.5), 6.99, 0.005);
  EXPECT_NEAR(naive(2), 7.88, 0.005);
  EXPECT_NEAR(naive(2.5), 8.74, 0.005);
  EXPECT_NEAR(naive(3), 9.58, 0.005);
}

TEST(Exponents, StandInOneTable) {
  const std::vector<DesignScaling> table = design_scalings();
  const auto of = [&](std::string_view name) {
    for (const DesignScaling& row : table)
      if (row.name == name) return row.scaling.compute_exponent();
    return nan;
  };
  EXPECT_EQ(table.size(), 8u);
  EXPECT_DOUBLE_EQ(of("fixed_columns"), 2);
  EXPECT_DOUBLE_EQ(of("growing_pool"), 4);
  EXPECT_DOUBLE_EQ(of("growing_pool_cubic"), 6);
  EXPECT_DOUBLE_EQ(of("network"), 4);
  EXPECT_EQ(of("interpolation"), INFINITY);
  EXPECT_DOUBLE_EQ(of("smooth_sgd"), 9);
  EXPECT_DOUBLE_EQ(of("smooth_ridge"), 13.5);
  EXPECT_DOUBLE_EQ(of("power_laws"), 2 / 0.3);
  for (const DesignScaling& row : table) EXPECT_FALSE(row.design.empty() || row.source.empty()) << row.name;
}

TEST(Exponents, AreRefusedOutsideTheirWorlds) {
  EXPECT_THROW(design_scalings({.roughness = -1}), InvalidInput);
  EXPECT_THROW(design_scalings({.spectrum_exponent = 1}), InvalidInput);
  EXPECT_THROW(design_scalings({.signal_exponent = 0.5}), InvalidInput);
}

}  // namespace
}  // namespace quartic::exponents_test
