#pragma once
/// A network of which many weights are zero, at the price of the others.
#include "models/flexible/network/rule.hpp"

namespace quartic::detail {

/// A network without its idle units: those that say 0 to every row (no weight into them that is not zero and comes from
/// a unit that says something, and no bias; f(0) = 0 for every activation), and those of which nobody above takes
/// notice. Its function is the same. A layer may lose all units.
struct PrunedShape {
  NetworkShape shape;
  std::vector<float> parameters;
};
/// Precondition: no channels.
PrunedShape without_idle_units(const NetworkShape& shape, std::span<const float> parameters);

/// Weights and biases that are not zero.
Index count_nonzero(std::span<const float> parameters);

/// Scores as NetworkRule does; a prediction costs what is not zero.
struct SparseNetworkRule {
  NetworkRule network;
  double flops = 0;

  Vector score(const Matrix& x) const { return network.score(x); }
  double score_flops() const { return flops; }
};
static_assert(Scorer<SparseNetworkRule> && BillsScores<SparseNetworkRule>);

/// A prediction: multiply and add for each weight, add for each bias, that is not zero, and the activations; where the
/// output is not trained an addition a unit of the last layer.
double sparse_forward_flops(const PrunedShape& pruned);

/// As make_predictor, of what is left without idle units; where a layer has lost all of its units, the constant that
/// they leave, as a linear rule.
struct SparsePredictor {
  Predictor predict;
  Index parameters = 0;  ///< those that are not zero
};
SparsePredictor make_sparse_predictor(const NetworkShape& shape, std::span<const float> parameters);

}  // namespace quartic::detail
