/// The equations of online learning against networks that learn.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "laws/theory/online_network.hpp"

namespace quartic::online_network_statistics {
namespace {

constexpr Index N = 800;
constexpr std::array times = {5., 20., 100.};
constexpr double h = 0.5, noise = 0.1;

/// Student J and teacher B by rows.
struct Run {
  Matrix J, B;

  OnlineOverlaps overlaps() const {
    const auto d = static_cast<double>(N);
    return {J * J.transpose() / d, J * B.transpose() / d, B * B.transpose() / d};
  }
};

Matrix normals(Index rows, double deviation, Stream stream) {
  Matrix drawn(rows, N);
  stream.fill_normal({drawn.data(), static_cast<std::size_t>(drawn.size())});
  return deviation * drawn;
}

void learn(Run& run, Index steps, Stream& rows) {
  const double root = std::sqrt(static_cast<double>(N));
  Vector x(N);
  for (Index k = 0; k < steps; ++k) {
    rows.fill_normal({x.data(), static_cast<std::size_t>(N)});
    const Eigen::ArrayXd u = run.J * x / root, v = run.B * x / root;
    const auto g = [](double field) { return std::erf(field / std::numbers::sqrt2); };
    const double e = v.unaryExpr(g).sum() + noise * rows.normal() - u.unaryExpr(g).sum();
    const Eigen::ArrayXd slope = std::sqrt(2 * std::numbers::inv_pi) * (-u.square() / 2).exp();
    run.J += (h / root) * e * slope.matrix() * x.transpose();
  }
}

/// Curves of one run and of its own beginning by theory: two rows.
Matrix one_run(const Stream& stream) {
  Run run{normals(3, 0.5, stream.child("student")), normals(2, 1, stream.child("teacher"))};
  Matrix errors(2, 3);
  errors.row(1) = online_errors({run.overlaps(), h, noise * noise}, times).transpose();
  Stream rows = stream.child("rows");
  double now = 0;
  for (Index k = 0; k < 3; ++k) {
    const double time = times[static_cast<std::size_t>(k)];
    learn(run, std::lround((time - now) * static_cast<double>(N)), rows);
    errors(0, k) = online_error(run.overlaps());
    now = time;
  }
  return errors;
}

/// At the last time runs are leaving the plateau, each at its own moment.
TEST(OnlineNetwork, FollowsRunsOfEightHundredColumns) {
  constexpr Index runs = 4;
  Matrix ratios(runs, 3);
  for (Index r = 0; r < runs; ++r) {
    const Matrix errors = one_run(Stream(9).child(static_cast<std::uint64_t>(r)));
    ratios.row(r) = errors.row(0).cwiseQuotient(errors.row(1));
  }
  for (Index k = 0; k < 3; ++k) {
    const double mean = ratios.col(k).mean();
    const double error = std::sqrt((ratios.col(k).array() - mean).square().sum() / (runs * (runs - 1)));
    EXPECT_NEAR(mean, 1, std::max(0.03, 5 * error)) << k;
    EXPECT_LT(error, k < 2 ? 0.02 : 0.04) << k;
  }
}

}  // namespace
}  // namespace quartic::online_network_statistics
