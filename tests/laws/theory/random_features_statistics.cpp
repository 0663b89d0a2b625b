/// Random features against a plain simulation. The theory is a limit: within 2 % or 5 standard errors.
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>

#include "core/random/stream.hpp"
#include "core/types.hpp"
#include "laws/theory/random_features.hpp"

namespace quartic::random_features_statistics {
namespace {

/// Rows uniform on the sphere of radius sqrt(columns).
Matrix sphere_rows(Index rows, Index columns, Stream stream) {
  Matrix x(rows, columns);
  stream.fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  for (Index i = 0; i < rows; ++i) x.row(i) *= std::sqrt(static_cast<double>(columns)) / x.row(i).norm();
  return x;
}

Matrix features(const Matrix& x, const Matrix& weights) {
  return (x * weights.transpose() / std::sqrt(static_cast<double>(x.cols()))).cwiseMax(0);
}

/// Excess risk of one drawn network on fresh rows; f*(x) = x_1, so F1 = 1.
double simulate(const RandomFeaturesLimit& design, Index d, const Stream& stream) {
  const auto count = [d](double ratio) {
    return static_cast<Index>(std::lround(ratio * static_cast<double>(d)));
  };
  const Index n = count(design.rows_per_column), N = count(design.features_per_column);
  const Matrix weights = sphere_rows(N, d, stream.child("weights")), x = sphere_rows(n, d, stream.child("x"));
  Vector y(n);
  stream.child("noise").fill_normal({y.data(), static_cast<std::size_t>(n)});
  y = x.col(0) + std::sqrt(design.noise_variance) * y;
  const Matrix Z = features(x, weights);
  const double penalty = static_cast<double>(n * N) / static_cast<double>(d) * design.penalty;
  Eigen::MatrixXd system = Z.transpose() * Z;
  system.diagonal().array() += penalty;
  const Vector a = system.llt().solve(Z.transpose() * y);
  const Matrix fresh = sphere_rows(2000, d, stream.child("test"));
  return (features(fresh, weights) * a - fresh.col(0)).squaredNorm() / 2000;
}

void expect_mean(const RandomFeaturesLimit& design, Index d, int replicates) {
  double sum = 0, squares = 0;
  for (int r = 0; r < replicates; ++r) {
    const double risk = simulate(design, d, Stream(6).child(static_cast<std::uint64_t>(r)));
    sum += risk, squares += risk * risk;
  }
  const double mean = sum / replicates, expected = random_features_risk(design).excess;
  const double error = std::sqrt((squares / replicates - mean * mean) / (replicates - 1));
  EXPECT_NEAR(mean, expected, std::max(0.02 * expected, 5 * error)) << design.features_per_column;
  EXPECT_LT(error, 0.03 * expected);  // else the comparison would say little
}

TEST(RandomFeaturesTheory, HasTheRiskOfDrawnNetworks) {
  expect_mean({.features_per_column = 0.6, .noise_variance = 0.25}, 100, 40);
  expect_mean({.features_per_column = 3, .noise_variance = 0.25}, 100, 40);
  expect_mean({.features_per_column = 5, .penalty = 1e-2, .noise_variance = 0}, 100, 30);
}

}  // namespace
}  // namespace quartic::random_features_statistics
