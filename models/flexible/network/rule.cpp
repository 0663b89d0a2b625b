#include "models/flexible/network/rule.hpp"

#include <algorithm>
#include <cassert>

#include "models/flexible/network/flops.hpp"

namespace quartic::detail {

namespace {

constexpr Index rows_at_a_time = 256;

bool is_linear(const NetworkShape& shape) {
  return shape.channels.empty() && (shape.hidden.empty() || shape.activation == ActivationKind::linear);
}

// The score is v'(W z + b) at every layer: v <- W'v from the last layer to the first.
LinearRule collapsed(const NetworkShape& shape, const std::vector<float>& parameters) {
  const std::vector<LayerPlace> layers = layer_places(shape);
  LinearRule rule{Vector::Ones(layers.back().outputs), 0};
  for (std::size_t l = layers.size(); l-- > 0;) {
    const LayerPlace& layer = layers[l];
    const Matrix weights =
        Eigen::Map<const MatrixF>(parameters.data() + layer.weights, layer.outputs, layer.inputs)
            .cast<double>();
    if (layer.biases >= 0)
      rule.intercept += rule.coefficients.dot(
          Eigen::Map<const Eigen::VectorXf>(parameters.data() + layer.biases, layer.outputs).cast<double>());
    rule.coefficients = (weights.transpose() * rule.coefficients).eval();
  }
  return rule;
}

}  // namespace

Vector NetworkRule::score(const Matrix& x) const {
  assert(x.cols() == shape.inputs);
  Network<float> network(shape, std::clamp<Index>(x.rows(), 1, rows_at_a_time));
  Vector scores(x.rows());
  std::vector<float> some(static_cast<std::size_t>(rows_at_a_time));
  for (Index first = 0; first < x.rows(); first += rows_at_a_time) {
    const Index count = std::min(rows_at_a_time, x.rows() - first);
    const MatrixF rows = x.middleRows(first, count).cast<float>();
    network.forward(*parameters, {rows.data(), count, rows.cols()},
                    std::span(some).first(static_cast<std::size_t>(count)));
    scores.segment(first, count) = Eigen::Map<const Eigen::VectorXf>(some.data(), count).cast<double>();
  }
  return scores;
}

double NetworkRule::score_flops() const {
  return network_flops::forward(shape, 1);
}

Predictor make_predictor(const NetworkShape& shape, std::vector<float> parameters) {
  if (is_linear(shape)) return collapsed(shape, parameters);
  return NetworkRule{shape, std::make_shared<const std::vector<float>>(std::move(parameters))};
}

}  // namespace quartic::detail
