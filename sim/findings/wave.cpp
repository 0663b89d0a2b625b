#include "sim/findings/wave.hpp"

#include <cmath>
#include <numbers>

#include "sim/parts/elementary.hpp"

namespace quartic::detail {

Turn turn_by(double angle) {
  const double halves = angle / std::numbers::pi;
  const double u = halves - 2 * std::rint(halves / 2);  // -1 .. 1
  const double sine = cosine_pi(std::abs(std::abs(u) - 0.5));
  return {cosine_pi(std::abs(u)), u < 0 ? -sine : sine};
}

Wave Wave::constant(double value, std::size_t count) {
  return {std::vector<double>(count, value), std::vector<double>(count, 0.0)};
}

Wave Wave::oscillation(double angle, std::size_t count, std::size_t first) {
  const Turn step = turn_by(angle), start = turn_by(angle * static_cast<double>(first));
  Wave wave = constant(0, count);
  double cosine = start.cosine, sine = start.sine;
  for (std::size_t m = 0; m < count; ++m) {
    wave.real[m] = cosine;
    wave.imaginary[m] = sine;
    const double next = cosine * step.cosine - sine * step.sine;
    sine = cosine * step.sine + sine * step.cosine;
    cosine = next;
  }
  return wave;
}

Wave& Wave::operator*=(const Wave& other) {
  for (std::size_t m = 0; m < size(); ++m) {
    const double next = real[m] * other.real[m] - imaginary[m] * other.imaginary[m];
    imaginary[m] = real[m] * other.imaginary[m] + imaginary[m] * other.real[m];
    real[m] = next;
  }
  return *this;
}

Wave& Wave::operator*=(const std::vector<double>& factors) {
  for (std::size_t m = 0; m < size(); ++m) {
    real[m] *= factors[m];
    imaginary[m] *= factors[m];
  }
  return *this;
}

void Wave::add(double weight, const Wave& other) {
  for (std::size_t m = 0; m < size(); ++m) real[m] += weight * other.real[m];
  for (std::size_t m = 0; m < size(); ++m) imaginary[m] += weight * other.imaginary[m];
}

void Wave::add_product(const Wave& a, const Wave& b) {
  for (std::size_t m = 0; m < size(); ++m) {
    real[m] += a.real[m] * b.real[m] - a.imaginary[m] * b.imaginary[m];
    imaginary[m] += a.real[m] * b.imaginary[m] + a.imaginary[m] * b.real[m];
  }
}

void Wave::append(const Wave& more) {
  real.insert(real.end(), more.real.begin(), more.real.end());
  imaginary.insert(imaginary.end(), more.imaginary.begin(), more.imaginary.end());
}

}  // namespace quartic::detail
