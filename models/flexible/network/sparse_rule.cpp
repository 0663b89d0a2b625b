#include "models/flexible/network/sparse_rule.hpp"

#include <algorithm>
#include <cassert>

#include "models/flexible/network/flops.hpp"

namespace quartic::detail {

namespace {

using Flags = std::vector<bool>;

double weight_of(const LayerPlace& layer, std::span<const float> parameters, Index unit, Index input) {
  return parameters[static_cast<std::size_t>(layer.weights + unit * layer.inputs + input)];
}

// Units of a layer that say something but 0: something comes in.
Flags speaking(const LayerPlace& layer, std::span<const float> parameters, const Flags& below) {
  Flags flags(static_cast<std::size_t>(layer.outputs), false);
  for (Index k = 0; k < layer.outputs; ++k) {
    bool speaks = layer.biases >= 0 && parameters[static_cast<std::size_t>(layer.biases + k)] != 0;
    for (Index j = 0; j < layer.inputs && !speaks; ++j)
      speaks = below[static_cast<std::size_t>(j)] && weight_of(layer, parameters, k, j) != 0;
    flags[static_cast<std::size_t>(k)] = speaks;
  }
  return flags;
}

// Inputs of a layer of which one of its units that are heard takes notice.
Flags heard(const LayerPlace& layer, std::span<const float> parameters, const Flags& above) {
  Flags flags(static_cast<std::size_t>(layer.inputs), false);
  for (Index k = 0; k < layer.outputs; ++k)
    for (Index j = 0; j < layer.inputs; ++j)
      if (above[static_cast<std::size_t>(k)] && weight_of(layer, parameters, k, j) != 0)
        flags[static_cast<std::size_t>(j)] = true;
  return flags;
}

std::vector<Flags> busy_units(const NetworkShape& shape, const std::vector<LayerPlace>& layers,
                              std::span<const float> parameters) {
  const std::size_t hidden = shape.hidden.size();
  std::vector<Flags> busy;
  Flags below(static_cast<std::size_t>(shape.inputs), true);
  for (std::size_t l = 0; l < hidden; ++l) busy.push_back(below = speaking(layers[l], parameters, below));
  Flags above(layers.size() > hidden ? 1 : 0, true);
  for (std::size_t l = hidden; l-- > 0;) {
    Flags listened(busy[l].size(), true);
    if (l + 1 < layers.size()) listened = heard(layers[l + 1], parameters, above);
    for (std::size_t k = 0; k < busy[l].size(); ++k) busy[l][k] = busy[l][k] && listened[k];
    above = busy[l];
  }
  return busy;
}

// The numbers of one layer, of the units and inputs that stay.
void append_layer(const LayerPlace& layer, std::span<const float> parameters, const Flags& units,
                  const Flags& inputs, std::vector<float>& out) {
  for (Index k = 0; k < layer.outputs; ++k)
    for (Index j = 0; j < layer.inputs; ++j)
      if (units[static_cast<std::size_t>(k)] && inputs[static_cast<std::size_t>(j)])
        out.push_back(static_cast<float>(weight_of(layer, parameters, k, j)));
  for (Index k = 0; layer.biases >= 0 && k < layer.outputs; ++k)
    if (units[static_cast<std::size_t>(k)])
      out.push_back(parameters[static_cast<std::size_t>(layer.biases + k)]);
}

// What the network says where a hidden layer says nothing.
double constant_of(const NetworkShape& shape, std::span<const float> parameters) {
  const NetworkRule rule{shape,
                         std::make_shared<const std::vector<float>>(parameters.begin(), parameters.end())};
  return rule.score(Matrix::Zero(1, shape.inputs))[0];
}

}  // namespace

PrunedShape without_idle_units(const NetworkShape& shape, std::span<const float> parameters) {
  assert(shape.channels.empty());
  const std::vector<LayerPlace> layers = layer_places(shape);
  const std::vector<Flags> busy = busy_units(shape, layers, parameters);
  PrunedShape pruned{shape, {}};
  Flags inputs(static_cast<std::size_t>(shape.inputs), true);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Flags units = l < busy.size() ? busy[l] : Flags(1, true);
    append_layer(layers[l], parameters, units, inputs, pruned.parameters);
    if (l < busy.size()) pruned.shape.hidden[l] = std::count(units.begin(), units.end(), true);
    inputs = units;
  }
  return pruned;
}

Index count_nonzero(std::span<const float> parameters) {
  return std::count_if(parameters.begin(), parameters.end(), [](float number) { return number != 0; });
}

double sparse_forward_flops(const PrunedShape& pruned) {
  const NetworkShape& shape = pruned.shape;
  double flops = network_flops::activation(shape.activation) * network_flops::hidden_units(shape);
  const std::span<const float> parameters = pruned.parameters;
  for (const LayerPlace& layer : layer_places(shape)) {
    const auto count = [&](Index first, Index size) {
      return static_cast<double>(
          count_nonzero(parameters.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(size))));
    };
    flops += 2 * count(layer.weights, layer.inputs * layer.outputs);
    if (layer.biases >= 0) flops += count(layer.biases, layer.outputs);
  }
  if (!shape.trained_output && !shape.hidden.empty()) flops += static_cast<double>(shape.hidden.back());
  return flops;
}

SparsePredictor make_sparse_predictor(const NetworkShape& shape, std::span<const float> parameters) {
  PrunedShape pruned = without_idle_units(shape, parameters);
  const Index left = count_nonzero(pruned.parameters);
  const std::vector<Index>& hidden = pruned.shape.hidden;
  if (std::find(hidden.begin(), hidden.end(), Index{0}) != hidden.end()) {
    const double constant = constant_of(shape, parameters);
    return {LinearRule{Vector::Zero(shape.inputs), constant}, constant != 0 ? 1 : 0};
  }
  const double flops = sparse_forward_flops(pruned);
  const Predictor dense = make_predictor(pruned.shape, pruned.parameters);
  if (dense.linear()) return {dense, left};
  return {
      SparseNetworkRule{
          {pruned.shape, std::make_shared<const std::vector<float>>(std::move(pruned.parameters))}, flops},
      left};
}

}  // namespace quartic::detail
