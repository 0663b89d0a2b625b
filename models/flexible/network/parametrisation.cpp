#include "models/flexible/network/parametrisation.hpp"

#include <cmath>

namespace quartic::detail {

namespace {

enum class Role { hidden, output };

// sqrt Var w by name: he 2/in, lecun 1/in, glorot 2/(in + out).
double named_deviation(Initialisation initialisation, const LayerPlace& layer, Role role) {
  const double in = static_cast<double>(layer.inputs), out = static_cast<double>(layer.outputs);
  switch (initialisation) {
    case Initialisation::he:
      return std::sqrt(2 / in);
    case Initialisation::lecun:
      return std::sqrt(1 / in);
    case Initialisation::glorot:
      return std::sqrt(2 / (in + out));
    case Initialisation::zero_output:
      return role == Role::output ? 0 : std::sqrt(2 / in);
  }
  return 0;
}

LayerScale ntk(LayerScale scale, const LayerPlace& layer, const Scaling& scaling) {
  const double in = static_cast<double>(layer.inputs);
  scale.weights_rate = scaling.adaptive ? 1 / std::sqrt(in) : 1 / in;
  return scale;
}

// Which sides of a layer are widths.
struct Sides {
  bool in, out;
};

LayerScale mup(LayerScale scale, const LayerPlace& layer, Sides widths, const Scaling& scaling) {
  const double in = widths.in ? static_cast<double>(layer.inputs) / scaling.base_width : 1;
  const double out = widths.out ? static_cast<double>(layer.outputs) / scaling.base_width : 1;
  if (!widths.out) scale.deviation /= std::sqrt(in);
  if (scaling.adaptive || !widths.out) scale.weights_rate = 1 / in;
  if (!scaling.adaptive) {
    if (!widths.in) scale.weights_rate = out;
    scale.biases_rate = out;
  }
  return scale;
}

}  // namespace

std::vector<LayerScale> layer_scales(const NetworkShape& shape, const Scaling& scaling) {
  const std::vector<LayerPlace> layers = layer_places(shape);
  std::vector<LayerScale> scales;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Role role = l + 1 == layers.size() ? Role::output : Role::hidden;
    LayerScale scale{scaling.initial_scale * named_deviation(scaling.initialisation, layers[l], role), 1, 1};
    if (scaling.parametrisation == Parametrisation::ntk) scale = ntk(scale, layers[l], scaling);
    if (scaling.parametrisation == Parametrisation::mup)
      scale = mup(scale, layers[l], {l > 0, l < shape.hidden.size()}, scaling);
    scales.push_back(scale);
  }
  return scales;
}

std::vector<ParameterGroup> parameter_groups(const NetworkShape& shape,
                                             const std::vector<LayerScale>& scales) {
  const std::vector<LayerPlace> layers = layer_places(shape);
  std::vector<ParameterGroup> groups;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const LayerPlace& layer = layers[l];
    groups.push_back({{layer.weights, layer.inputs * layer.outputs}, scales[l].weights_rate, true});
    if (layer.biases >= 0) groups.push_back({{layer.biases, layer.outputs}, scales[l].biases_rate, false});
  }
  return groups;
}

}  // namespace quartic::detail
