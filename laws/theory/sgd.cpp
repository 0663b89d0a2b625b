#include "laws/theory/sgd.hpp"

#include <Eigen/Core>
#include <cmath>

#include "core/interruption.hpp"

namespace quartic {
namespace {

/// How many iterates are left out of the mean.
double left_out(double steps, SgdAverage average) {
  if (average == SgdAverage::last) return steps - 1;
  return average == SgdAverage::all ? 0 : std::floor(steps / 2);
}

bool is_defined(double step, double steps, SgdAverage average) {
  return step >= 0 && std::isfinite(steps) && steps >= (average == SgdAverage::last ? 0 : 1);
}

/// The state (D, C, A, 1), sums over the columns.
using State = Eigen::Vector4d;
using Transition = Eigen::Matrix4d;

Transition transition(const IsotropicSgd& design) {
  const double h = design.step, d = design.columns;
  const double keep = 1 - 2 * h + h * h * (d + 2), add = h * h * d * design.noise_variance, mean = 1 - h;
  Transition next;
  next << keep, 0, 0, add,     // D
      keep, mean, 0, add,      // C
      keep, 2 * mean, 1, add,  // A
      0, 0, 0, 1;
  return next;
}

State after(State state, Transition power, double steps) {
  for (; steps >= 1; steps = std::floor(steps / 2)) {
    if (std::fmod(steps, 2) == 1) state = power * state;
    power = (power * power).eval();
  }
  return state;
}

}  // namespace

double sgd_risk(const IsotropicSgd& design, double steps, SgdAverage average) {
  steps = std::floor(steps);
  if (!is_defined(design.step, steps, average)) return nan;
  if (steps == 0) return design.signal;
  const Transition next = transition(design);
  const double first = left_out(steps, average), averaged = steps - first;
  State state = after({design.signal, 0, 0, 1}, next, first);
  state[1] = state[2] = 0;
  const double sum = after(state, next, averaged)[2];
  return std::isfinite(sum) ? sum / (averaged * averaged) : infinity;
}

double sgd_risk(const DiagonalSgd& design, double steps, SgdAverage average) {
  steps = std::floor(steps);
  if (!is_defined(design.step, steps, average)) return nan;
  const Eigen::ArrayXd s = design.spectrum.eigenvalues, hs = design.step * s;
  const Eigen::ArrayXd keep = 1 - 2 * hs * (1 - hs), mean = 1 - hs, weight = design.step * hs;
  Eigen::ArrayXd D = design.spectrum.squared_coefficients;
  if (steps == 0) return (s * D).sum();
  Eigen::ArrayXd C = Eigen::ArrayXd::Zero(s.size()), A = C;
  const double first = left_out(steps, average), averaged = steps - first;
  for (double k = 1; k <= steps; ++k) {
    interruption_point();
    const double residual = (s * D).sum() + design.noise_variance;
    D = D * keep + weight * residual;
    if (k <= first) continue;
    A += 2 * mean * C + D;
    C = mean * C + D;
  }
  const double sum = (s * A).sum();
  return std::isfinite(sum) ? sum / (averaged * averaged) : infinity;
}

}  // namespace quartic
