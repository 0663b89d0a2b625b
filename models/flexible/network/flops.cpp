#include "models/flexible/network/flops.hpp"

#include "models/linear/flops.hpp"

namespace quartic::detail::network_flops {

double hidden_units(const NetworkShape& shape) {
  double units = 0;
  for (const Index width : shape.hidden) units += static_cast<double>(width);
  return units;
}

namespace {

struct LayerSize {
  double inputs, outputs, pixels;
};
double count_biases(const NetworkShape& shape, LayerSize layer) {
  return shape.biases ? layer.pixels * layer.outputs : 0;
}
std::vector<LayerSize> layer_sizes(const NetworkShape& shape) {
  std::vector<LayerSize> sizes;
  for (const LayerPlace& place : layer_places(shape))
    sizes.push_back({static_cast<double>(place.inputs), static_cast<double>(place.outputs),
                     static_cast<double>(place.pixels)});
  return sizes;
}

}  // namespace

double forward(const NetworkShape& shape, double rows) {
  double flops = rows * activation(shape.activation) * hidden_units(shape);
  for (const LayerSize layer : layer_sizes(shape))
    flops +=
        product_flops(rows * layer.pixels, layer.inputs, layer.outputs) + rows * count_biases(shape, layer);
  if (!shape.trained_output && !shape.hidden.empty())
    flops += rows * static_cast<double>(shape.hidden.back());
  return flops;
}

double backward(const NetworkShape& shape, double rows) {
  double flops = rows * derivative(shape.activation) * hidden_units(shape);
  bool first = true;
  for (const LayerSize layer : layer_sizes(shape)) {
    const double product = product_flops(rows * layer.pixels, layer.inputs, layer.outputs);
    flops += (first ? 1 : 2) * product + rows * count_biases(shape, layer);
    first = false;
  }
  return flops;
}

double update(const NetworkShape& shape) {
  return 2 * static_cast<double>(parameter_count(shape));
}

double mask(const NetworkShape& shape, double rows) {
  return 2 * rows * hidden_units(shape);
}

}  // namespace quartic::detail::network_flops
