#include "laws/curves/power_law.hpp"

#include <array>
#include <cmath>

#include "laws/statistics/root.hpp"

namespace quartic {
namespace {

/// The points of positive weight.
LawPoints used(const LawPoints& points) {
  LawPoints kept = points;
  Index count = 0;
  for (Index i = 0; i < points.sizes.size(); ++i) {
    if (!(points.weights[i] > 0)) continue;
    kept.sizes[count] = points.sizes[i];
    kept.values[count] = points.values[i];
    kept.weights[count++] = points.weights[i];
  }
  kept.sizes.conservativeResize(count);
  kept.values.conservativeResize(count);
  kept.weights.conservativeResize(count);
  return kept;
}

bool fittable(const LawPoints& points, Index least) {
  return points.sizes.size() >= least && (points.sizes.array() > 0).all() &&
         (points.values.array() > 0).all() && points.values.allFinite() && points.weights.allFinite();
}

/// y = intercept + slope x by weighted least squares.
struct Line {
  double intercept, slope;
};

Line fit_line(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y, const Eigen::ArrayXd& w) {
  const double total = w.sum();
  const double x_mean = (w * x).sum() / total, y_mean = (w * y).sum() / total;
  const Eigen::ArrayXd centred = x - x_mean;
  const double slope = (w * centred * (y - y_mean)).sum() / (w * centred.square()).sum();
  return {y_mean - slope * x_mean, slope};
}

/// The least sum of squares as a function of t = log(n_min - n0), a and q projected out.
class OffsetProfile {
 public:
  explicit OffsetProfile(const LawPoints& points)
      : n_(points.sizes), log_y_(points.values.array().log()), w_(points.weights), least_(n_.minCoeff()) {}

  double lowest() const { return std::log(1e-6 * least_); }
  double highest() const { return std::log(100 * n_.maxCoeff()); }
  double squares(double t) const { return (w_ * residuals(t, line(t)).square()).sum(); }

  /// d squares/dt: a and q are at their optimum, so that only the explicit dependence counts.
  double derivative(double t) const {
    const Line fit = line(t);
    return -2 * fit.slope * (w_ * residuals(t, fit) * std::exp(t) / gaps(t)).sum();
  }
  /// Of curves that fall as an exponential a far offset makes exponent and scale so large that the scale is no number:
  /// then with the farthest offset at which it is one, which is no other curve to speak of.
  OffsetLaw law(double t) const {
    constexpr double most_log_scale = 600, step = 0.05;
    Line fit = line(t);
    while (std::abs(fit.intercept) > most_log_scale && t - step > lowest()) fit = line(t -= step);
    return {std::exp(fit.intercept), -fit.slope, least_ - std::exp(t)};
  }

 private:
  Eigen::ArrayXd gaps(double t) const { return n_ - least_ + std::exp(t); }
  Line line(double t) const { return fit_line(gaps(t).log(), log_y_, w_); }
  Eigen::ArrayXd residuals(double t, const Line& fit) const {
    return log_y_ - fit.intercept - fit.slope * gaps(t).log();
  }

  Eigen::ArrayXd n_, log_y_, w_;
  double least_;
};

}  // namespace

double PowerLaw::at(double n) const {
  return scale * std::pow(n, -exponent);
}

double PowerLaw::size_at(double y) const {
  return exponent > 0 ? std::pow(scale / y, 1 / exponent) : nan;
}

double OffsetLaw::at(double n) const {
  return n > offset ? scale * std::pow(n - offset, -exponent) : nan;
}

double OffsetLaw::size_at(double y) const {
  return exponent > 0 ? offset + std::pow(scale / y, 1 / exponent) : nan;
}

PowerLaw fit_power_law(const LawPoints& points) {
  const LawPoints kept = used(points);
  if (!fittable(kept, 2)) return {nan, nan};
  const Line fit = fit_line(kept.sizes.array().log(), kept.values.array().log(), kept.weights);
  return {std::exp(fit.intercept), -fit.slope};
}

OffsetLaw fit_offset_law(const LawPoints& points) {
  const LawPoints kept = used(points);
  if (!fittable(kept, 3)) return {nan, nan, nan};
  const OffsetProfile profile(kept);
  constexpr int steps = 48;
  const double low = profile.lowest(), step = (profile.highest() - low) / steps;
  int best = 0;
  double least = infinity;
  for (int k = 0; k <= steps; ++k) {
    const double squares = profile.squares(low + k * step);
    if (squares < least) least = squares, best = k;
  }
  const double t = low + best * step;
  if (best == 0 || best == steps) return profile.law(t);
  const double root = find_root([&](double at) { return profile.derivative(at); }, t - step, t + step);
  return profile.law(std::isnan(root) ? t : root);
}

}  // namespace quartic
