#pragma once
/// What random features cost, in flops (core/fit.hpp says what counts as one; a cosine is one). Drawing
/// random numbers counts nothing. Exact: tests/support/reference/random_features.hpp.
#include "models/flexible/random_features/layer.hpp"
#include "models/linear/flops.hpp"

namespace quartic::detail::feature_flops {

/// Weights w/|w|, or w/sqrt d, and phases 2 pi u.
constexpr double draw(const RandomLayerShape& shape) {
  const auto N = static_cast<double>(shape.features), d = static_cast<double>(shape.columns);
  const double scale = shape.weights == WeightLaw::sphere ? N * norm_flops(d) : 1;
  return scale + N * d + (shape.map == FeatureMap::fourier ? N : 0);
}
/// s(u): max(u, 0), erf(u/sqrt 2) or cos(u + b).
constexpr double activation(FeatureMap map) {
  return map == FeatureMap::relu ? 0 : 2;
}
/// All features of `rows` rows.
constexpr double evaluate(const RandomLayerShape& shape, double rows) {
  const auto N = static_cast<double>(shape.features), d = static_cast<double>(shape.columns);
  return product_flops(rows, d, N) + rows * N * activation(shape.map);
}
/// N l/d.
constexpr double penalty() {
  return 2;
}

}  // namespace quartic::detail::feature_flops
