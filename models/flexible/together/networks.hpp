#pragma once
/// Forward and backward passes of several networks of one shape over a batch each.
#include <span>
#include <vector>

#include "models/flexible/dense/kernel.hpp"
#include "models/flexible/network/network.hpp"

namespace quartic::detail {

/// As many networks as a vector has lanes, which take their passes together: number t of network m stands at
/// t lanes() + m, in parameters, rows, scores and slopes alike. To the bit what Network does with each of them alone.
///
/// Precondition: takes(shape, batch).
template <class Real>
class Networks {
 public:
  /// Whether such networks can go together at all: with hidden layers, without convolutions, and no sum of more terms
  /// than a product adds up at once.
  static bool takes(const NetworkShape& shape, Index batch);

  /// Batches of up to `batch` rows. Throws nothing but for memory.
  Networks(NetworkShape shape, Index batch);
  Index lanes() const { return kernels_.lanes; }

  /// scores_i = f(x_i) of `rows` rows of each network, all numbers of a row next to each other.
  void forward(std::span<const Real> parameters, std::span<const Real> x, Index rows, std::span<Real> scores);
  /// gradient <- sum_i slopes_i d f(x_i) / d parameters, for the rows of the last forward pass.
  void backward(std::span<const Real> parameters, std::span<const Real> x, std::span<const Real> slopes,
                std::span<Real> gradient);
  /// parameters <- parameters - steps_l (that gradient). steps has two entries a trained layer, of its weights and of
  /// its biases, each of `lanes` numbers.
  void descend(std::span<Real> parameters, std::span<const Real> x, std::span<const Real> slopes,
               std::span<const Real> steps);

 private:
  using Buffer = std::vector<Real, Eigen::aligned_allocator<Real>>;
  struct Target;

  bool trains_output() const { return places_.size() > hidden_.size(); }
  Real* slopes_of(Index l) { return slopes_.empty() ? nullptr : slopes_[static_cast<std::size_t>(l)].data(); }
  const Real* output_weights(const Real* parameters) const;
  void run_layer(const Real* parameters, const Real* inputs, Index l);
  void propagate(const Real* parameters, const Real* x, const Real* slopes, Target target);
  void from_slopes(const Real* parameters, const Real* slopes);
  void from_above(const Real* parameters, Index l);
  void add_layer(Index l, const Real* inputs, Target target);
  void add_output(const Real* slopes, Target target);
  void add_scaled(Index first, Index count, const Real* scale, Real* numbers) const;
  void descend_one_row(Real* parameters, const Real* x, const Real* slopes, std::span<const Real> steps);
  void descend_layer(Real* parameters, Index l, const Real* inputs, const Real* delta, Real* below,
                     std::span<const Real> steps);

  const DenseKernels<Real>& kernels_ = dense_kernels<Real>().front();
  NetworkShape shape_;
  std::vector<LayerPlace> places_;
  Index rows_ = 0;  // of the last forward pass
  std::vector<Buffer> hidden_, slopes_;
  Buffer delta_[2], ones_, zeros_, sums_, scales_;
};

extern template class Networks<float>;
extern template class Networks<double>;

}  // namespace quartic::detail
