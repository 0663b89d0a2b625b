/// The kernels of the one kind of processor that a browser shows: fifteen vectors of 128 bits, of which a product needs
/// eight for its sums and as many for what it adds to them.
#include "models/flexible/dense/kernel.hpp"

#include <array>

#include "models/flexible/dense/loops.hpp"

namespace quartic::detail {

namespace {

struct Shape {
  static constexpr int bytes = 16, tile_rows = 4, tile_vectors = 2;
};

}  // namespace

template <class Real>
std::span<const DenseKernels<Real>> dense_kernels() {
  static constexpr std::array kernels = {DenseLoops<Real, Shape>::kernels()};
  return kernels;
}

template std::span<const DenseKernels<float>> dense_kernels();
template std::span<const DenseKernels<double>> dense_kernels();

}  // namespace quartic::detail
