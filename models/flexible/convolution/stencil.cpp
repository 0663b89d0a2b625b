#include "models/flexible/convolution/stencil.hpp"

#include <vector>

#include "core/machine/processor.hpp"
#include "models/flexible/convolution/loops.hpp"

namespace quartic::detail {

namespace {

struct Shape {
  static constexpr int bytes = 16, tile_rows = 4, correlated = 1;
  template <class Value>
  [[gnu::always_inline]] static Value held(Value x) {
    return x;
  }
};

template <class Real>
std::vector<ConvolutionKernels<Real>> those_that_run() {
  std::vector<ConvolutionKernels<Real>> kernels;
  const auto *avx512 = convolution_kernels_avx512<Real>(), *avx2 = convolution_kernels_avx2<Real>();
  if (avx512 && processor_has(InstructionSet::avx512)) kernels.push_back(*avx512);
  if (avx2 && processor_has(InstructionSet::avx2)) kernels.push_back(*avx2);
  kernels.push_back(ConvolutionLoops<Real, Shape>::kernels());
  return kernels;
}

}  // namespace

template <class Real>
std::span<const ConvolutionKernels<Real>> convolution_kernels() {
  static const std::vector<ConvolutionKernels<Real>> kernels = those_that_run<Real>();
  return kernels;
}

template std::span<const ConvolutionKernels<float>> convolution_kernels();
template std::span<const ConvolutionKernels<double>> convolution_kernels();

}  // namespace quartic::detail
