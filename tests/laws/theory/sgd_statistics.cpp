/// The exact recursions of stochastic gradient descent against plain simulations.
#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/theory/sgd.hpp"

namespace quartic::sgd_statistics {
namespace {

constexpr SgdAverage averages[] = {SgdAverage::last, SgdAverage::all, SgdAverage::tail};

/// Risks of the last iterate, the mean of all and the mean of the last half, of one run.
Vector simulate(const DiagonalSgd& design, Index steps, Stream stream) {
  const Eigen::ArrayXd deviation = design.spectrum.eigenvalues.cwiseSqrt();
  Vector error = -design.spectrum.squared_coefficients.cwiseSqrt();  // b_k - b*
  Vector all = Vector::Zero(error.size()), tail = all;
  Vector x(error.size());
  for (Index k = 1; k <= steps; ++k) {
    stream.fill_normal({x.data(), static_cast<std::size_t>(x.size())});
    x.array() *= deviation;
    const double residual = std::sqrt(design.noise_variance) * stream.normal() - x.dot(error);
    error += design.step * residual * x;
    all += error;
    if (k > steps / 2) tail += error;
  }
  const auto risk = [&](const Vector& v) { return (deviation * v.array()).square().sum(); };
  const Index halfway = steps / 2;
  const auto count = static_cast<double>(steps), half = static_cast<double>(steps - halfway);
  return Eigen::Vector3d(risk(error), risk(all / count), risk(tail / half));
}

void expect_means(const DiagonalSgd& design, Index steps, Index replicates) {
  Eigen::Array3d sum = Eigen::Array3d::Zero(), squares = sum;
  for (Index r = 0; r < replicates; ++r) {
    const Eigen::Array3d risks = simulate(design, steps, Stream(5).child(static_cast<std::uint64_t>(r)));
    sum += risks;
    squares += risks.square();
  }
  const auto count = static_cast<double>(replicates);
  const Eigen::Array3d mean = sum / count, error = ((squares / count - mean.square()) / (count - 1)).sqrt();
  for (int a = 0; a < 3; ++a) {
    const double expected = sgd_risk(design, static_cast<double>(steps), averages[a]);
    EXPECT_NEAR(mean[a], expected, 5 * error[a]) << steps << " " << a;
    EXPECT_LT(error[a], 0.03 * expected);  // else the comparison would say little
  }
}

TEST(SgdTheory, HasTheRisksOfIsotropicRuns) {
  for (Index steps : {1, 7, 60, 301})
    expect_means({{Vector::Ones(10), Vector::Constant(10, 0.1)}, 0.25, 0.04}, steps, 3000);
}

TEST(SgdTheory, HasTheRisksOfRunsUnderAPowerLaw) {
  for (Index steps : {5, 50, 400}) expect_means({power_law_spectrum(30, 1.4, 0.6), 0.1, 0.12}, steps, 3000);
}

}  // namespace
}  // namespace quartic::sgd_statistics
