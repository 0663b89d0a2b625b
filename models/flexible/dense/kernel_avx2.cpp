// Compiled with -mavx2 -mfma; called only where the processor has them.
#include "models/flexible/dense/kernel.hpp"

#if defined(__AVX2__)
#include "models/flexible/dense/loops.hpp"
#endif

namespace quartic::detail {

#if defined(__AVX2__)
namespace {

struct Shape {
  static constexpr int bytes = 32, tile_rows = 6, tile_vectors = 2;
};

template <class Real>
constexpr DenseKernels<Real> kernels = DenseLoops<Real, Shape>::kernels();

}  // namespace

template <>
const DenseKernels<float>* dense_kernels_avx2() {
  return &kernels<float>;
}
template <>
const DenseKernels<double>* dense_kernels_avx2() {
  return &kernels<double>;
}
#else
template <>
const DenseKernels<float>* dense_kernels_avx2() {
  return nullptr;
}
template <>
const DenseKernels<double>* dense_kernels_avx2() {
  return nullptr;
}
#endif

}  // namespace quartic::detail
