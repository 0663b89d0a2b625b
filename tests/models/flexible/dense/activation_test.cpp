#include "models/flexible/dense/activation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

#include "models/flexible/dense/kernel.hpp"

namespace quartic::detail::activation_test {
namespace {

constexpr std::array kinds = {ActivationKind::linear, ActivationKind::relu, ActivationKind::tanh,
                              ActivationKind::erf, ActivationKind::gelu};

double phi(double u) {
  return std::exp(-u * u / 2) / std::sqrt(2 * std::numbers::pi);
}
double cdf(double u) {
  return std::erfc(-u / std::numbers::sqrt2) / 2;
}
Activated<double> expected(ActivationKind kind, double u) {
  switch (kind) {
    case ActivationKind::linear:
      return {u, 1};
    case ActivationKind::relu:
      return {std::max(u, 0.0), u > 0 ? 1.0 : 0.0};
    case ActivationKind::tanh:
      return {std::tanh(u), 1 - std::tanh(u) * std::tanh(u)};
    case ActivationKind::erf:
      return {std::erf(u / std::numbers::sqrt2), 2 * phi(u)};
    case ActivationKind::gelu:
      return {u * cdf(u), cdf(u) + u * phi(u)};
  }
  return {};
}

// The distance relative to the value, or to `floor` where it is below that.
double error(double value, double right, double floor) {
  return std::abs(value - right) / std::max(std::abs(right), floor);
}
// gelu and the derivatives are differences of numbers of order 1.
double floor_of(ActivationKind kind) {
  return kind == ActivationKind::gelu ? 0.2 : 1e-30;
}

template <class Real>
std::vector<Real> points() {
  std::vector<Real> all;
  for (int k = -12000; k <= 12000; ++k) all.push_back(static_cast<Real>(k) / 1000);
  for (double u = 1e-6; u < 1e4; u *= 1.7)
    all.insert(all.end(), {static_cast<Real>(u), static_cast<Real>(-u)});
  return all;
}

template <class Real>
void expect_values_and_slopes(double tolerance) {
  const std::vector<Real> u = points<Real>();
  for (const DenseKernels<Real>& kernels : dense_kernels<Real>())
    for (const ActivationKind kind : kinds) {
      std::vector<Real> values = u, slopes = u, alone = u;
      kernels.activate(kind, values.data(), slopes.data(), static_cast<Index>(u.size()));
      kernels.activate(kind, alone.data(), nullptr, static_cast<Index>(u.size()));
      double worst = 0, worst_slope = 0;
      for (std::size_t i = 0; i < u.size(); ++i) {
        const Activated<double> f = expected(kind, static_cast<double>(u[i]));
        worst = std::max(worst, error(static_cast<double>(values[i]), f.value, floor_of(kind)));
        worst_slope = std::max(worst_slope, error(static_cast<double>(slopes[i]), f.slope, 1));
        EXPECT_EQ(values[i], alone[i]) << u[i];
      }
      EXPECT_LT(worst, tolerance) << static_cast<int>(kind) << ", " << kernels.lanes << " lanes";
      EXPECT_LT(worst_slope, tolerance) << static_cast<int>(kind) << ", " << kernels.lanes << " lanes";
    }
}

TEST(Activation, IsThatOfTheStandardLibraryInFloat) {
  expect_values_and_slopes<float>(3e-7);
}
TEST(Activation, IsThatOfTheStandardLibraryInDouble) {
  expect_values_and_slopes<double>(1e-15);
}

TEST(Activation, KeepsWhatIsNotANumber) {
  for (const DenseKernels<float>& kernels : dense_kernels<float>())
    for (const ActivationKind kind : kinds) {
      std::vector<float> u(37, std::numeric_limits<float>::quiet_NaN());
      kernels.activate(kind, u.data(), nullptr, 37);
      for (const float value : u) EXPECT_TRUE(std::isnan(value)) << static_cast<int>(kind);
    }
}

TEST(Activation, GivesItsDerivativeFromItsValueWhereItCan) {
  for (const DenseKernels<double>& kernels : dense_kernels<double>())
    for (const ActivationKind kind : {ActivationKind::linear, ActivationKind::relu, ActivationKind::tanh}) {
      std::vector<double> units = {-2, -0.3, 0, 0.1, 0.7, 3, 5}, slopes = units, from(7, 0.5), plain(7),
                          kept(7);
      kernels.activate(kind, units.data(), slopes.data(), 7);
      kernels.differentiate(kind, {units.data(), nullptr, 7}, 3, from.data(), plain.data());
      kernels.differentiate(kind, {units.data(), slopes.data(), 7}, 3, from.data(), kept.data());
      for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_DOUBLE_EQ(plain[i], 1.5 * slopes[i]);
        EXPECT_DOUBLE_EQ(kept[i], 1.5 * slopes[i]);
      }
    }
}

}  // namespace
}  // namespace quartic::detail::activation_test
