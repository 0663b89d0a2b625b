#include "laws/statistics/special.hpp"

#include <math.h>

#include <cmath>
#include <numbers>

#include "core/types.hpp"

namespace quartic {
namespace {

/// log Gamma(x), x > 0; unlike std::lgamma it writes no global sign, so threads may call it.
double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

/// I_x(a, b), the regularised incomplete beta function for a, b > 0 and 0 <= x <= 1, is
///   x^a (1-x)^b / (a B(a, b)) / (1 + d_1/(1 + d_2/(1 + ...)))   (DLMF 8.17.22)
/// with the numerators d_k below; fast for x < (a+1)/(a+b+2), elsewhere I_x(a, b) = 1 - I_1-x(b, a).
struct BetaFraction {
  double x, a, b;

  double numerator(int k) const {
    if (k == 1) return -(a + b) * x / (a + 1);
    const int m = k / 2;
    if (k % 2 == 0) return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
  }

  /// 1/(1 + d_1/(1 + ...)) from the front: each d_k multiplies it by the ratio of two convergents, which two
  /// recursions keep (Lentz 1976; Thompson & Barnett 1986). Ends after a pair that changes it no more.
  double value() const {
    double above = 1, below = 1 / away_from_zero(1 + numerator(1)), value = below;
    for (int k = 2; k < 20000; ++k) {
      const double d = numerator(k);
      below = 1 / away_from_zero(1 + d * below);
      above = away_from_zero(1 + d / above);
      value *= below * above;
      if (k % 2 == 1 && std::abs(below * above - 1) < 1e-15) break;
    }
    return value;
  }

  static double away_from_zero(double value) { return std::abs(value) < 1e-300 ? 1e-300 : value; }
};

double incomplete_beta(double x, double a, double b) {
  if (x == 0 || x == 1) return x;
  const double log_front =
      log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log1p(-x);
  const double front = std::exp(log_front);
  if (x < (a + 1) / (a + b + 2)) return front * BetaFraction{x, a, b}.value() / a;
  return 1 - front * BetaFraction{1 - x, b, a}.value() / b;
}

/// P(T > t) for t >= 0, accurate in relative terms far out.
double student_t_upper(double t, double df) {
  return 0.5 * incomplete_beta(df / (df + t * t), df / 2, 0.5);
}

}  // namespace

double normal_density(double x) {
  return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double normal_cdf(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double digamma(double x) {
  if (!(x > 0)) return nan;
  double shift = 0;
  for (; x < 10; ++x) shift -= 1 / x;
  const double z = 1 / (x * x);
  const double series =
      z * (1. / 12 -
           z * (1. / 120 - z * (1. / 252 - z * (1. / 240 - z * (1. / 132 - z * (691. / 32760 - z / 12))))));
  return shift + std::log(x) - 0.5 / x - series;
}

double student_t_quantile(double p, double df) {
  if (!(p > 0 && p < 1 && df > 0)) return nan;
  if (p == 0.5) return 0;
  const double tail = p < 0.5 ? p : 1 - p;
  double low = 0, high = 1;
  while (student_t_upper(high, df) > tail && high < 1e300) high *= 2;
  for (int k = 0; k < 200 && high - low > 1e-14 * high; ++k) {
    const double middle = 0.5 * (low + high);
    (student_t_upper(middle, df) > tail ? low : high) = middle;
  }
  return p < 0.5 ? -high : high;
}

double f_tail(double f, double above, double below) {
  return f > 0 ? incomplete_beta(below / (below + above * f), below / 2, above / 2) : 1;
}

}  // namespace quartic
