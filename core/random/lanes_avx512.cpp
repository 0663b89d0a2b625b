// Compiled with -mavx512f -mavx512dq; called only where the processor has both.
#include "core/random/normal_kernel.hpp"

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#include <immintrin.h>

#include "core/random/lanes.hpp"

namespace quartic::detail {

namespace {

// The plain intrinsics are the same instructions, but draw false warnings from GCC 12 (an uninitialised
// source).
constexpr __mmask8 every_lane = 0xFF;

struct Lanes : VectorLanes<8> {
  static constexpr std::size_t interleaved = 2;
  [[gnu::always_inline]] static Bits multiply_low(Bits x, std::uint32_t factor) {
    return Bits(_mm512_maskz_mul_epu32(every_lane, __m512i(x), _mm512_set1_epi64(factor)));
  }
  [[gnu::always_inline]] static Real square_root(Real x) {
    return Real(_mm512_maskz_sqrt_pd(every_lane, __m512d(x)));
  }
};

}  // namespace

const NormalKernels* normal_kernels_avx512() {
  static constexpr NormalKernels kernels = NormalKernel<Lanes>::kernels();
  return &kernels;
}

}  // namespace quartic::detail

#else

namespace quartic::detail {
const NormalKernels* normal_kernels_avx512() {
  return nullptr;
}
}  // namespace quartic::detail

#endif
