#pragma once
/// Two classes by a score of any law, from the score's characteristic function.
#include "sim/findings/wave.hpp"

namespace quartic::detail {

/// phi(t) = E e^{itu} at t = 0, step, 2 step, ...; E u = 0. Sums over these t take u for what it is but for multiples
/// of 2 pi/step: that period must exceed |intercept| + |u| by 25 or more, and the last phi be negligible.
struct CharacteristicFunction {
  double step;
  Wave phi;
};

/// E 1/(1 + e^-(a + u)) = 1/2 + the integral over t > 0 of Im(e^{iat} phi(t))/sinh(pi t). O(size); to 1e-13 and the
/// error of phi.
double logistic_mean(const CharacteristicFunction& score, double intercept);

/// E 1/(1 + e^|a + u|), the error of who says 1 where a + u > 0: 1/pi times the integral over t > 0 of
/// F(t) Re(e^{iat} phi(t)), F(t) = 2 sum over n >= 1 of (-1)^(n-1) n/(n^2 + t^2), which falls as 1/(2 t^2).
double least_error(const CharacteristicFunction& score, double intercept);

/// The a in [-limit, limit] with this logistic_mean, or the nearer end. Bisection and Newton's steps, to rounding.
double intercept_of(const CharacteristicFunction& score, double prevalence, double limit);

}  // namespace quartic::detail
