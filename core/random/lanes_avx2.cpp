// Compiled with -mavx2; called only where the processor has it.
#include "core/random/normal_kernel.hpp"

#if defined(__AVX2__)
#include <immintrin.h>

#include "core/random/lanes.hpp"

namespace quartic::detail {

namespace {

struct Lanes : VectorLanes<4> {
  static constexpr std::size_t interleaved = 2;
  [[gnu::always_inline]] static Bits multiply_low(Bits x, std::uint32_t factor) {
    return Bits(_mm256_mul_epu32(__m256i(x), _mm256_set1_epi64x(factor)));
  }
  [[gnu::always_inline]] static Real square_root(Real x) { return Real(_mm256_sqrt_pd(__m256d(x))); }
};

}  // namespace

const NormalKernels* normal_kernels_avx2() {
  static constexpr NormalKernels kernels = NormalKernel<Lanes>::kernels();
  return &kernels;
}

}  // namespace quartic::detail

#else

namespace quartic::detail {
const NormalKernels* normal_kernels_avx2() {
  return nullptr;
}
}  // namespace quartic::detail

#endif
