#include "core/random/normal.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>

#include "core/random/lanes.hpp"
#include "core/random/normal_kernel.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace quartic::detail {

// Null where the build has no such kernels.
const NormalKernels* normal_kernels_avx2();
const NormalKernels* normal_kernels_avx512();

namespace {

struct ScalarLanes {
  static constexpr std::size_t width = 1, interleaved = 1;
  using Bits = std::uint64_t;
  using Real = double;
  static Bits multiply_low(Bits x, std::uint32_t factor) { return (x & 0xFFFFFFFFu) * factor; }
  static Real square_root(Real x) { return std::sqrt(x); }
  static Bits iota() { return 0; }
  static Bits load(const std::ptrdiff_t* from) { return static_cast<Bits>(*from); }
  static void store(Real x, double* to) { *to = x; }
  static void store_interleaved(Real a, Real b, Real c, Real d, double* to) {
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = d;
  }
};

struct BaselineLanes : VectorLanes<2> {
  static constexpr std::size_t interleaved = 2;
#if defined(__SSE2__)
  static Bits multiply_low(Bits x, std::uint32_t factor) {
    return Bits(_mm_mul_epu32(__m128i(x), _mm_set1_epi64x(factor)));
  }
  static Real square_root(Real x) {
    return Real(_mm_sqrt_pd(__m128d(x)));
  }
#elif defined(__wasm_simd128__)
  // One instruction, of which clang makes a longer product of 64 bits where a factor is known to it.
  static Bits multiply_low(Bits x, std::uint32_t factor) {
    using Halves [[gnu::vector_size(16)]] = std::uint32_t;
    const Halves low = __builtin_shufflevector(Halves(x), Halves(x), 0, 2, 0, 2), factors = Halves{} + factor;
    Bits product;
    __asm__("local.get %1\n\tlocal.get %2\n\ti64x2.extmul_low_i32x4_u\n\tlocal.set %0"
            : "=r"(product)
            : "r"(low), "r"(factors));
    return product;
  }
  static Real square_root(Real x) {
    return Real{std::sqrt(x[0]), std::sqrt(x[1])};
  }
#else
  static Bits multiply_low(Bits x, std::uint32_t factor) {
    return (x & 0xFFFFFFFFu) * factor;
  }
  static Real square_root(Real x) {
    return Real{std::sqrt(x[0]), std::sqrt(x[1])};
  }
#endif
};

constexpr NormalKernels scalar_kernels = NormalKernel<ScalarLanes>::kernels();
constexpr NormalKernels baseline_kernels = NormalKernel<BaselineLanes>::kernels();

const NormalKernels* find_kernels(InstructionSet set) {
  if (set == InstructionSet::avx512) return normal_kernels_avx512();
  if (set == InstructionSet::avx2) return normal_kernels_avx2();
  return &baseline_kernels;
}

constexpr std::size_t most_normals = 64;  // written by one call of any fill

// Fewer normals than a whole call writes, from any position.
void fill_part(const NormalKernels& kernels, const PhiloxFamily& family, std::uint64_t first,
               std::span<double> out) {
  std::array<double, most_normals> whole;
  const std::size_t skipped = first % 4;
  assert(skipped + out.size() <= 4 * kernels.blocks && 4 * kernels.blocks <= most_normals);
  kernels.fill(family.key, family.high, first / 4, 1, whole.data());
  std::copy_n(whole.begin() + skipped, out.size(), out.begin());
}

}  // namespace

bool is_available(InstructionSet set) {
  return find_kernels(set) != nullptr && processor_has(set);
}

InstructionSet best_instruction_set() {
  for (InstructionSet set : {InstructionSet::avx512, InstructionSet::avx2})
    if (is_available(set)) return set;
  return InstructionSet::baseline;
}

void fill_normals(InstructionSet set, const PhiloxFamily& family, std::uint64_t first,
                  std::span<double> out) {
  const NormalKernels& kernels = out.size() + first % 4 <= 4 ? scalar_kernels : *find_kernels(set);
  const std::size_t step = 4 * kernels.blocks;
  if (first % 4 != 0) {
    const std::size_t head = std::min(out.size(), step - static_cast<std::size_t>(first % 4));
    fill_part(kernels, family, first, out.first(head));
    first += head;
    out = out.subspan(head);
  }
  const std::size_t calls = out.size() / step;
  kernels.fill(family.key, family.high, first / 4, calls, out.data());
  if (out.size() > calls * step) fill_part(kernels, family, first + calls * step, out.subspan(calls * step));
}

void gather_normals(InstructionSet set, const PhiloxFamily& family, std::span<const std::ptrdiff_t> positions,
                    std::span<double> out) {
  assert(positions.size() == out.size());
  const NormalKernels& kernels = out.size() == 1 ? scalar_kernels : *find_kernels(set);
  std::size_t done = 0;
  for (; done + kernels.pairs <= out.size(); done += kernels.pairs)
    kernels.gather(family.key, family.high, positions.data() + done, out.data() + done);
  if (done == out.size()) return;
  std::array<std::ptrdiff_t, most_normals> last{};
  std::array<double, most_normals> normals;
  std::copy(positions.begin() + done, positions.end(), last.begin());
  kernels.gather(family.key, family.high, last.data(), normals.data());
  std::copy_n(normals.begin(), out.size() - done, out.begin() + done);
}

double minus_two_log(std::uint32_t word) {
  return NormalKernel<ScalarLanes>::minus_two_log(word);
}

CosSin cos_sin(std::uint32_t word) {
  const auto pair = NormalKernel<ScalarLanes>::cos_sin(word);
  return {pair.first, pair.second};
}

}  // namespace quartic::detail
