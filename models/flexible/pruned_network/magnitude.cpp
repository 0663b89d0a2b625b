#include "models/flexible/pruned_network/magnitude.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace quartic::detail {

namespace {

using Places = std::vector<std::size_t>;

// The places of the weights that are kept, layer by layer, in order.
std::vector<Places> weights_kept(const NetworkShape& shape, const Kept& kept) {
  std::vector<Places> layers;
  for (const LayerPlace& layer : layer_places(shape)) {
    Places places;
    for (Index k = 0; k < layer.inputs * layer.outputs; ++k) {
      const auto place = static_cast<std::size_t>(layer.weights + k);
      if (kept[place] != 0) places.push_back(place);
    }
    layers.push_back(std::move(places));
  }
  return layers;
}

// A share such as 0.1 of 10 weights is one weight, whatever its power rounds to.
std::size_t count_share(const LayerPlace& layer, double share) {
  const double exact = share * static_cast<double>(layer.inputs * layer.outputs);
  return static_cast<std::size_t>(std::max(1.0, std::ceil(exact * (1 - 1e-12))));
}

// What is no number is the smallest.
float size_of(float weight) {
  return std::isnan(weight) ? 0 : std::abs(weight);
}

}  // namespace

Kept keep_all(const NetworkShape& shape) {
  return Kept(static_cast<std::size_t>(parameter_count(shape)), 1.0F);
}

Kept keep_largest(const NetworkShape& shape, std::span<const float> parameters, const Kept& kept,
                  double share) {
  Kept left = kept;
  const std::vector<LayerPlace> layers = layer_places(shape);
  std::vector<Places> all = weights_kept(shape, kept);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    std::stable_sort(all[l].begin(), all[l].end(), [&](std::size_t a, std::size_t b) {
      return size_of(parameters[a]) > size_of(parameters[b]);
    });
    for (std::size_t k = count_share(layers[l], share); k < all[l].size(); ++k) left[all[l][k]] = 0;
  }
  return left;
}

Kept keep_above(const NetworkShape& shape, std::span<const float> parameters, const Kept& kept,
                double threshold) {
  Kept left = kept;
  for (const Places& layer : weights_kept(shape, kept))
    for (const std::size_t place : layer)
      if (static_cast<double>(size_of(parameters[place])) < threshold) left[place] = 0;
  return left;
}

bool has_weights(const NetworkShape& shape, const Kept& kept) {
  const std::vector<Places> layers = weights_kept(shape, kept);
  return std::none_of(layers.begin(), layers.end(), [](const Places& layer) { return layer.empty(); });
}

Index count_weights(const NetworkShape& shape) {
  return count_weights(shape, keep_all(shape));
}

Index count_weights(const NetworkShape& shape, const Kept& kept) {
  Index count = 0;
  for (const Places& layer : weights_kept(shape, kept)) count += std::ssize(layer);
  return count;
}

void cut(const Kept& kept, std::span<float> parameters) {
  assert(kept.size() == parameters.size());
  for (std::size_t k = 0; k < kept.size(); ++k)
    if (kept[k] == 0) parameters[k] = 0;
}

}  // namespace quartic::detail
