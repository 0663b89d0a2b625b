#include "laws/theory/online_integrals.hpp"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <numbers>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic::online_integrals_test {
namespace {

const Eigen::Matrix4d covariances[] = {
    Eigen::Matrix4d::Identity(),
    Eigen::Matrix4d{{1.2, 0.3, -0.2, 0.5}, {0.3, 0.7, 0.1, 0.2}, {-0.2, 0.1, 2., 0.4}, {0.5, 0.2, 0.4, 0.9}},
    Eigen::Matrix4d{
        {0.3, -0.2, 0.1, 0.2}, {-0.2, 0.4, 0.1, -0.1}, {0.1, 0.1, 0.5, 0.3}, {0.2, -0.1, 0.3, 0.6}}};

/// Each product of units, slopes and fields over a sample of one covariance, one row a draw.
Matrix sampled(const Eigen::Matrix4d& C, Stream stream) {
  const Eigen::Matrix4d L = C.llt().matrixL();
  constexpr Index draws = 60000;
  Matrix products(draws, 4);
  for (Index r = 0; r < draws; ++r) {
    Eigen::Vector4d z;
    stream.fill_normal({z.data(), 4});
    const Eigen::Vector4d u = L * z;
    const auto g = [&](int k) { return std::erf(u[k] / std::numbers::sqrt2); };
    const auto slope = [&](int k) {
      return std::numbers::sqrt2 * std::numbers::inv_sqrtpi * std::exp(-u[k] * u[k] / 2);
    };
    products.row(r) << g(0) * g(1), slope(0) * slope(1), slope(0) * u[1] * g(2),
        slope(0) * slope(1) * g(2) * g(3);
  }
  return products;
}

TEST(OnlineIntegrals, AreMeansOverGaussianFields) {
  std::uint64_t seed = 0;
  for (const Eigen::Matrix4d& C : covariances) {
    const Matrix products = sampled(C, Stream(21).child(seed++));
    const Eigen::Vector4d expected(
        mean_of_units(C.topLeftCorner<2, 2>()), mean_of_slopes(C.topLeftCorner<2, 2>()),
        mean_of_slope_field_unit(C.topLeftCorner<3, 3>()), mean_of_two_slopes_two_units(C));
    for (Index k = 0; k < 4; ++k) {
      const double mean = products.col(k).mean();
      const double error =
          std::sqrt((products.col(k).array() - mean).square().mean() / static_cast<double>(products.rows()));
      EXPECT_NEAR(expected[k], mean, 5 * error) << seed << " " << k;
      EXPECT_LT(error, 0.004);
    }
  }
}

TEST(OnlineIntegrals, TakeOneFieldTwice) {
  // u3 = u4 = u1 = u2 of variance 1: E g'^2 g^2 by quadrature.
  double square = 0;
  constexpr double width = 1e-3;
  for (double u = -9; u < 9; u += width) {
    const double slope = std::sqrt(2 * std::numbers::inv_pi) * std::exp(-u * u / 2);
    const double density = std::exp(-u * u / 2) / std::sqrt(2 * std::numbers::pi);
    square += width * density * std::pow(slope * std::erf(u / std::numbers::sqrt2), 2);
  }
  EXPECT_NEAR(mean_of_two_slopes_two_units(Eigen::Matrix4d::Ones()), square, 1e-9);
}

}  // namespace
}  // namespace quartic::online_integrals_test
