#pragma once
/// Activations of hidden units and their derivatives, templated on the scalar.
#include <cmath>

#include "models/flexible/dense/activation_kind.hpp"
#include "tests/support/counting_scalar.hpp"

namespace quartic::reference {

using std::erf;
using std::exp;
using std::tanh;

/// Phi(u) = (1 + erf(u / sqrt 2)) / 2.
template <class T>
T normal_cdf(T u) {
  return T(0.5) * (T(1) + erf(u * T(0.70710678118654752440)));
}
/// phi(u) = exp(-u^2 / 2) / sqrt(2 pi).
template <class T>
T normal_density(T u) {
  return exp(u * u * T(-0.5)) * T(0.39894228040143267794);
}

/// f(u).
template <class T>
T activation(detail::ActivationKind kind, T u) {
  switch (kind) {
    case detail::ActivationKind::linear:
      return u;
    case detail::ActivationKind::relu:
      return u > T(0) ? u : T(0);
    case detail::ActivationKind::tanh:
      return tanh(u);
    case detail::ActivationKind::erf:
      return erf(u * T(0.70710678118654752440));
    case detail::ActivationKind::gelu:
      return u * normal_cdf(u);
  }
  return T(0);
}

/// delta f'(u), where Phi(u) and tanh u are known from f(u).
template <class T>
T times_derivative(detail::ActivationKind kind, T delta, T u, T value, T cdf) {
  switch (kind) {
    case detail::ActivationKind::linear:
      return delta;
    case detail::ActivationKind::relu:
      return u > T(0) ? delta : T(0);
    case detail::ActivationKind::tanh:
      return delta * (T(1) - value * value);
    case detail::ActivationKind::erf:
      return delta * (T(0.79788456080286535588) * exp(u * u * T(-0.5)));
    case detail::ActivationKind::gelu:
      return delta * (cdf + u * normal_density(u));
  }
  return T(0);
}

}  // namespace quartic::reference
