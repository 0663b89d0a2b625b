#include "models/flexible/mlp/flops.hpp"

#include "models/linear/flops.hpp"

namespace quartic::detail {

ParameterCounts parameter_counts(const NetworkShape& shape) {
  ParameterCounts counts;
  for (const LayerPlace& layer : layer_places(shape)) {
    counts.weights += static_cast<double>(layer.inputs) * static_cast<double>(layer.outputs);
    if (layer.biases >= 0) counts.biases += static_cast<double>(layer.outputs);
  }
  return counts;
}

double evaluation_flops(const NetworkShape& shape, const Loss& loss, double rows) {
  return network_flops::forward(shape, rows) + rows * error_row_flops(loss) + 1;
}

double StepCost::flops(double rows) const {
  const ParameterCounts counts = parameter_counts(shape);
  return network_flops::forward(shape, rows) + rows * slope_row_flops(loss) + 2 +
         network_flops::backward(shape, rows) +
         (dropout == Dropout::on ? network_flops::mask(shape, rows) : 0) +
         update_flops(rule, counts.weights, counts.biases) + proximal_flops(proximal, shape);
}

}  // namespace quartic::detail
