#include "laws/theory/runge_kutta.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::runge_kutta_test {
namespace {

const auto circle = [](const Vector& y) { return Vector{{-y[1], y[0]}}; };

TEST(RungeKutta, TurnsACircleToItsTolerance) {
  for (double tolerance : {1e-5, 1e-8, 1e-11}) {
    const OdeState end = integrate(circle, {0, Vector{{1, 0}}}, 10, {.tolerance = tolerance});
    EXPECT_EQ(end.time, 10);
    EXPECT_NEAR(end.y[0], std::cos(10), 100 * tolerance);
    EXPECT_NEAR(end.y[1], std::sin(10), 100 * tolerance);
  }
}

TEST(RungeKutta, IsOfOrderFive) {
  const auto error = [](double h) {
    const OdeState end = integrate(circle, {0, Vector{{1, 0}}, h}, h, {.tolerance = 1});  // in one step
    return (end.y - Vector{{std::cos(h), std::sin(h)}}).norm();
  };
  EXPECT_NEAR(std::log2(error(0.2) / error(0.1)), 6, 0.1);  // a step's own error is one order higher
}

TEST(RungeKutta, MayPauseOnItsWay) {
  const OdeState halfway = integrate(circle, {0, Vector{{1, 0}}}, 4);
  EXPECT_NEAR(integrate(circle, halfway, 10).y[0], integrate(circle, {0, Vector{{1, 0}}}, 10).y[0], 1e-6);
  EXPECT_EQ(integrate(circle, halfway, 4).y, halfway.y);
}

TEST(RungeKutta, GivesUpWhereTheSolutionEnds) {
  const auto explodes = [](const Vector& y) { return Vector(y.cwiseAbs2()); };
  EXPECT_TRUE(std::isnan(integrate(explodes, {0, Vector{{1}}}, 2, {.most_steps = 1000}).y[0]));
  Index calls = 0;
  const auto breaks_down = [&](const Vector& y) { return ++calls, Vector(y * NAN); };
  EXPECT_TRUE(std::isnan(integrate(breaks_down, {0, Vector{{1}}}, 2).y[0]));
  EXPECT_LT(calls, 7 * 600) << "steps that are too short to move end it at once";
}

}  // namespace
}  // namespace quartic::runge_kutta_test
