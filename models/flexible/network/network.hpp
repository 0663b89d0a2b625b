#pragma once
/// Forward and backward passes of a network whose parameters are one contiguous buffer: fully connected, or of
/// convolutions.
#include <memory>
#include <span>
#include <vector>

#include "core/types.hpp"
#include "models/flexible/dense/activation_kind.hpp"

namespace quartic::detail {

/// inputs -> hidden[0] -> ... -> hidden.back() -> 1 output, the score. No hidden layer: a linear model.
///
/// With `channels` the inputs are the pixels of a square picture, row after row, and what leads to the output
/// are blocks in the place of hidden layers: channels[0] of 3 x 3 convolutions of the picture with zeros around
/// it, max(0, u), the largest of every 2 x 2 (an odd last row and column left out); then channels[1] of those,
/// and so on. Precondition: no hidden layers, a trained output, relu, and a side of at least 2^blocks.
struct NetworkShape {
  Index inputs = 1;
  std::vector<Index> hidden;
  ActivationKind activation = ActivationKind::relu;
  bool biases = true;
  bool trained_output =
      true;  ///< false: the score is the plain sum of the last hidden units, where there are any
  std::vector<Index> channels = {};
  bool operator==(const NetworkShape&) const = default;
};

/// Where one layer stands in the parameters: weights outputs x inputs, rows contiguous; then its biases. The
/// inputs of a convolution are the 3 x 3 pixels of every channel below, channel by channel.
struct LayerPlace {
  Index inputs = 0, outputs = 0;
  Index weights = 0;  ///< offset of the first weight
  Index biases = -1;  ///< offset of the first bias; -1: none
  Index pixels = 1;   ///< at how many places of a row it is taken
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

template <class Real>
class PicturePasses;

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
  /// layer, x.count rows of its width each (dropout). Not for channels.
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
  std::unique_ptr<PicturePasses<Real>> pictures_;  // in their place, where there are channels
};

extern template class Network<float>;
extern template class Network<double>;

}  // namespace quartic::detail
