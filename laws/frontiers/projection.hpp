#pragma once
/// How much computing a lower error would take, if the published trend went on.
///
/// A line is fitted and solved for the target. Published lines are flat and noisy, so that the answer is
/// known to within tens of decades: the interval is the message, not the estimate.
#include "laws/statistics/regression.hpp"

namespace quartic {

/// The form of the line, C in floating-point operations:
///   power         log10 1/error = a + b log10 C      C grows as (1/error)^(1/b)
///   exponential   1/error       = a + b log10 C      C grows as 10^(1/(b error))
enum class ProjectionForm { power, exponential };
std::string_view to_string(ProjectionForm form);

/// The line through points of computing and error.
struct ProjectionFit {
  ProjectionForm form = ProjectionForm::power;
  LeastSquaresLine forward;
  StraightLine reverse;
  double least = std::numeric_limits<double>::quiet_NaN();  ///< log10 C of the smallest computing used
  double most = std::numeric_limits<double>::quiet_NaN();   ///< and of the largest

  /// What the line is about: log10 1/error, or 1/error.
  double ordinate(double error) const;
};

/// Flops and errors of the same length; rows that are not positive are left out.
ProjectionFit fit_projection(ProjectionForm form, const Vector& flops, const Vector& errors);

struct Projection {
  double target = std::numeric_limits<double>::quiet_NaN();
  Interval log10_flops;                                       ///< by the forward line
  double reverse = std::numeric_limits<double>::quiet_NaN();  ///< log10 flops by the reverse line
  double decades_beyond = 0;  ///< of the estimate outside the computing of the points; 0 within
};

/// Where a projection leaves the points by more than this, it is no forecast.
inline constexpr double most_decades_beyond = 2;

/// The computing at which the line reaches this error. The interval is Fieller's: all C whose error, by the
/// line, may be the target,
///   |y - a - b x| <= t_{n-2} sqrt(s^2/n + se(b)^2 (x - mean x)^2)
/// (Fieller 1954; normal noise in y of one variance, independent rows). It ends at infinity where the slope
/// may be 0. It is an interval of the trend, not of the next system, and knows neither floors of the error
/// nor noise in C: compare with `reverse`. NaN where the error does not fall with computing, or fewer than
/// three rows.
Projection project(const ProjectionFit& fit, double target, double confidence = 0.95);

}  // namespace quartic
