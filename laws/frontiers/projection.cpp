#include "laws/frontiers/projection.hpp"

#include <algorithm>
#include <cmath>

#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

double to_ordinate(ProjectionForm form, double error) {
  if (!(error > 0)) return nan;
  return form == ProjectionForm::power ? -std::log10(error) : 1 / error;
}

double log10_of_positive(double value) {
  return value > 0 ? std::log10(value) : nan;
}

/// The x around `u` = rise/slope, from mean x, where (rise - slope x)^2 <= level + (reach x)^2: between the
/// roots of a parabola, or, where the slope may be 0, beyond one of them.
Interval fieller(double rise, double slope, double level, double reach) {
  const double u = rise / slope, curvature = slope * slope - reach * reach;
  const double discriminant = slope * slope * rise * rise - curvature * (rise * rise - level);
  if (discriminant < 0) return {u, -infinity, infinity};
  const double root = std::sqrt(discriminant);
  const double a = (slope * rise - root) / curvature, b = (slope * rise + root) / curvature;
  if (curvature > 0) return {u, a, b};
  return u > 0 ? Interval{u, std::max(a, b), infinity} : Interval{u, -infinity, std::min(a, b)};
}

}  // namespace

std::string_view to_string(ProjectionForm form) {
  return form == ProjectionForm::power ? "power" : "exponential";
}

double ProjectionFit::ordinate(double error) const {
  return to_ordinate(form, error);
}

ProjectionFit fit_projection(ProjectionForm form, const Vector& flops, const Vector& errors) {
  const Scatter rows{flops.unaryExpr(&log10_of_positive),
                     errors.unaryExpr([&](double error) { return to_ordinate(form, error); })};
  ProjectionFit fit{form, least_squares_line(rows), regress(Regression::reverse, rows), infinity, -infinity};
  for (Index i = 0; i < rows.x.size(); ++i) {
    if (!std::isfinite(rows.x[i]) || !std::isfinite(rows.y[i])) continue;
    fit.least = std::min(fit.least, rows.x[i]);
    fit.most = std::max(fit.most, rows.x[i]);
  }
  return fit;
}

Projection project(const ProjectionFit& fit, double target, double confidence) {
  Projection projection;
  projection.target = target;
  const LeastSquaresLine& forward = fit.forward;
  const double slope = forward.line.slope;
  if (!(slope > 0) || forward.rows < 3) return projection;
  const double t = student_t_quantile(0.5 * (1 + confidence), static_cast<double>(forward.rows - 2));
  const double rise = fit.ordinate(target) - forward.line.at(forward.mean_x);
  const double level = t * forward.error_at(forward.mean_x);
  const Interval around_mean = fieller(rise, slope, level * level, t * forward.slope_error);
  projection.log10_flops = {forward.mean_x + around_mean.estimate, forward.mean_x + around_mean.low,
                            forward.mean_x + around_mean.high};
  projection.reverse = fit.reverse.solve(fit.ordinate(target));
  const double estimate = projection.log10_flops.estimate;
  projection.decades_beyond = std::max({0., estimate - fit.most, fit.least - estimate});
  return projection;
}

}  // namespace quartic
