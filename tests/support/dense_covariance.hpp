#pragma once
/// Sigma written out, d x d, from its definition: the slow oracle of sim/parts/covariance.hpp.
#include <cmath>
#include <string_view>

#include "core/types.hpp"

namespace quartic::support {

inline Matrix isotropic(Index d) {
  return Matrix::Identity(d, d);
}

inline Matrix autoregressive(Index d, double rho) {
  Matrix Sigma(d, d);
  for (Index j = 0; j < d; ++j)
    for (Index k = 0; k < d; ++k) Sigma(j, k) = std::pow(rho, std::abs(static_cast<double>(j - k)));
  return Sigma;
}

inline Matrix blocks(Index d, Index size, double rho) {
  Matrix Sigma(d, d);
  for (Index j = 0; j < d; ++j)
    for (Index k = 0; k < d; ++k) Sigma(j, k) = j == k ? 1 : (j / size == k / size ? rho : 0);
  return Sigma;
}

inline Matrix spectrum(Index d, double exponent) {
  Matrix Sigma = Matrix::Zero(d, d);
  for (Index j = 0; j < d; ++j) Sigma(j, j) = std::pow(static_cast<double>(j + 1), -exponent);
  return Sigma;
}

}  // namespace quartic::support
