#include "laws/curves/curve_points.hpp"

#include "laws/statistics/weights.hpp"

namespace quartic {

LawPoints curve_points(const Vector& sizes, const Averages& errors, const LawOptions& options) {
  if (options.weights.size() > 0) return {sizes, errors.values, options.weights};
  return {sizes, unbiased_averages(errors, sizes),
          options.even ? even_weights(errors, sizes) : log_average_weights(errors, sizes)};
}

LawPoints curve_points(const MeasuredCurve& curve, const LawOptions& options) {
  return curve_points(curve.sizes, average_columns(curve.errors, options.average), options);
}

}  // namespace quartic
