// Compiled with -mavx512f and the like; called only where the processor has them.
#include "models/flexible/convolution/stencil.hpp"

#if defined(__AVX512F__)
#include "models/flexible/convolution/loops.hpp"
#endif

namespace quartic::detail {

#if defined(__AVX512F__)
namespace {

struct Shape {
  static constexpr int bytes = 64, tile_rows = 8, correlated = 3;
  // g++ would read the vector from memory at each of its three uses, across a line of the cache each time.
  template <class Value>
  [[gnu::always_inline]] static Value held(Value x) {
    asm("" : "+v"(x));
    return x;
  }
};

template <class Real>
constexpr ConvolutionKernels<Real> kernels = ConvolutionLoops<Real, Shape>::kernels();

}  // namespace

template <>
const ConvolutionKernels<float>* convolution_kernels_avx512() {
  return &kernels<float>;
}
template <>
const ConvolutionKernels<double>* convolution_kernels_avx512() {
  return &kernels<double>;
}
#else
template <>
const ConvolutionKernels<float>* convolution_kernels_avx512() {
  return nullptr;
}
template <>
const ConvolutionKernels<double>* convolution_kernels_avx512() {
  return nullptr;
}
#endif

}  // namespace quartic::detail
