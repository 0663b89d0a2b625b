#pragma once
/// A network in its slow, obvious form, templated on the scalar: the oracle of
/// models/flexible/network/network.hpp (double) and what models/flexible/network/flops.hpp counts
/// (CountingScalar). Sums start from zero.
#include "tests/support/reference/activation.hpp"
#include "tests/support/reference/pictures.hpp"

namespace quartic::reference {

/// What a forward pass leaves: by hidden layer the sums u and the units m f(u), rows x width; and the scores.
template <class T>
struct NetworkPass {
  std::vector<Grid<T>> sums, units;
  std::vector<Grid<T>> mask;  ///< m; empty: 1
  Numbers<T> scores;
  std::vector<PictureBlock<T>> blocks = {};  ///< in place of hidden layers, where there are channels
};

/// W z + b for every row z.
template <class T>
Grid<T> layer_sums(const DenseLayer<T>& layer, const Grid<T>& z) {
  Grid<T> sums = product(z, transpose(layer.weights));
  if (!layer.biases.empty())
    for (std::size_t i = 0; i < sums.rows; ++i)
      for (std::size_t j = 0; j < sums.columns; ++j) sums(i, j) += layer.biases[j];
  return sums;
}

/// The mask, layer by layer of rows x width numbers, as grids.
template <class T>
std::vector<Grid<T>> network_mask(const detail::NetworkShape& shape, std::size_t rows,
                                  const Numbers<T>& mask) {
  std::vector<Grid<T>> grids;
  auto next = mask.begin();
  for (std::size_t l = 0; l < shape.hidden.size() && !mask.empty(); ++l) {
    grids.emplace_back(rows, static_cast<std::size_t>(shape.hidden[l]));
    for (T& number : grids.back().numbers) number = *next++;
  }
  return grids;
}

/// What the last block pooled, a row each.
template <class T>
Grid<T> features_of(const std::vector<PictureBlock<T>>& blocks) {
  const Pictures<T>& last = blocks.back().pooled;
  Grid<T> features(last.rows, last.channels * last.side * last.side);
  features.numbers = last.numbers;
  return features;
}

template <class T>
NetworkPass<T> pictures_forward(const detail::NetworkShape& shape, const Numbers<T>& parameters,
                                const Grid<T>& x) {
  const std::vector<DenseLayer<T>> layers = network_layers(shape, parameters);
  NetworkPass<T> pass;
  std::size_t side = 1;
  while (side * side < x.columns) ++side;
  Pictures<T> z{x.rows, 1, side, x.numbers};
  for (std::size_t l = 0; l < shape.channels.size(); ++l) {
    const Pictures<T> sums = convolved(layers[l], z);
    pass.blocks.push_back({z, sums, pooled(sums)});
    z = pass.blocks.back().pooled;
  }
  pass.scores = layer_sums(layers.back(), features_of(pass.blocks)).numbers;
  return pass;
}

template <class T>
NetworkPass<T> network_forward(const detail::NetworkShape& shape, const Numbers<T>& parameters,
                               const Grid<T>& x, const Numbers<T>& mask = {}) {
  if (!shape.channels.empty()) return pictures_forward(shape, parameters, x);
  const std::vector<DenseLayer<T>> layers = network_layers(shape, parameters);
  NetworkPass<T> pass{{}, {}, network_mask(shape, x.rows, mask), Numbers<T>(x.rows, T(0))};
  for (std::size_t l = 0; l < shape.hidden.size(); ++l) {
    pass.sums.push_back(layer_sums(layers[l], l == 0 ? x : pass.units.back()));
    Grid<T> units = pass.sums.back();
    for (T& unit : units.numbers) unit = activation(shape.activation, unit);
    if (!pass.mask.empty())
      for (std::size_t k = 0; k < units.numbers.size(); ++k) units.numbers[k] *= pass.mask[l].numbers[k];
    pass.units.push_back(std::move(units));
  }
  const Grid<T>& last = pass.units.empty() ? x : pass.units.back();
  if (layers.size() > shape.hidden.size())
    pass.scores = layer_sums(layers.back(), last).numbers;
  else
    for (std::size_t i = 0; i < last.rows; ++i)
      for (std::size_t j = 0; j < last.columns; ++j) pass.scores[i] += last(i, j);
  return pass;
}

/// d / d sums from d / d units of hidden layer l. Phi and tanh of the sums are taken from the forward pass at
/// no charge.
template <class T>
Grid<T> through_activation(const detail::NetworkShape& shape, const NetworkPass<T>& pass, Grid<T> delta,
                           std::size_t l) {
  for (std::size_t k = 0; k < delta.numbers.size(); ++k) {
    const T u = pass.sums[l].numbers[k];
    const double number = static_cast<double>(u);
    if (!pass.mask.empty()) delta.numbers[k] *= pass.mask[l].numbers[k];
    delta.numbers[k] =
        times_derivative(shape.activation, delta.numbers[k], u, T(std::tanh(number)), T(normal_cdf(number)));
  }
  return delta;
}

/// d / d weights and biases of a layer from d / d its sums.
template <class T>
Numbers<T> layer_gradient(const DenseLayer<T>& layer, const Grid<T>& inputs, const Grid<T>& delta) {
  Numbers<T> part = product(transpose(delta), inputs).numbers, of_biases(layer.biases.size(), T(0));
  for (std::size_t j = 0; j < of_biases.size(); ++j)
    for (std::size_t i = 0; i < delta.rows; ++i) of_biases[j] += delta(i, j);
  part.insert(part.end(), of_biases.begin(), of_biases.end());
  return part;
}

template <class T>
Numbers<T> pictures_gradient(const detail::NetworkShape& shape, const Numbers<T>& parameters,
                             const NetworkPass<T>& pass, const Numbers<T>& slopes) {
  const std::vector<DenseLayer<T>> layers = network_layers(shape, parameters);
  Grid<T> top(slopes.size(), 1);
  top.numbers = slopes;
  Numbers<T> gradient = layer_gradient(layers.back(), features_of(pass.blocks), top);
  const Pictures<T>& last = pass.blocks.back().pooled;
  Pictures<T> below{last.rows, last.channels, last.side, product(top, layers.back().weights).numbers};
  for (std::size_t l = pass.blocks.size(); l-- > 0;) {
    const Pictures<T> delta = through_pooling(pass.blocks[l], below);
    const Numbers<T> part = kernel_gradient(layers[l], pass.blocks[l].inputs, delta);
    gradient.insert(gradient.begin(), part.begin(), part.end());
    if (l > 0) below = through_convolution(layers[l], delta);
  }
  return gradient;
}

/// sum_i slopes_i d f(x_i) / d parameters, in the order of the parameters.
template <class T>
Numbers<T> network_gradient(const detail::NetworkShape& shape, const Numbers<T>& parameters, const Grid<T>& x,
                            const NetworkPass<T>& pass, const Numbers<T>& slopes) {
  if (!shape.channels.empty()) return pictures_gradient(shape, parameters, pass, slopes);
  const std::vector<DenseLayer<T>> layers = network_layers(shape, parameters);
  const std::size_t hidden = shape.hidden.size();
  Grid<T> delta(x.rows, 1);
  delta.numbers = slopes;
  if (layers.size() == hidden) {  // each unit of the last layer counts once in the score
    Grid<T> top(x.rows, pass.units.back().columns);
    for (std::size_t i = 0; i < top.rows; ++i)
      for (std::size_t j = 0; j < top.columns; ++j) top(i, j) = slopes[i];
    delta = through_activation(shape, pass, std::move(top), hidden - 1);
  }
  Numbers<T> gradient;
  for (std::size_t l = layers.size(); l-- > 0;) {
    const Numbers<T> part = layer_gradient(layers[l], l == 0 ? x : pass.units[l - 1], delta);
    gradient.insert(gradient.begin(), part.begin(), part.end());
    if (l > 0) delta = through_activation(shape, pass, product(delta, layers[l].weights), l - 1);
  }
  return gradient;
}

/// parameters - steps_l gradient, steps two a trained layer: of its weights, of its biases.
template <class T>
Numbers<T> network_descent(const detail::NetworkShape& shape, Numbers<T> parameters,
                           const Numbers<T>& gradient, const Numbers<T>& steps) {
  std::size_t k = 0, l = 0;
  for (const DenseLayer<T>& layer : network_layers(shape, parameters)) {
    for (std::size_t i = 0; i < layer.weights.numbers.size(); ++i, ++k)
      parameters[k] -= steps[2 * l] * gradient[k];
    for (std::size_t i = 0; i < layer.biases.size(); ++i, ++k)
      parameters[k] -= steps[2 * l + 1] * gradient[k];
    ++l;
  }
  return parameters;
}

}  // namespace quartic::reference
