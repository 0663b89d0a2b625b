#include "sim/findings/class_integrals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

// 1/sinh(pi t), t > 0.
double inverse_sinh(double t) {
  const double power = exponential(-std::min(std::numbers::pi * t, 700.0));
  return 2 * power / ((1 - power) * (1 + power));
}

// Sums over m >= 1 of factor(t) Re, or Im, of e^{iat} phi(t).
struct Sums {
  double real = 0, imaginary = 0;
};
Sums weighted_sums(const CharacteristicFunction& score, double intercept, auto factor) {
  const Wave& phi = score.phi;
  const Wave turn = Wave::oscillation(intercept * score.step, phi.size());
  Sums sums;
  for (std::size_t m = 1; m < phi.size(); ++m) {
    const double weight = factor(static_cast<double>(m) * score.step);
    sums.real += weight * (turn.real[m] * phi.real[m] - turn.imaginary[m] * phi.imaginary[m]);
    sums.imaginary += weight * (turn.real[m] * phi.imaginary[m] + turn.imaginary[m] * phi.real[m]);
  }
  return sums;
}

// d/da of logistic_mean.
double logistic_slope(const CharacteristicFunction& score, double intercept) {
  const Sums sums = weighted_sums(score, intercept, [](double t) { return t * inverse_sinh(t); });
  return score.step * (sums.real + 1 / std::numbers::pi / 2);
}

// Terms one by one, and the rest by Boole's summation, in which the k-th derivative of n/(n^2 + t^2), the real
// part of 1/(n + it), is that of (-1)^k k!/(n + it)^(k + 1).
double transform_of_the_error(double t) {
  constexpr int terms = 20;
  double sum = 0;
  for (int n = 1; n < terms; ++n) sum += (n % 2 == 1 ? n : -n) / (n * n + t * t);
  const double size = terms * terms + t * t;
  const double real = terms / size, imaginary = -t / size;  // 1/(terms + it)
  double power_real = real, power_imaginary = imaginary, rest = 0;
  const auto raise = [&] {
    const double next = power_real * real - power_imaginary * imaginary;
    power_imaginary = power_real * imaginary + power_imaginary * real;
    power_real = next;
  };
  for (const double coefficient : {1. / 2, 1. / 4, 0., -1. / 8, 0., 1. / 4, 0., -17. / 16, 0., 31. / 4}) {
    rest += coefficient * power_real;
    raise();
  }
  return 2 * (sum + (terms % 2 == 1 ? rest : -rest));
}

// From 0 at 0 to 1 at 1, with four derivatives that are 0 at both: the integral of (2/3) (1 - cos 2 pi v)^2.
double smooth_step(double v) {
  const double turn = 2 * std::numbers::pi * v;
  return v - (8 * turn_by(turn).sine - turn_by(2 * turn).sine) / (12 * std::numbers::pi);
}

}  // namespace

double logistic_mean(const CharacteristicFunction& score, double intercept) {
  const Sums sums = weighted_sums(score, intercept, inverse_sinh);
  return 0.5 + score.step * (sums.imaginary + intercept / std::numbers::pi / 2);
}

double least_error(const CharacteristicFunction& score, double intercept) {
  const Sums sums = weighted_sums(score, intercept, transform_of_the_error);
  return score.step / std::numbers::pi * (sums.real + transform_of_the_error(0) / 2);
}

CharacteristicFunction faded(CharacteristicFunction score) {
  std::vector<double> factors(score.phi.size(), 1.0);
  const std::size_t half = factors.size() / 2;
  for (std::size_t m = half; m < factors.size(); ++m)
    factors[m] = 1 - smooth_step(static_cast<double>(m - half) / static_cast<double>(factors.size() - half));
  score.phi *= factors;
  return score;
}

double fading_error(const CharacteristicFunction& score, double intercept) {
  constexpr double most = 8;  // of |change| 2 pi T/B: the largest is 7.1
  const double end = score.end();
  const Sums sums = weighted_sums(score, intercept, [&](double t) {
    const double y = t / end;
    return (1 - y) * turn_by(std::numbers::pi * y).sine / (std::numbers::pi * y);
  });
  const double mean = 2 * score.step / end * (sums.real + 1. / 2);
  return most / (2 * std::numbers::pi * end) * std::max(0.0, mean);
}

double intercept_of(const std::function<MeanAt(double)>& mean, double prevalence, double limit) {
  double low = -limit, high = limit, a = 0;
  for (int i = 0; i < 200 && high - low > 1e-14 * (1 + std::abs(a)); ++i) {
    const MeanAt at = mean(a);
    const double excess = at.value - prevalence;
    (excess > 0 ? high : low) = a;
    const double newton = a - excess / at.slope;
    const double next = newton > low && newton < high ? newton : (low + high) / 2;
    if (std::abs(next - a) < 1e-14 * (1 + std::abs(a))) break;
    a = next;
  }
  return a;
}

double intercept_of(const CharacteristicFunction& score, double prevalence, double limit) {
  return intercept_of(
      [&](double a) {
        return MeanAt{logistic_mean(score, a), logistic_slope(score, a)};
      },
      prevalence, limit);
}

}  // namespace quartic::detail
