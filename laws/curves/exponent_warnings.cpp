#include "laws/curves/exponent_warnings.hpp"

#include <cmath>

#include "core/options.hpp"

namespace quartic::detail {
namespace {

using SlopeWith = std::function<double(const Vector& weights)>;

/// root/slope with two digits after the point.
std::string exponent_text(const ExponentCase& one, double slope) {
  return slope > 0 ? shortest(std::round(100 * one.root / slope) / 100) : "infinity";
}

/// Outside the interval by more than rounding.
bool leaves(const Interval& slope, double other) {
  const double rounding = 1e-6 * std::abs(slope.estimate);
  return other < slope.estimate + slope.low - rounding || other > slope.estimate + slope.high + rounding;
}

std::vector<LawWarning> window_warnings(const ExponentCase& one, const SlopeWith& slope_with) {
  const Index sizes = one.weights.size(), third = sizes / 3;
  if (third < 1 || sizes - third <= free_parameters(one.fit.law.form)) return {};
  std::vector<LawWarning> warnings;
  for (const bool smallest : {true, false}) {
    Vector weights = one.weights;
    (smallest ? weights.head(third) : weights.tail(third)).setZero();
    const double slope = slope_with(weights);
    if (leaves(one.slope, slope))
      warnings.push_back({WarningKind::window_dependence,
                          std::string("Without the ") + (smallest ? "smallest" : "largest") +
                              " third of the sizes the exponent is " + exponent_text(one, slope) + "."});
  }
  return warnings;
}

std::vector<LawWarning> leverage_warnings(const ExponentCase& one, const SlopeWith& slope_with) {
  if (one.weights.size() - 1 <= free_parameters(one.fit.law.form)) return {};
  for (Index k = 0; k < one.weights.size(); ++k) {
    Vector weights = one.weights;
    weights[k] = 0;
    const double slope = slope_with(weights);
    if (leaves(one.slope, slope))
      return {{WarningKind::leverage, "Without the size " + shortest(one.curve.sizes[k]) +
                                          " alone the exponent is " + exponent_text(one, slope) + "."}};
  }
  return {};
}

/// The first size at which errors scatter by more than twice their mean, or none.
std::vector<LawWarning> tail_warnings(const MeasuredCurve& curve) {
  for (Index j = 0; j < curve.errors.cols(); ++j) {
    double count = 0, sum = 0, squares = 0;
    for (Index r = 0; r < curve.errors.rows(); ++r)
      if (!std::isnan(curve.errors(r, j)))
        count += 1, sum += curve.errors(r, j), squares += curve.errors(r, j) * curve.errors(r, j);
    const double mean = sum / count;
    if ((squares - count * mean * mean) / (count - 1) > 4 * mean * mean)
      return {{WarningKind::heavy_tail,
               "At n = " + shortest(curve.sizes[j]) +
                   " the errors scatter by more than twice their mean: the mean of a heavy "
                   "tail is not to be trusted (use the geometric mean)."}};
  }
  return {};
}

}  // namespace

std::vector<LawWarning> exponent_warnings(const ExponentCase& one, const SlopeWith& slope_with) {
  std::vector<LawWarning> warnings;
  const auto add = [&](std::vector<LawWarning> more) {
    warnings.insert(warnings.end(), more.begin(), more.end());
  };
  if (one.fit.at_edge)
    add({{WarningKind::edge_of_range,
          "The " + std::string(to_string(one.fit.law.form)) +
              " law ends at the edge of what it may be: these sizes do not identify its other numbers."}});
  add(window_warnings(one, slope_with));
  add(leverage_warnings(one, slope_with));
  if (one.span_of.maxCoeff() < 100 * one.span_of.minCoeff())
    add({{WarningKind::narrow_range, "The sizes used span fewer than two decades."}});
  add(tail_warnings(one.curve));
  if (one.curve.excluded > 0)
    add({{WarningKind::excluded_fits,
          std::to_string(one.curve.excluded) + " fits failed or did not converge and are left out."}});
  return warnings;
}

}  // namespace quartic::detail
