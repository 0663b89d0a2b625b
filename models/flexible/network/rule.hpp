#pragma once
/// A trained network as a predictor.
#include <memory>
#include <vector>

#include "core/fit.hpp"
#include "models/flexible/network/network.hpp"

namespace quartic::detail {

/// Scores in single precision, 256 rows at a time.
struct NetworkRule {
  NetworkShape shape;
  std::shared_ptr<const std::vector<float>> parameters;

  /// x is rows x shape.inputs.
  Vector score(const Matrix& x) const;
  /// A prediction: a pass of one row, network_flops::forward.
  double score_flops() const;
};
static_assert(Scorer<NetworkRule> && BillsScores<NetworkRule>);

/// The linear rule that a network without hidden layers, or with linear units, is; the network itself
/// otherwise.
Predictor make_predictor(const NetworkShape& shape, std::vector<float> parameters);

}  // namespace quartic::detail
