#include "laws/theory/logistic.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "core/interruption.hpp"
#include "core/types.hpp"
#include "laws/statistics/root.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

constexpr LogisticState no_state{nan, nan, nan};

/// rho'(t).
double sigmoid(double t) {
  return 1 / (1 + std::exp(-t));
}

/// The trapezoidal rule for E f(Z), Z ~ N(0,1): for analytic f its error falls as exp(-2 pi c/step), c the
/// distance of the nearest singularity from the real axis. rho'(scale z) and proximal(scale z) have theirs at
/// about pi/scale.
class NormalGrid {
 public:
  explicit NormalGrid(double scale)
      : step_(std::min(0.4, 0.8 / scale)), count_(static_cast<int>(7.5 / step_)) {}

  /// The sum of f(z, weight).
  template <class Function>
  auto sum(Function f) const {
    auto total = f(0., step_ * normal_density(0));
    for (int i = 1; i <= count_; ++i) {
      const double z = i * step_, weight = step_ * normal_density(z);
      total += f(z, weight);
      total += f(-z, weight);
    }
    return total;
  }

 private:
  double step_;
  int count_;
};

/// E f(|Z|), f smooth on [0, infinity) and bending over lengths of 1/bend: Simpson's rule, since |Z| has a
/// kink.
template <class Function>
double mean_of_size(double bend, Function f) {
  const int steps = 2 * static_cast<int>(200 + 20 * bend);
  const double step = 9. / steps;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double z = step * i;
    sum += (i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4) * normal_density(z) * f(z);
  }
  return 2 * sum * step / 3;
}

/// x + l rho'(x) = q by Newton's method from 0, where the left side turns from convex to concave: from there
/// the iterates go straight to the root.
double proximal(double q, double l) {
  double x = 0;
  for (int k = 0; k < 100; ++k) {
    const double p = sigmoid(x), step = (x + l * p - q) / (1 + l * p * (1 - p));
    x -= step;
    if (std::abs(step) <= 1e-13 * (1 + std::abs(x))) break;
  }
  return x;
}

/// Logarithms of alpha, sigma and lambda, all of which are positive and grow as 1/(threshold - kappa).
using Unknowns = Eigen::Vector3d;

LogisticState make_state(const Unknowns& u) {
  return {std::exp(u[0]), std::exp(u[1]), std::exp(u[2])};
}

/// Values of the three equations' terms (first column) and their derivatives by the unknowns (the others).
using Terms = Eigen::Matrix<double, 3, 4>;

/// The terms at one point of the grid. With x = prox(Q2), moved = l rho'(x) = Q2 - x and D = 1/(1 + l
/// rho''(x)): dx = D dQ2 - rho'(x) D dl.
Terms terms_at(const LogisticState& state, double q2, const Eigen::Vector3d& slope_of_q2, double z1) {
  const double l = state.lambda, x = proximal(q2, l), p = sigmoid(x), second = p * (1 - p);
  const double third = second * (1 - 2 * p), D = 1 / (1 + l * second), moved = l * p;
  Eigen::Vector3d slope_of_x = D * slope_of_q2, slope_of_l(0, 0, l);
  slope_of_x -= p * D * slope_of_l;
  const Eigen::Vector3d slope_of_moved = slope_of_q2 - slope_of_x;
  const Eigen::Vector3d slope_of_D = -D * D * (second * slope_of_l + l * third * slope_of_x);
  Terms terms;
  terms << moved * moved, 2 * moved * slope_of_moved.transpose(),  //
      z1 * moved, z1 * slope_of_moved.transpose(),                 //
      D, slope_of_D.transpose();
  return terms;
}

/// E[2 rho'(Q1) terms].
Terms expectations(const LogisticDesign& design, const LogisticState& state) {
  const double gamma = std::sqrt(design.strength), spread = std::sqrt(design.aspect) * state.sigma;
  const NormalGrid first(gamma * std::max(1., state.alpha)), second(spread);
  return first.sum([&](double z1, double weight1) -> Terms {
    interruption_point();
    const double known = -state.alpha * gamma * z1;
    const Terms inner = second.sum([&](double z2, double weight2) -> Terms {
      return weight2 * terms_at(state, known + spread * z2, {known, spread * z2, 0}, z1);
    });
    return 2 * sigmoid(gamma * z1) * weight1 * inner;
  });
}

/// What the equations miss by, each relative to its own size (first column), and the derivatives of that.
Terms residuals(const LogisticDesign& design, const Unknowns& u) {
  const LogisticState state = make_state(u);
  const double kappa = design.aspect;
  Terms terms = expectations(design, state);
  terms.row(0) /= std::pow(kappa * state.sigma, 2);
  terms(0, 2) -= 2 * terms(0, 0);  // by log sigma
  terms(0, 0) -= 1;
  terms.row(1) /= kappa * std::sqrt(design.strength);
  terms.row(2) /= kappa;
  terms(2, 0) -= (1 - kappa) / kappa;
  return terms;
}

/// Newton's method; false where it does not get there.
bool solve(const LogisticDesign& design, Unknowns& u) {
  for (int k = 0; k < 12; ++k) {
    const Terms missing = residuals(design, u);
    const Unknowns step = -missing.rightCols<3>().partialPivLu().solve(missing.col(0));
    if (!step.allFinite() || step.cwiseAbs().maxCoeff() > 1) return false;
    u += step;
    if (step.cwiseAbs().maxCoeff() < 1e-8) return true;
  }
  return false;
}

/// Few columns: the classical estimate, of variance 1/(n E rho''(Q1)) a coefficient.
Unknowns classical(const LogisticDesign& design) {
  const double gamma = std::sqrt(design.strength);
  const double information = NormalGrid(gamma).sum(
      [&](double z, double weight) { return weight * sigmoid(gamma * z) * sigmoid(-gamma * z); });
  return {0, -0.5 * std::log(information), std::log(design.aspect / information)};
}

/// E f(V), where f bends over lengths of 1/bend.
template <class Function>
double mean_over_v(double gamma, double bend, Function f) {
  interruption_point();
  return NormalGrid(std::max(gamma, bend)).sum([&](double v, double weight) {
    return 2 * sigmoid(gamma * v) * weight * f(v);
  });
}

}  // namespace

LogisticState logistic_state(const LogisticDesign& design) {
  const double threshold = logistic_threshold(design.strength);
  if (!(design.aspect > 0) || !(design.strength > 0) || !(design.aspect < threshold)) return no_state;
  // By way of time = -log(1 - kappa/threshold), in which the unknowns end up as straight lines.
  const auto aspect_at = [&](double time) { return -threshold * std::expm1(-time); };
  const double end = -std::log1p(-design.aspect / threshold);
  double time = std::min(end, 0.1), stride = 0.4;
  Unknowns u = classical({aspect_at(time), design.strength}), slope = Unknowns::Zero();
  if (!solve({aspect_at(time), design.strength}, u)) return no_state;
  while (time < end && stride > 1e-3) {
    const double next = std::min(end, time + stride);
    Unknowns guess = u + (next - time) * slope;
    if (!solve({next == end ? design.aspect : aspect_at(next), design.strength}, guess)) {
      stride /= 2;
      continue;
    }
    slope = (guess - u) / (next - time);
    u = guess, time = next;
  }
  return time == end ? make_state(u) : no_state;
}

double logistic_threshold(double strength) {
  if (!(strength >= 0)) return nan;
  const double gamma = std::sqrt(strength);
  const auto slope = [&](double t) {
    return mean_over_v(gamma, -t,
                       [&](double v) { return v * (t * v * normal_cdf(t * v) + normal_density(t * v)); });
  };
  const double t = strength == 0 ? 0 : find_root(slope, -20 * (1 + gamma), 0);
  return mean_over_v(gamma, -t, [&](double v) {
    return (1 + t * t * v * v) * normal_cdf(t * v) + t * v * normal_density(t * v);
  });
}

double logistic_excess_error(const LogisticDesign& design) {
  const LogisticState state = logistic_state(design);
  if (std::isnan(state.alpha)) return nan;
  const double gamma = std::sqrt(design.strength);
  const double ratio = gamma * state.alpha / (std::sqrt(design.aspect) * state.sigma);
  return mean_of_size(gamma + ratio,
                      [&](double z) { return (2 * sigmoid(gamma * z) - 1) * normal_cdf(-ratio * z); });
}

double logistic_bayes_error(double strength) {
  const double gamma = std::sqrt(strength);
  return mean_of_size(gamma, [&](double z) { return sigmoid(-gamma * z); });
}

}  // namespace quartic
