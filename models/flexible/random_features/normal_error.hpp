#pragma once
/// What a rule of random features gets wrong where rows are normal and the answer is linear, without drawing a row.
#include <optional>

#include "core/fit.hpp"
#include "models/flexible/random_features/layer.hpp"

namespace quartic::detail {

/// Beyond, a few thousand fresh rows are cheaper than products of all features with one another.
inline constexpr Index most_paired_features = 8192;

/// E (f(x) - x'b)^2, f(x) = sum a_i s(u_i), u_i = <w_i, x> of variance v_i, x = D z, z ~ N(0, I). The part of s(u) that is
/// linear in z is m u, m = E s'(u) (Stein's lemma), and the rest is uncorrelated with z:
///   E (f - x'b)^2 = |D (sum_i a_i m_i w_i - b)|^2 + sum_ij a_i a_j k_ij,
/// two terms that are not negative, so that nothing cancels. With c the covariance of u_i and u_j
///   relu     m = 1/2                    k = E|u_i u_j|/4 = sqrt(v_i v_j) g(c / sqrt(v_i v_j)) / (2 pi),
///                                       g(t) = sqrt(1 - t^2) + t asin t (Cho & Saul 2009)
///   erf      m = sqrt(2/(pi (1 + v)))   k = (2/pi) (asin r - r), r = c / sqrt((1 + v_i)(1 + v_j)) (Williams 1997)
///   fourier  m = -sin(b) e^(-v/2)       k = e^(-(v_i + v_j)/2) (cos b_i cos b_j cosh c + sin b_i sin b_j (sinh c - c)).
/// About N^2 d operations and N^2/2 values of k, N features of d columns, in tiles of 256 KiB. Covariances and values of
/// k are of single precision, their sums of double: k is accurate to 2e-7 of the largest. Nothing for more than most_paired_features, and where a number is not finite.
std::optional<double> normal_error(const RandomLayer& layer, const Vector& coefficients,
                                   const NormalLaw& law);

}  // namespace quartic::detail
