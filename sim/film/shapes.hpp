#pragma once
/// The curves that a film is drawn with, in single precision: plain arithmetic that a compiler may vectorise and
/// that has the same bits everywhere.
#include <cmath>
#include <cstdint>

namespace quartic::detail {

/// x, but 0 where it is negative. Exact; a comparison would keep g++ 12 from vectorising what it stands in.
[[gnu::always_inline]] inline float positive(float x) {
  return 0.5F * (x + std::abs(x));
}

/// A soft edge: 0 up to -3, 1 from 3 on, a cubic between, with the slope of 1/(1 + e^-t) in the middle.
[[gnu::always_inline]] inline float soft_step(float t) {
  const float s = 1 - positive(1 - positive(t * (1.0F / 6) + 0.5F));
  return s * s * (3 - 2 * s);
}

/// A soft spot: nearly e^(-t^2), but 0 from |t| = 2 on.
[[gnu::always_inline]] inline float soft_spot(float t) {
  const float q = positive(1 - t * t * 0.25F);
  return q * q * (q * q);
}

/// e^x. Precondition: |x| <= 80. Relative error below 3e-7 (the polynomial of Cephes' expf, Moshier 1992).
[[gnu::always_inline]] inline float film_exponential(float x) {
  constexpr float rounder = 12582912;  // 1.5 2^23: adding it rounds to a whole number
  const float k = (x * 1.44269504F + rounder) - rounder;
  const float r = (x - k * 0.693359375F) + k * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const auto bits = static_cast<std::uint32_t>((static_cast<std::int32_t>(k) + 127)) << 23U;
  return (p * (r * r) + r + 1) * __builtin_bit_cast(float, bits);
}

/// log x of a normal number x > 0. Absolute error below 2e-7 (1 + |log x|) (the polynomial of Cephes' logf).
[[gnu::always_inline]] inline float film_logarithm(float x) {
  constexpr std::int32_t root_half = 0x3f3504f3;  // the bits of sqrt 1/2
  const std::int32_t shifted = __builtin_bit_cast(std::int32_t, x) - root_half;
  const auto k = static_cast<float>(shifted >> 23);
  const float m = __builtin_bit_cast(float, (shifted & 0x007fffff) + root_half) - 1;  // x = 2^k (1 + m)
  const float z = m * m;
  float p = 7.0376836292e-2F;
  p = p * m - 1.1514610310e-1F;
  p = p * m + 1.1676998740e-1F;
  p = p * m - 1.2420140846e-1F;
  p = p * m + 1.4249322787e-1F;
  p = p * m - 1.6668057665e-1F;
  p = p * m + 2.0000714765e-1F;
  p = p * m - 2.4999993993e-1F;
  p = p * m + 3.3333331174e-1F;
  return (m + (m * z * p - 0.5F * z)) + k * 0.693147180F;
}

}  // namespace quartic::detail
