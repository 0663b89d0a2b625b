// Means and covariances of drawn rows against Sigma written out, within 5 standard errors.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/parts/covariance.hpp"
#include "tests/support/dense_covariance.hpp"

namespace quartic::covariance_statistics {
namespace {

constexpr Index d = 12;
constexpr Index rows = 200'000;

void expect_moments(std::string_view text, const Matrix& Sigma) {
  const Covariance law = make_covariance(text, d);
  const Stream train(8);
  Matrix products = Matrix::Zero(d, d);
  Vector sums = Vector::Zero(d), x(d);
  for (Index i = 0; i < rows; ++i) {
    const Stream row = train.child(static_cast<std::uint64_t>(i));
    std::visit(
        [&](const auto& covariance) {
          covariance.fill(row, 0, {x.data(), static_cast<std::size_t>(d)});
        },
        law);
    sums += x;
    products += x * x.transpose();
  }
  const double n = static_cast<double>(rows);
  for (Index j = 0; j < d; ++j) {
    EXPECT_NEAR(sums[j] / n, 0, 5 * std::sqrt(Sigma(j, j) / n)) << text << " column " << j;
    for (Index k = 0; k <= j; ++k) {
      const double se = std::sqrt((Sigma(j, j) * Sigma(k, k) + Sigma(j, k) * Sigma(j, k)) / n);
      EXPECT_NEAR(products(j, k) / n, Sigma(j, k), 5 * se) << text << " columns " << j << " and " << k;
    }
  }
}

TEST(CovarianceStatistics, IsotropicRows) {
  expect_moments("isotropic", support::isotropic(d));
}
TEST(CovarianceStatistics, AutoregressiveRows) {
  expect_moments("ar1(0.8)", support::autoregressive(d, 0.8));
  expect_moments("ar1(-0.4)", support::autoregressive(d, -0.4));
}
TEST(CovarianceStatistics, RowsInBlocks) {
  expect_moments("blocks(5, 0.7)", support::blocks(d, 5, 0.7));
}
TEST(CovarianceStatistics, RowsWithASpectrum) {
  expect_moments("spectrum(1.5)", support::spectrum(d, 1.5));
}

}  // namespace
}  // namespace quartic::covariance_statistics
