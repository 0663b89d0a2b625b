// Compiled with -mavx512f and the like; called only where the processor has them.
#include "models/flexible/dense_kernel.hpp"

#if defined(__AVX512F__)
#include "models/flexible/dense_loops.hpp"
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

template <class Real>
const DenseKernels<Real>* dense_kernels_avx512() {
  return &kernels<Real>;
}
#else
template <class Real>
const DenseKernels<Real>* dense_kernels_avx512() {
  return nullptr;
}
#endif

template const DenseKernels<float>* dense_kernels_avx512();
template const DenseKernels<double>* dense_kernels_avx512();

}  // namespace quartic::detail
