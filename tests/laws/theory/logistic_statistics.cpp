/// The limit of logistic regression against plain maximum likelihood fits: within 2 % or 5 standard errors.
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>

#include "core/random/stream.hpp"
#include "core/types.hpp"
#include "laws/statistics/special.hpp"
#include "laws/theory/logistic.hpp"

namespace quartic::logistic_statistics {
namespace {

Vector sigmoid(const Vector& t) {
  return (1 + (-t.array()).exp()).inverse();
}

/// Newton's method on the likelihood.
Vector maximum_likelihood(const Matrix& x, const Vector& y) {
  Vector b = Vector::Zero(x.cols());
  for (int k = 0; k < 12; ++k) {
    const Vector p = sigmoid(x * b), weight = p.array() * (1 - p.array());
    const Eigen::MatrixXd hessian = x.transpose() * weight.asDiagonal() * x;
    b += hessian.llt().solve(x.transpose() * (y - p));
  }
  return b;
}

/// What theory predicts of one fit: alpha, kappa sigma^2, and the excess error of its sign.
Eigen::Array3d simulate(const LogisticDesign& design, Index n, Stream stream) {
  const auto p = static_cast<Index>(std::lround(design.aspect * static_cast<double>(n)));
  const double gamma = std::sqrt(design.strength);
  Matrix x(n, p);
  stream.fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  Vector y(n);
  const Vector truth = sigmoid(gamma * x.col(0));  // b = gamma e_1
  for (Index i = 0; i < n; ++i) y[i] = stream.uniform() < truth[i] ? 1 : 0;
  const Vector b = maximum_likelihood(x, y);
  const double spread = b.tail(p - 1).norm();
  double excess = 0;  // over z = x_1: the score is b_1 z + spread Z
  for (double z = 0.0005; z < 9; z += 0.001)
    excess +=
        2 * 0.001 * normal_density(z) * (2 / (1 + std::exp(-gamma * z)) - 1) * normal_cdf(-b[0] * z / spread);
  return {b[0] / gamma, spread * spread, excess};
}

TEST(LogisticTheory, HasTheBiasTheNoiseAndTheErrorOfMaximumLikelihood) {
  for (const LogisticDesign& design : {LogisticDesign{0.1, 5}, {0.2, 1}}) {
    constexpr int replicates = 30;
    Eigen::Array3d sum = Eigen::Array3d::Zero(), squares = sum;
    for (std::uint64_t r = 0; r < replicates; ++r) {
      const Eigen::Array3d seen = simulate(design, 1000, Stream(8).child(r));
      sum += seen;
      squares += seen.square();
    }
    const Eigen::Array3d mean = sum / replicates;
    const Eigen::Array3d error = ((squares / replicates - mean.square()) / (replicates - 1)).sqrt();
    const LogisticState state = logistic_state(design);
    const Eigen::Array3d expected(state.alpha, design.aspect * state.sigma * state.sigma,
                                  logistic_excess_error(design));
    for (int k = 0; k < 3; ++k) {
      EXPECT_NEAR(mean[k], expected[k], std::max(0.02 * expected[k], 5 * error[k])) << k;
      EXPECT_LT(error[k], 0.05 * expected[k]) << k;  // else the comparison would say little
    }
  }
}

}  // namespace
}  // namespace quartic::logistic_statistics
