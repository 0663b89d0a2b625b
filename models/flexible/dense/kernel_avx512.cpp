// Compiled with -mavx512f and the like; called only where the processor has them.
#include "models/flexible/dense/kernel.hpp"

#if defined(__AVX512F__)
#include "models/flexible/dense/loops.hpp"
#endif

namespace quartic::detail {

#if defined(__AVX512F__)
namespace {

struct Shape {
  static constexpr int bytes = 64, tile_rows = 8, tile_vectors = 2;
};

template <class Real>
constexpr DenseKernels<Real> kernels = DenseLoops<Real, Shape>::kernels();

}  // namespace

template <>
const DenseKernels<float>* dense_kernels_avx512() {
  return &kernels<float>;
}
template <>
const DenseKernels<double>* dense_kernels_avx512() {
  return &kernels<double>;
}
#else
template <>
const DenseKernels<float>* dense_kernels_avx512() {
  return nullptr;
}
template <>
const DenseKernels<double>* dense_kernels_avx512() {
  return nullptr;
}
#endif

}  // namespace quartic::detail
