#pragma once
/// Forward and backward passes of a fully connected network whose parameters are one contiguous buffer.
#include <memory>
#include <span>
#include <vector>

#include "core/types.hpp"
#include "models/flexible/dense/activation_kind.hpp"

namespace quartic::detail {

/// inputs -> hidden[0] -> ... -> hidden.back() -> 1 output, the score. No hidden layer: a linear model.
struct NetworkShape {
  Index inputs = 1;
  std::vector<Index> hidden;
  ActivationKind activation = ActivationKind::relu;
  bool biases = true;
  bool trained_output =
      true;  ///< false: the score is the plain sum of the last hidden units, where there are any
};

/// Where one layer stands in the parameters: weights outputs x inputs, rows contiguous; then its biases.
struct LayerPlace {
  Index inputs = 0, outputs = 0;
  Index weights = 0;  ///< offset of the first weight
  Index biases = -1;  ///< offset of the first bias; -1: none
};
/// The trained layers in order, from the inputs on.
std::vector<LayerPlace> layer_places(const NetworkShape& shape);
/// Numbers in all of them.
Index parameter_count(const NetworkShape& shape);

/// count rows of `inputs` numbers, row i at data + i * stride.
template <class Real>
struct Rows {
  const Real* data = nullptr;
  Index count = 0, stride = 0;
};

/// The passes over one batch after another; holds the activations of the last forward pass, nothing else.
/// Instantiated for float (training) and double (checks). Each product of one shape gives the same bits
/// whatever else runs.
template <class Real>
class Network {
 public:
  /// Batches of up to `batch` rows.
  Network(NetworkShape shape, Index batch);
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  /// scores_i = f(x_i) for x.count rows. `mask`, where not empty, multiplies the hidden activations: layer by
  /// layer, x.count rows of its width each (dropout).
  void forward(std::span<const Real> parameters, Rows<Real> x, std::span<Real> scores,
               std::span<const Real> mask = {});
  /// gradient <- sum_i slopes_i d f(x_i) / d parameters, for the rows of the last forward pass.
  void backward(std::span<const Real> parameters, Rows<Real> x, std::span<const Real> slopes,
                std::span<Real> gradient);
  /// parameters <- parameters - steps_l (that gradient) in trained layer l, in one pass over the weights and
  /// without a buffer for the gradient. steps has two entries a trained layer: of its weights, of its biases.
  void descend(std::span<Real> parameters, Rows<Real> x, std::span<const Real> slopes,
               std::span<const Real> steps);

 private:
  class Passes;
  std::unique_ptr<Passes> passes_;
};

extern template class Network<float>;
extern template class Network<double>;

}  // namespace quartic::detail
