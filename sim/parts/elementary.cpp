#include "sim/parts/elementary.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace quartic::detail {

namespace {

// e^r - 1 for |r| <= 0.35.
double small_exponential_minus_one(double r) {
  double series = 0;  // r/2! + r^2/3! + ... = r (1/2 + r/3 (1/2 ...)), from the back
  for (int n = 15; n >= 2; --n) series = (1 + series) * r / n;
  return r + r * series;
}

// atan t for |t| <= sqrt 2 - 1: halved once more, then the series.
double small_arctangent(double t) {
  const double half = t / (1 + std::sqrt(1 + t * t));
  const double z = half * half;
  double series = 0;  // 1 - z/3 + z^2/5 - ...
  for (int odd = 23; odd >= 1; odd -= 2) series = 1.0 / odd - series * z;
  return 2 * half * series;
}

}  // namespace

double exponential(double x) {
  constexpr double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
  const double k = std::rint(x / std::numbers::ln2);
  const double r = (x - k * ln2_high) - k * ln2_low;
  return std::ldexp(1 + small_exponential_minus_one(r), static_cast<int>(k));
}

// x = 2^k m with m in [sqrt 1/2, sqrt 2): log x = k log 2 + 2 atanh s, s = (m - 1)/(m + 1), |s| < 0.172.
double logarithm(double x) {
  int k = 0;
  double m = std::frexp(x, &k);
  if (m < std::numbers::sqrt2 / 2) {
    m *= 2;
    --k;
  }
  const double s = (m - 1) / (m + 1);
  const double z = s * s;
  double series = 0;  // 1/3 + z/5 + z^2/7 + ...
  for (int odd = 23; odd >= 3; odd -= 2) series = series * z + 1.0 / odd;
  return k * std::numbers::ln2 + (2 * s + 2 * s * (z * series));
}

double sigmoid(double x) {
  constexpr double end = 700;  // where e^x is still a normal number
  return 1 / (1 + exponential(-std::clamp(x, -end, end)));
}

// phi(x) (x + x^3/3 + x^5/(3 5) + ...) around the middle, else the continued fraction of Mills' ratio
// 1/(x + 1/(x + 2/(x + 3/(...)))), from the back (Abramowitz & Stegun 26.2.11 and 26.2.14).
double normal_distribution(double x) {
  const double size = std::min(std::abs(x), 38.5);
  const double density = exponential(-size * size / 2) / std::sqrt(2 * std::numbers::pi);
  if (size < 2.3) {
    double term = size, sum = size;
    for (int odd = 3; term > 1e-18 * sum; odd += 2) sum += term *= size * size / odd;
    return x < 0 ? 0.5 - density * sum : 0.5 + density * sum;
  }
  double fraction = size;
  for (int k = 100; k >= 1; --k) fraction = size + k / fraction;
  return x < 0 ? density / fraction : 1 - density / fraction;
}

double power(double base, double exponent) {
  assert(base > 0);
  return exponential(exponent * logarithm(base));
}

double exponential_minus_one(double x) {
  return std::abs(x) < 0.34 ? small_exponential_minus_one(x) : exponential(x) - 1;
}

// Twice the angle of x / (1 + sqrt(1 - x^2)), which is at most 1, and so four times that of its half.
double arcsine(double x) {
  assert(std::abs(x) <= 1);
  const double t = x / (1 + std::sqrt((1 - x) * (1 + x)));
  return 4 * small_arctangent(t / (1 + std::sqrt(1 + t * t)));
}

// cos(pi u) = sin(pi (1/2 - u)), by its series.
double cosine_pi(double u) {
  assert(u >= 0 && u <= 1);
  const double angle = std::numbers::pi * (0.5 - u);
  const double z = angle * angle;
  double series = 0;  // 1 - z/(2 3) (1 - z/(4 5) (...)), from the back
  for (int n = 22; n >= 2; n -= 2) series = (1 - series) * z / (n * (n + 1));
  return angle * (1 - series);
}

double hurwitz_zeta(double s, double q) {
  assert(s > 1 && q > 0);
  constexpr double coefficients[] = {1. / 12, -1. / 720, 1. / 30240, -1. / 1209600,
                                     1. / 47900160};  // B_2k/(2k)!
  constexpr int terms = 12;                           // summed as they are, smallest last
  double sum = 0;
  for (int k = 0; k < terms; ++k) sum += power(q + k, -s);
  const double from = q + terms;
  double term = power(from, -s);
  sum += from * term / (s - 1) + term / 2;
  term *= s / from;
  for (int k = 0; k < 5; ++k) {
    sum += coefficients[k] * term;
    term *= (s + 2 * k + 1) * (s + 2 * k + 2) / (from * from);
  }
  return sum;
}

}  // namespace quartic::detail
