#pragma once
/// A law in which two causes add up: rows and parameters, or data and steps.
#include <limits>

#include "core/types.hpp"

namespace quartic {

/// Errors y over pairs (n, p) of two sizes, with weights (>= 0); all of one length.
struct TwoCausePoints {
  Vector first;    ///< n > 0
  Vector second;   ///< p > 0
  Vector values;   ///< y > 0
  Vector weights;  ///< inverse variances of log y, or ones
};

/// What a pair costs: C = unit n^first p^second. Training a network of n parameters on p tokens: about 6 n p.
struct PairCost {
  double unit = 1, first = 1, second = 1;
};

/// The pairs that are best for their cost, where a q n^-q/u = b r p^-r/v, u and v the powers of the cost:
///   n = first_scale C^first_power, p = second_scale C^second_power, y - e = excess C^-slope,
///   slope = qr/(qv + ru), first_power = slope/q, second_power = slope/r
/// (Hoffmann et al. 2022, equation 4, where u = v = 1: n = G (C/6)^(r/(q+r))). NaN where a term vanishes, or
/// q or r is not told.
struct TwoCauseFrontier {
  double slope = std::numeric_limits<double>::quiet_NaN();
  double excess = std::numeric_limits<double>::quiet_NaN();
  double first_power = std::numeric_limits<double>::quiet_NaN();
  double first_scale = std::numeric_limits<double>::quiet_NaN();
  double second_power = std::numeric_limits<double>::quiet_NaN();
  double second_scale = std::numeric_limits<double>::quiet_NaN();
};

/// y = e + a n^-q + b p^-r.
struct TwoCauseLaw {
  double floor = std::numeric_limits<double>::quiet_NaN();            ///< e >= 0
  double first_scale = std::numeric_limits<double>::quiet_NaN();      ///< a >= 0
  double first_exponent = std::numeric_limits<double>::quiet_NaN();   ///< q
  double second_scale = std::numeric_limits<double>::quiet_NaN();     ///< b >= 0
  double second_exponent = std::numeric_limits<double>::quiet_NaN();  ///< r

  double at(double n, double p) const;
  TwoCauseFrontier frontier(const PairCost& cost = {}) const;
  /// s of the least y - e ~ (n p)^-s over all n and p of one product: qr/(q + r).
  double frontier_slope() const { return frontier().slope; }
};

/// The exponent, or NaN where it is at an end of the range of fits, [0.01, 5]: the points do not tell it.
double told_exponent(double exponent);

struct TwoCauseFit {
  TwoCauseLaw law;
  Vector residuals;                                           ///< log y - log law, of every point
  double squares = std::numeric_limits<double>::quiet_NaN();  ///< the sum that is least
  bool at_edge = false;  ///< an exponent at the end of its range, or a term that vanished
};

struct TwoCauseOptions {
  /// A residual x of log y counts x^2 up to here, and delta (2 |x| - delta) beyond (Huber 1964). Infinite:
  /// least squares. Hoffmann et al. take 1e-3, which is nearly least absolute residuals.
  double delta = std::numeric_limits<double>::infinity();
};

/// Minimises sum_i w_i loss(log y_i - log y(n_i, p_i)) over e, a, b >= 0 and q, r in [0.01, 5]. Variable
/// projection (Golub & Pereyra 1973): on a grid of (q, r) the three linear parameters solve a non-negative
/// least-squares problem of relative residuals, in closed form; the best few are refined together by
/// Levenberg-Marquardt in logarithms, under Huber's loss with weights made anew in every step. NaN for fewer
/// than five points of positive weight, or three first or second sizes among them, or for a value, size or
/// weight that is not positive and finite. 240 points: under a millisecond, by Huber's loss a few. The form:
/// Hoffmann et al. 2022, arXiv 2203.15556, approach 3; its fit: Besiroglu et al. 2024, arXiv 2404.10102.
TwoCauseFit fit_two_causes(const TwoCausePoints& points, const TwoCauseOptions& options = {});

}  // namespace quartic
