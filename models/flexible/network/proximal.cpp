#include "models/flexible/network/proximal.hpp"

#include <cassert>
#include <cmath>

namespace quartic::detail {

namespace {

template <class Real>
void shrink_weights(std::span<Real> weights, Real by) {
  for (Real& w : weights) {
    const Real size = std::abs(w);
    if (size <= by)
      w = 0;
    else
      w = std::copysign(size - by, w);
  }
}

// The weights and the bias of one unit.
template <class Real>
struct Unit {
  std::span<Real> weights;
  Real* bias;
};

template <class Real>
double length_of(const Unit<Real>& unit) {
  double squares = 0;
  for (const Real w : unit.weights) squares += static_cast<double>(w) * static_cast<double>(w);
  if (unit.bias) squares += static_cast<double>(*unit.bias) * static_cast<double>(*unit.bias);
  return std::sqrt(squares);
}

template <class Real>
void shrink_unit(const Unit<Real>& unit, double by) {
  const double length = length_of(unit);
  const Real kept = length <= by ? Real(0) : static_cast<Real>(1 - by / length);
  for (Real& w : unit.weights) w *= kept;
  if (unit.bias) *unit.bias *= kept;
}

double group_size(const LayerPlace& layer) {
  return static_cast<double>(layer.inputs + (layer.biases >= 0 ? 1 : 0));
}

}  // namespace

template <class Real>
void proximal_step(const ProximalRule& rule, double rate, const NetworkShape& shape,
                   const std::vector<LayerScale>& scales, std::span<Real> parameters) {
  assert(shape.channels.empty());
  const std::vector<LayerPlace> layers = layer_places(shape);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const LayerPlace& layer = layers[l];
    const auto inputs = static_cast<std::size_t>(layer.inputs);
    const auto weights = parameters.subspan(static_cast<std::size_t>(layer.weights),
                                            inputs * static_cast<std::size_t>(layer.outputs));
    const double own = rate * scales[l].weights_rate;
    if (rule.l1 > 0) shrink_weights<Real>(weights, static_cast<Real>(own * rule.l1));
    if (rule.group_l1 == 0 || l >= shape.hidden.size()) continue;
    const double by = own * rule.group_l1 * std::sqrt(group_size(layer));
    for (Index k = 0; k < layer.outputs; ++k)
      shrink_unit<Real>({weights.subspan(static_cast<std::size_t>(k) * inputs, inputs),
                         layer.biases >= 0 ? parameters.data() + layer.biases + k : nullptr},
                        by);
  }
}

template void proximal_step(const ProximalRule&, double, const NetworkShape&, const std::vector<LayerScale>&,
                            std::span<float>);
template void proximal_step(const ProximalRule&, double, const NetworkShape&, const std::vector<LayerScale>&,
                            std::span<double>);

double proximal_flops(const ProximalRule& rule, const NetworkShape& shape) {
  double flops = 0;
  const std::vector<LayerPlace> layers = layer_places(shape);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const auto inputs = static_cast<double>(layers[l].inputs),
               outputs = static_cast<double>(layers[l].outputs);
    if (rule.l1 > 0) flops += inputs * outputs;
    if (rule.group_l1 > 0 && l < shape.hidden.size()) flops += outputs * (3 * group_size(layers[l]) + 3);
  }
  return flops;
}

}  // namespace quartic::detail
