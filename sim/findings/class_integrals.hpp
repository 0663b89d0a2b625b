#pragma once
/// Two classes by a score of any law, from the score's characteristic function.
#include <functional>

#include "sim/findings/wave.hpp"

namespace quartic::detail {

/// phi(t) = E e^{itu} at t = 0, step, 2 step, ...; E u = 0. Sums over these t take u for what it is but for multiples
/// of 2 pi/step: that period must exceed |intercept| + |u| by 25 or more, and the last phi be negligible, or faded().
struct CharacteristicFunction {
  double step;
  Wave phi;

  double end() const { return step * static_cast<double>(phi.size()); }
};

/// E 1/(1 + e^-(a + u)) = 1/2 + the integral over t > 0 of Im(e^{iat} phi(t))/sinh(pi t). O(size); to 1e-13 and the
/// error of phi.
double logistic_mean(const CharacteristicFunction& score, double intercept);

/// E 1/(1 + e^|a + u|), the error of who says 1 where a + u > 0: 1/pi times the integral over t > 0 of
/// F(t) Re(e^{iat} phi(t)), F(t) = 2 sum over n >= 1 of (-1)^(n-1) n/(n^2 + t^2), which falls as 1/(2 t^2).
double least_error(const CharacteristicFunction& score, double intercept);

/// With phi faded out over the last half, four times differentiably: of a law with atoms, whose phi never dies away.
CharacteristicFunction faded(CharacteristicFunction score);
/// An upper bound of what fading adds to, or takes from, least_error. The function of s = a + u of which that error is the
/// mean has a kink at s = 0, which fading rounds over a length of 1/T, T = end() >= 20:
///     |change at s| = |integral over t > T/2 of (1 - w(t/T)) F(t) cos(ts)|/pi <= 8/(2 pi T) B(sT),
///     B(x) = 2 times the integral over 0 < y < 1 of (1 - y) sin(pi y)/(pi y) cos(yx), which is above 0 everywhere,
/// and E B((a + u) T) is a sum over phi. It is small where little of the law lies within a few 1/T of the kink.
double fading_error(const CharacteristicFunction& score, double intercept);

/// A mean as a function of the intercept, and its slope.
struct MeanAt {
  double value, slope;
};
/// The a in [-limit, limit] with this mean, which rises in a, or the nearer end. Bisection and Newton's steps, to
/// rounding.
double intercept_of(const std::function<MeanAt(double)>& mean, double prevalence, double limit);
double intercept_of(const CharacteristicFunction& score, double prevalence, double limit);

}  // namespace quartic::detail
