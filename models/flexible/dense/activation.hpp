#pragma once
/// Activations and their derivatives, one number at a time, in a form that loops over them vectorise.
///
/// float: polynomials. tanh and erf are right to 3e-7 of their value, derivatives to 3e-7 of 1, gelu to 3e-7
/// of its value or of .2, whichever is larger. double: those of the standard library.
///     erf:  f = erf(u / sqrt 2) = 2 Phi(u) - 1,   f' = 2 phi(u)
///     gelu: f = u Phi(u),                         f' = Phi(u) + u phi(u)
/// (Hendrycks & Gimpel 2016).
#include <cmath>
#include <cstdint>
#include <numbers>

#include "models/flexible/dense/activation_kind.hpp"

namespace quartic::detail {

/// f(u) and f'(u).
template <class Real>
struct Activated {
  Real value, slope;
};

namespace scalar {

/// e^x for x in [-87, 0]; below, that of -87. n log 2 + r, then a polynomial of degree 7 (Moshier's Cephes).
[[gnu::always_inline]] inline float exp_of_negative(float x) {
  constexpr float shift = 12582912.0F;  // 1.5 2^23: to add it rounds to whole numbers
  x = x < -87.0F ? -87.0F : x;
  const float n = (x * std::numbers::log2e_v<float> + shift) - shift;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * (r * r) + r + 1.0F;
  const std::int32_t power = (static_cast<std::int32_t>(n) + 127) << 23;
  return p * __builtin_bit_cast(float, power);
}
[[gnu::always_inline]] inline double exp_of_negative(double x) {
  return std::exp(x);
}

[[gnu::always_inline]] inline float tanh_of(float u) {
  const float t = std::abs(u), s = u * u, e = exp_of_negative(-2 * t);
  float p = -5.70498872745e-3F;
  p = p * s + 2.06390887954e-2F;
  p = p * s - 5.37397155531e-2F;
  p = p * s + 1.33314422036e-1F;
  p = p * s - 3.33332819422e-1F;
  const float large = std::copysign((1 - e) / (1 + e), u);
  return t < 0.625F ? u + u * (s * p) : large;
}
[[gnu::always_inline]] inline double tanh_of(double u) {
  return std::tanh(u);
}

/// erf(u / sqrt 2), and Phi(u) without cancellation on the left.
template <class Real>
struct Error {
  Real erf, cdf;
};
/// erf x by a polynomial about 0, and 1 - e^-r with a polynomial r beyond .93.
[[gnu::always_inline]] inline Error<float> error_of(float u) {
  const float x = u * 0.70710678F, t = std::abs(x), s = x * x;
  float r = -1.72853470e-5F * t + 3.83197126e-4F;
  r = r * s + (-3.88396438e-3F * t + 2.42546219e-2F);
  r = r * t - 1.06777877e-1F;
  r = r * t - 6.34846687e-1F;
  r = r * t - 1.28717512e-1F;
  const float tail = exp_of_negative(r * t - t);
  float p = -5.96761703e-4F;
  p = p * s + 4.99119423e-3F;
  p = p * s - 2.67681349e-2F;
  p = p * s + 1.12819925e-1F;
  p = p * s - 3.76125336e-1F;
  p = p * s + 1.28379166e-1F;
  const float near = p * x + x, half = 0.5F * tail;
  const bool far = t > 0.927734375F;
  const float beyond = x < 0 ? half : 1 - half;
  return {far ? std::copysign(1 - tail, x) : near, far ? beyond : 0.5F + 0.5F * near};
}
[[gnu::always_inline]] inline Error<double> error_of(double u) {
  const double x = u * (std::numbers::sqrt2 / 2);
  return {std::erf(x), std::erfc(-x) / 2};
}

/// phi(u).
template <class Real>
[[gnu::always_inline]] inline Real density(Real u) {
  constexpr Real scale = static_cast<Real>(std::numbers::inv_sqrtpi_v<double> / std::numbers::sqrt2);
  return scale * exp_of_negative(u * u * static_cast<Real>(-0.5));
}

}  // namespace scalar

/// f(u) and f'(u); a caller that drops one does not pay for it.
template <ActivationKind kind, class Real>
[[gnu::always_inline]] inline Activated<Real> activated(Real u) {
  if constexpr (kind == ActivationKind::relu) {
    return {u < 0 ? Real(0) : u, u > 0 ? Real(1) : Real(0)};  // what is not a number stays so
  } else if constexpr (kind == ActivationKind::tanh) {
    const Real value = scalar::tanh_of(u);
    return {value, 1 - value * value};
  } else if constexpr (kind == ActivationKind::erf) {
    return {scalar::error_of(u).erf, 2 * scalar::density(u)};
  } else if constexpr (kind == ActivationKind::gelu) {
    const Real cdf = scalar::error_of(u).cdf;
    return {u * cdf, cdf + u * scalar::density(u)};
  } else {
    return {u, 1};
  }
}

}  // namespace quartic::detail
