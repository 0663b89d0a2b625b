#pragma once
/// One layer of a network, and all of them out of the one buffer.
#include "models/flexible/network/network.hpp"
#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

/// One layer: weights outputs x inputs, and a bias each where there are any. The inputs of a convolution are 3 x 3
/// pixels, channel by channel.
template <class T>
struct DenseLayer {
  Grid<T> weights;
  Numbers<T> biases;
};

/// The trained layers, out of the one buffer.
template <class T>
std::vector<DenseLayer<T>> network_layers(const detail::NetworkShape& shape, const Numbers<T>& parameters) {
  std::vector<DenseLayer<T>> layers;
  std::size_t inputs = static_cast<std::size_t>(shape.inputs);
  auto next = parameters.begin();
  const auto add = [&](std::size_t outputs) {
    DenseLayer<T> layer{Grid<T>(outputs, inputs), {}};
    for (T& weight : layer.weights.numbers) weight = *next++;
    if (shape.biases)
      for (std::size_t j = 0; j < outputs; ++j) layer.biases.push_back(*next++);
    layers.push_back(std::move(layer));
    inputs = outputs;
  };
  std::size_t side = 1, below = 1;
  while (side * side < inputs) ++side;
  for (const Index channels : shape.channels) {
    inputs = 9 * below;
    below = static_cast<std::size_t>(channels);
    add(below);
    side /= 2;
    inputs = below * side * side;
  }
  for (const Index width : shape.hidden) add(static_cast<std::size_t>(width));
  if (shape.trained_output || shape.hidden.empty()) add(1);
  return layers;
}

}  // namespace quartic::reference
