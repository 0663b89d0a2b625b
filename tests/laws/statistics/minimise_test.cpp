#include "laws/statistics/minimise.hpp"

#include <gtest/gtest.h>

namespace quartic::minimise_test {
namespace {

using Two = Eigen::Vector2d;

/// Misra1a of NIST's Statistical Reference Datasets: y = b1 (1 - exp(-b2 x)), lower difficulty.
struct Misra {
  Eigen::ArrayXd x{
      {77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0}};
  Eigen::ArrayXd y{
      {10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78}};
  Eigen::Array2d least{{-infinity, -infinity}}, most{{infinity, infinity}};

  const Eigen::Array2d& lowest() const { return least; }
  const Eigen::Array2d& highest() const { return most; }
  Eigen::ArrayXd residuals(const Two& b) const { return y - b[0] * (1 - (-b[1] * x).exp()); }
  double squares(const Two& b) const { return residuals(b).square().sum(); }
  NormalEquations<Two> normal_equations(const Two& b) const {
    const Eigen::ArrayXd decay = (-b[1] * x).exp();
    Eigen::Matrix<double, Eigen::Dynamic, 2> jacobian(x.size(), 2);
    jacobian.col(0) = 1 - decay;
    jacobian.col(1) = b[0] * x * decay;
    return {jacobian.transpose() * jacobian, jacobian.transpose() * residuals(b).matrix()};
  }
};

Minimum<Two> minimum(const Misra& problem, const Two& start, int steps = 200) {
  return minimise_squares(problem, Minimum<Two>{problem.squares(start), start}, steps);
}

TEST(MinimiseSquares, ReachesTheCertifiedValuesFromBothStartsOfNist) {
  for (const Two& start : {Two{500, 1e-4}, Two{250, 5e-4}}) {
    const Minimum<Two> found = minimum({}, start);
    EXPECT_NEAR(found.parameters[0] / 2.3894212918e2, 1, 1e-6);
    EXPECT_NEAR(found.parameters[1] / 5.5015643181e-4, 1, 1e-6);
    EXPECT_NEAR(found.squares, 1.2455138894e-1, 1e-9);
  }
}

TEST(MinimiseSquares, StaysWithinItsBoundsAndIsBestThere) {
  Misra bounded;
  bounded.most[0] = 200;  // the free minimum is at 239
  const Minimum<Two> found = minimum(bounded, {100, 5e-4});
  EXPECT_EQ(found.parameters[0], 200);
  for (const double factor : {0.999, 1.001})
    EXPECT_GT(bounded.squares({200, factor * found.parameters[1]}), found.squares);
}

TEST(MinimiseSquares, NeverLeavesAPointForAWorseOne) {
  const Misra problem;
  double last = problem.squares({500, 1e-4});
  for (int steps = 1; steps < 10; ++steps) {
    const double now = minimum(problem, {500, 1e-4}, steps).squares;
    EXPECT_LE(now, last);
    last = now;
  }
}

TEST(LeastOf, RefinesTheBestOfItsStarts) {
  const Misra problem;
  std::vector<Minimum<Two>> starts;
  for (const Two& start : {Two{1e6, 3}, Two{250, 5e-4}, Two{1, 1}})
    starts.push_back({problem.squares(start), start});
  const Minimum<Two> found = find_least(problem, starts, {.tried = 2, .first_steps = 3, .last_steps = 100});
  EXPECT_NEAR(found.squares, 1.2455138894e-1, 1e-9);
}

}  // namespace
}  // namespace quartic::minimise_test
