#pragma once
/// What the passes of a network cost, in flops (core/fit.hpp says what counts as one), for a
/// batch of `rows` rows. Sums start from zero, as in models/linear/flops.hpp. Exact:
/// tests/support/reference/network.hpp.
///
/// An activation costs, a unit and row,
///              forward                                backward: delta f'(u)
///     linear   0                                      0
///     relu     0 (a comparison)                       0 (a selection)
///     tanh     1                                      3   delta (1 - f f)
///     erf      2   erf(c u)                           5   delta (c exp(u u c))
///     gelu     5   u (.5 (1 + erf(c u)))              7   delta (Phi + u (c exp(u u c))), Phi kept
/// A convolution is a layer at every pixel of its picture, the zeros around it multiplied as other numbers are; of
/// pooling nothing counts (comparisons and selections), and what it selects is not spared on the way back.
/// Dropout multiplies once more in each direction. Nothing else counts: not the derivatives by the inputs of
/// the first layer, which nobody computes.
#include "models/flexible/network/network.hpp"

namespace quartic::detail::network_flops {

constexpr double activation(ActivationKind kind) {
  switch (kind) {
    case ActivationKind::linear:
    case ActivationKind::relu:
      return 0;
    case ActivationKind::tanh:
      return 1;
    case ActivationKind::erf:
      return 2;
    case ActivationKind::gelu:
      return 5;
  }
  return 0;
}
constexpr double derivative(ActivationKind kind) {
  switch (kind) {
    case ActivationKind::linear:
    case ActivationKind::relu:
      return 0;
    case ActivationKind::tanh:
      return 3;
    case ActivationKind::erf:
      return 5;
    case ActivationKind::gelu:
      return 7;
  }
  return 0;
}

/// Hidden units of all layers.
double hidden_units(const NetworkShape& shape);

/// Scores: 2 rows (weights, at every pixel), additions of biases, activations; rows additions a unit where the
/// output is not trained.
double forward(const NetworkShape& shape, double rows);
/// The gradient with respect to the parameters: 2 rows (weights) for it and 2 rows (weights above the first
/// layer) for the derivatives by hidden units, sums over biases, and derivatives of activations.
double backward(const NetworkShape& shape, double rows);
/// parameters -= step gradient.
double update(const NetworkShape& shape);
/// What a mask adds to forward and backward together.
double mask(const NetworkShape& shape, double rows);

}  // namespace quartic::detail::network_flops
