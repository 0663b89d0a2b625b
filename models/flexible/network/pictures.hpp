#pragma once
/// The passes of a network of convolutions over one batch after another.
#include <span>
#include <vector>

#include "models/flexible/convolution/stencil.hpp"
#include "models/flexible/network/network.hpp"

namespace quartic::detail {

/// One block: convolutions of `inputs` pictures of this size, `outputs` of them, then pooled.
struct PictureLayer {
  PictureSize size;
  Index inputs = 1, outputs = 1;
};
/// None where the shape has no channels.
std::vector<PictureLayer> picture_layers(const NetworkShape& shape);

/// Bytes that the passes hold for batches of so many rows in single precision, wherever they run: what the forward
/// pass leaves of a batch, the derivatives of a few pictures, and the parts of every weight's derivative.
double picture_bytes(const NetworkShape& shape, Index batch);

/// Network for shapes with channels, function by function. Holds what the last forward pass left: the inputs of
/// every block as planes, and which pixels won.
template <class Real>
class PicturePasses {
 public:
  PicturePasses(const NetworkShape& shape, Index batch);

  void forward(const Real* parameters, Rows<Real> x, std::span<Real> scores);
  /// gradient += that of the rows of the last forward pass.
  void differentiate(const Real* parameters, std::span<const Real> slopes, Real* gradient);
  void descend(Real* parameters, std::span<const Real> slopes, std::span<const Real> steps);

 private:
  using Buffer = std::vector<Real, Eigen::aligned_allocator<Real>>;
  // What one block holds.
  struct Block {
    PictureLayer layer;
    Buffer planes;                      // of its inputs, picture by picture of the batch
    std::vector<Winner<Real>> winners;  // of its outputs, likewise
    Buffer deltas;                      // of its outputs, of a chunk of pictures
    Buffer turned;  // its weights as the way back needs them: inputs x outputs x 9, turned about
    Buffer parts;   // of the derivatives by its weights
    std::vector<Real> of_biases;  // the derivatives by its biases

    Index in_numbers() const { return layer.inputs * layer.size.plane_numbers(); }
    Index out_numbers() const { return layer.outputs * layer.size.plane_numbers(); }
    Index pooled_pixels() const { return layer.size.pooled().pixels(); }
  };
  // Where derivatives go: numbers += scales[2l] (weights) and scales[2l + 1] (biases) times that of layer l.
  struct Target {
    Real* numbers;
    std::span<const Real> scales;
  };

  void load(const Real* row, Index picture);
  void run_block(const Real* parameters, std::size_t l, Index picture);
  void turn_weights(const Real* parameters);
  void collect(const Real* parameters, std::span<const Real> slopes);
  void collect_chunk(const Real* weights, std::span<const Real> slopes, Range pictures);
  void correlate_block(std::size_t l, Range pictures);
  void pass_down(std::size_t l, Range pictures);
  void unpool_block(std::size_t l, Index picture, Index place, const Real* from, Index stride);
  void add_to(Target target, std::span<const Real> slopes) const;

  std::vector<LayerPlace> places_;
  const ConvolutionKernels<Real>& kernels_ = convolution_kernels<Real>().front();
  const DenseKernels<Real>& dense_ = dense_kernels<Real>().front();
  Index features_of_row_, count_ = 0,
                          chunk_;  // rows of the last forward pass; of pictures that go back together
  std::vector<Block> blocks_;
  Buffer features_, sums_, top_;  // of the batch, by rows; of a block and picture; of a picture's derivatives
};

extern template class PicturePasses<float>;
extern template class PicturePasses<double>;

}  // namespace quartic::detail
