#pragma once
/// Random features in their slow, obvious form, templated on the scalar: what
/// models/flexible/random_features/flops.hpp counts.
#include <numbers>
#include <string>

#include "tests/support/reference/ridge.hpp"

namespace quartic::reference {

using std::cos;
using std::erf;

/// What is drawn: normals, features x columns, and, for Fourier features, a uniform each.
template <class T>
struct DrawnFeatures {
  std::string activation, weights;
  Grid<T> normals;
  Numbers<T> uniforms;
};

/// Rows of weights over sqrt d: of length 1, or of variance 1/d.
template <class T>
Grid<T> scaled_weights(const DrawnFeatures<T>& drawn) {
  Grid<T> w = drawn.normals;
  const T root =
      drawn.weights == "gaussian" ? T(sqrt(T(static_cast<double>(w.columns)))) : T(0);  // once, if at all
  for (std::size_t i = 0; i < w.rows; ++i) {
    T length = root;
    if (drawn.weights == "sphere") {
      T squares = T(0);
      for (std::size_t j = 0; j < w.columns; ++j) squares += w(i, j) * w(i, j);
      length = sqrt(squares);
    }
    for (std::size_t j = 0; j < w.columns; ++j) w(i, j) /= length;
  }
  return w;
}

template <class T>
Grid<T> random_features(const Grid<T>& x, const DrawnFeatures<T>& drawn) {
  Grid<T> u = product(x, transpose(scaled_weights(drawn)));
  Numbers<T> phases = drawn.uniforms;
  if (drawn.activation == "fourier")
    for (T& phase : phases) phase *= T(2 * std::numbers::pi);
  for (std::size_t i = 0; i < u.rows; ++i)
    for (std::size_t k = 0; k < u.columns; ++k) {
      T& feature = u(i, k);
      if (drawn.activation == "relu" && feature < T(0)) feature = T(0);
      if (drawn.activation == "erf") feature = erf(feature * T(1 / std::numbers::sqrt2));
      if (drawn.activation == "fourier") feature = cos(feature + phases[k]);
    }
  return u;
}

/// argmin (1/n) |y - F a|^2 + (N l/d) |a|^2; least squares, or its solution of least norm, where l is 0.
template <class T>
Rule<T> random_features_fit(const Grid<T>& x, const Numbers<T>& y, const DrawnFeatures<T>& drawn, double l) {
  const Grid<T> features = random_features(x, drawn);
  if (l == 0) return least_squares(features, y);
  const T N = T(static_cast<double>(features.columns)), d = T(static_cast<double>(x.columns));
  return ridge(ridge_system(features, y), N * T(l) / d);
}

}  // namespace quartic::reference
