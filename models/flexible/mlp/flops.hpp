#pragma once
/// What a network costs, in flops (core/fit.hpp says what counts as one).
///
/// Exact: sums start from zero as in models/linear/flops.hpp, and tests compare with a scalar that counts.
/// Tanh and Phi of the hidden sums are remembered from the forward pass; numbers that all rows and parameters
/// of a step share (the rate, 1 - mu^t) are not counted, nor is drawing random numbers.
#include "models/flexible/mlp/loss.hpp"
#include "models/flexible/network/flops.hpp"
#include "models/flexible/network/proximal.hpp"
#include "models/optim/optimiser.hpp"

namespace quartic::detail {

/// Weights and biases, which an optimiser treats differently.
struct ParameterCounts {
  double weights = 0, biases = 0;
  double all() const { return weights + biases; }
};
ParameterCounts parameter_counts(const NetworkShape& shape);

/// The dropout mask multiplies hidden units, on the way out and back.
enum class Dropout { off, on };

/// The mean error of so many rows: forward, errors, and a division.
double evaluation_flops(const NetworkShape& shape, const Loss& loss, double rows);
/// One step on so many rows: forward, loss, backward, update, proximal step, the batch's mean error and its share of
/// the epoch's.
struct StepCost {
  const NetworkShape& shape;
  const Loss& loss;
  const OptimiserRule& rule;
  Dropout dropout = Dropout::off;
  ProximalRule proximal = {};
  double flops(double rows) const;
};

}  // namespace quartic::detail
