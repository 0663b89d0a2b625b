// Compiled with -mavx2 -mfma; called only where the processor has them.
#include "models/flexible/convolution/stencil.hpp"

#if defined(__AVX2__)
#include "models/flexible/convolution/loops.hpp"
#endif

namespace quartic::detail {

#if defined(__AVX2__)
namespace {

struct Shape {
  static constexpr int bytes = 32, tile_rows = 4, correlated = 1;
  template <class Value>
  [[gnu::always_inline]] static Value held(Value x) {
    return x;
  }
};

template <class Real>
constexpr ConvolutionKernels<Real> kernels = ConvolutionLoops<Real, Shape>::kernels();

}  // namespace

template <>
const ConvolutionKernels<float>* convolution_kernels_avx2() {
  return &kernels<float>;
}
template <>
const ConvolutionKernels<double>* convolution_kernels_avx2() {
  return &kernels<double>;
}
#else
template <>
const ConvolutionKernels<float>* convolution_kernels_avx2() {
  return nullptr;
}
template <>
const ConvolutionKernels<double>* convolution_kernels_avx2() {
  return nullptr;
}
#endif

}  // namespace quartic::detail
