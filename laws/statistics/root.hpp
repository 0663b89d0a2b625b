#pragma once
/// A root of a continuous function of one variable, between two points of opposite sign.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace quartic {

/// Brent's method (Brent 1973, Algorithms for Minimization without Derivatives, chapter 4): bisection that
/// interpolates where it can. Infinite values of f count by their sign. Returns the root to about `tolerance`
/// relative to its size, or NaN where f(low) and f(high) have the same sign or one of them is NaN.
template <class Function>
double find_root(Function f, double low, double high, double tolerance = 1e-14) {
  double a = low, b = high, fa = f(a), fb = f(b);
  if (!((fa <= 0 && fb >= 0) || (fa >= 0 && fb <= 0))) return std::numeric_limits<double>::quiet_NaN();
  double c = a, fc = fa, step = b - a, previous = step;
  for (int k = 0; k < 200 && fb != 0; ++k) {
    if (fb * fc > 0) c = a, fc = fa, step = previous = b - a;
    if (std::abs(fc) < std::abs(fb)) a = b, b = c, c = a, fa = fb, fb = fc, fc = fa;
    const double enough = tolerance * std::abs(b) + std::numeric_limits<double>::min();
    const double middle = 0.5 * (c - b);
    if (std::abs(middle) <= enough) break;
    double p = 0, q = 0;
    if (std::abs(previous) >= enough && std::abs(fa) > std::abs(fb) && std::isfinite(fa) &&
        std::isfinite(fc)) {
      const double s = fb / fa, t = fa / fc, r = fb / fc;
      p = a == c ? 2 * middle * s : s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
      q = a == c ? 1 - s : (t - 1) * (r - 1) * (s - 1);
      if (p > 0) q = -q;
      p = std::abs(p);
    }
    const bool interpolate = 2 * p < std::min(3 * middle * q - std::abs(enough * q), std::abs(previous * q));
    previous = interpolate ? step : middle;
    step = interpolate ? p / q : middle;
    a = b, fa = fb;
    b += std::abs(step) > enough ? step : std::copysign(enough, middle);
    fb = f(b);
  }
  return b;
}

}  // namespace quartic
