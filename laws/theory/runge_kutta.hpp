#pragma once
/// Ordinary differential equations, integrated to a stated accuracy.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/types.hpp"

namespace quartic {

struct OdeState {
  double time = 0;
  Vector y;
  double step = 0.01;  ///< to try next
};

struct OdeOptions {
  double tolerance = 1e-8;   ///< of a step, in the largest of max(1, |y|)
  Index most_steps = 10000;  ///< y is NaN where these do not reach the end
};

namespace detail {
/// Dormand & Prince 1980: a step of order 5, and its difference from one of order 4.
struct TriedStep {
  Vector y;
  double error;
};

template <class Rate>
TriedStep dormand_prince_step(const Rate& rate, const Vector& y, double h) {
  static constexpr std::array<std::array<double, 6>, 6> a = {
      {{1. / 5},
       {3. / 40, 9. / 40},
       {44. / 45, -56. / 15, 32. / 9},
       {19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
       {9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
       {35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84}}};
  static constexpr std::array<double, 7> difference = {71. / 57600,      0,         -71. / 16695, 71. / 1920,
                                                       -17253. / 339200, 22. / 525, -1. / 40};
  Matrix k(7, y.size());
  k.row(0) = rate(y).transpose();
  Vector next = y;
  for (Index stage = 0; stage < 6; ++stage) {
    next = y;
    for (Index j = 0; j <= stage; ++j)
      next += h * a[static_cast<std::size_t>(stage)][static_cast<std::size_t>(j)] * k.row(j).transpose();
    k.row(stage + 1) = rate(next).transpose();
  }
  const Eigen::Map<const Eigen::Matrix<double, 1, 7>> weights(difference.data());
  return {next, std::abs(h) * (weights * k).cwiseAbs().maxCoeff()};
}
}  // namespace detail

/// y(end) of dy/dt = rate(y) from a state at time <= end, by Dormand & Prince's pair of orders 5 and 4 with
/// steps as long as the tolerance allows (Hairer, Norsett & Wanner 1993, section II.4). Seven evaluations of
/// the rate a step.
template <class Rate>
OdeState integrate(const Rate& rate, OdeState state, double end, const OdeOptions& options = {}) {
  for (Index taken = 0; state.time < end; ++taken) {
    const bool stuck = state.time + state.step == state.time;  // no step is short enough
    if (taken == options.most_steps || stuck) {
      state.y.setConstant(std::numeric_limits<double>::quiet_NaN());
      state.time = end;
      break;
    }
    const bool last = state.time + state.step >= end;
    const double h = last ? end - state.time : state.step;
    const detail::TriedStep tried = detail::dormand_prince_step(rate, state.y, h);
    const double size = std::max(1., state.y.cwiseAbs().maxCoeff());
    const double excess = tried.error / (options.tolerance * size);
    const double factor =
        std::isfinite(excess) ? std::clamp(0.9 * std::pow(excess + 1e-12, -0.2), 0.2, 5.) : 0.2;
    if (excess <= 1) {
      state.y = tried.y;
      state.time = last ? end : state.time + h;
    }
    if (!last || excess > 1) state.step = h * factor;
  }
  return state;
}

}  // namespace quartic
