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

std::vector<ReplicateTable> cost_tables(const MeasuredCurve& curve) {
  if (curve.parts.empty()) return {{curve.flops, Average::mean}};
  std::vector<ReplicateTable> tables;
  for (const Matrix& part : curve.parts) tables.push_back({part, Average::mean});
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

namespace {

/// The size behind n of the two that it lies between, or that are nearest; at least two sizes.
Index size_behind(const Vector& sizes, double n) {
  return std::clamp<Index>(std::upper_bound(sizes.begin(), sizes.end(), n) - sizes.begin(), 1,
                           sizes.size() - 1);
}

/// How far log n is from the size before the right one to it: 0 to 1 between them.
double share_of_way(const Vector& sizes, Index right, double n) {
  const double start = std::log(sizes[right - 1]);
  return (std::log(n) - start) / (std::log(sizes[right]) - start);
}

}  // namespace

double interpolate_log(const Vector& sizes, const Vector& values, double n) {
  if (sizes.size() == 1) return std::log(values[0]);
  const Index right = size_behind(sizes, n);
  const double y0 = std::log(values[right - 1]), y1 = std::log(values[right]);
  return y0 + (y1 - y0) * share_of_way(sizes, right, n);
}

double log_cost(const Vector& sizes, std::span<const Averages> parts, double n) {
  if (parts.size() == 1) return interpolate_log(sizes, parts[0].values, n);
  double sum = 0;
  for (const Averages& part : parts) {
    const Index right = sizes.size() == 1 ? 0 : size_behind(sizes, n), left = std::max<Index>(0, right - 1);
    const double before = part.values[left], after = part.values[right];
    if (before > 0 && after > 0)
      sum += std::exp(interpolate_log(sizes, part.values, n));
    else
      sum += right == left ? after
                           : before + (after - before) * std::clamp(share_of_way(sizes, right, n), 0.0, 1.0);
  }
  return std::log(sum);
}

}  // namespace quartic::detail
