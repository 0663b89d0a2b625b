#include "laws/curves/form_slope.hpp"

#include <algorithm>
#include <cmath>

#include "laws/curves/curve_points.hpp"

namespace quartic::detail {

std::vector<ReplicateTable> curve_tables(const MeasuredCurve& curve, Average average, Growing growing) {
  std::vector<ReplicateTable> tables = {{curve.errors, average}};
  if (growing == Growing::computing) tables.push_back({curve.flops, Average::mean});
  return tables;
}

LawPoints form_points(const CurveForm& form, std::span<const Averages> tables) {
  LawPoints points = curve_points(form.sizes, tables[0], form.options);
  if (form.growing == Growing::computing && form.form == LawForm::power) points.sizes = tables[1].values;
  return points;
}

double form_slope(const CurveForm& form, std::span<const Averages> tables, const LawFitOptions& options,
                  const Vector& weights) {
  LawPoints on = form_points(form, tables);
  if (weights.size() > 0) on.weights = weights;
  const double fall = fit_law(form.form, on, options).law.exponent;
  if (form.growing == Growing::data || form.form == LawForm::power) return fall;
  return fall / -fit_power_law({form.sizes, tables[1].values, on.weights}).exponent;
}

double interpolate_log(const Vector& sizes, const Vector& values, double n) {
  if (sizes.size() == 1) return std::log(values[0]);
  const Index right =
      std::clamp<Index>(std::upper_bound(sizes.begin(), sizes.end(), n) - sizes.begin(), 1, sizes.size() - 1);
  const double x0 = std::log(sizes[right - 1]), x1 = std::log(sizes[right]);
  const double y0 = std::log(values[right - 1]), y1 = std::log(values[right]);
  return y0 + (y1 - y0) * (std::log(n) - x0) / (x1 - x0);
}

}  // namespace quartic::detail
