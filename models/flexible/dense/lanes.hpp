#pragma once
/// Vectors of `lanes` numbers, the transpose of a square of them, and the sizes in which products are cut.
///
/// This and dense_pack.hpp, dense_multiply.hpp and dense_loops.hpp are included by the sources that are
/// compiled for one kind of processor each, with a shape of their own: the bytes of a vector, and the sums in
/// registers as `tile_rows` rows by `tile_vectors` vectors. So no instance is shared between processors.
#if defined(__FMA__)
#include <immintrin.h>
#elif defined(__ARM_FEATURE_FMA)
#include <arm_neon.h>
#endif

#include <algorithm>
#include <utility>

#include "models/flexible/dense/kernel.hpp"

namespace quartic::detail {

/// sum + x y, fused where the processor fuses: what a compiler makes of the operators it may choose anew for every copy
/// of a loop, and sums that must have the same bits are taken by different loops.
template <class Real>
[[gnu::always_inline]] inline Real add_product(Real sum, Real x, Real y) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  if constexpr (sizeof(Real) == sizeof(float))
    return __builtin_fmaf(x, y, sum);
  else
    return __builtin_fma(x, y, sum);
#else
  return sum + x * y;
#endif
}

/// count vectors of `lanes` numbers anywhere in memory.
template <class Real, int lanes>
struct Lanes {
  using Vec [[gnu::vector_size(sizeof(Real) * lanes), gnu::aligned(alignof(Real)), gnu::may_alias]] = Real;
  using Value [[gnu::vector_size(sizeof(Real) * lanes)]] = Real;

  [[gnu::always_inline]] static Value load(const Real* p) { return *reinterpret_cast<const Vec*>(p); }
  [[gnu::always_inline]] static void store(Real* p, Value v) { *reinterpret_cast<Vec*>(p) = v; }
  /// The vector of which every number is `one`.
  [[gnu::always_inline]] static Value all(Real one) {
    return one - Value{};
  }  // 0 + one would lose the sign of -0
  /// As add_product of single numbers, lane by lane.
  [[gnu::always_inline]] static Value add_product(Value sum, Value x, Value y) {
#if defined(__FMA__)
    constexpr bool single = sizeof(Real) == sizeof(float);
    if constexpr (sizeof(Value) == 16 && single) return _mm_fmadd_ps(x, y, sum);
    if constexpr (sizeof(Value) == 16 && !single) return _mm_fmadd_pd(x, y, sum);
    if constexpr (sizeof(Value) == 32 && single) return _mm256_fmadd_ps(x, y, sum);
    if constexpr (sizeof(Value) == 32 && !single) return _mm256_fmadd_pd(x, y, sum);
#if defined(__AVX512F__)
    if constexpr (sizeof(Value) == 64 && single) return _mm512_fmadd_ps(x, y, sum);
    if constexpr (sizeof(Value) == 64 && !single) return _mm512_fmadd_pd(x, y, sum);
#endif
#elif defined(__ARM_FEATURE_FMA)
    if constexpr (sizeof(Real) == sizeof(float))
      return vfmaq_f32(sum, x, y);
    else
      return vfmaq_f64(sum, x, y);
#else
    return sum + x * y;
#endif
  }
  [[gnu::always_inline]] static Real sum(Value v) {
    Real parts[lanes];
    store(parts, v);
    for (int half = lanes / 2; half > 0; half /= 2)
      for (int l = 0; l < half; ++l) parts[l] += parts[l + half];
    return parts[0];
  }
};

/// The transpose of a square of numbers.
template <class Real, int order>
struct SquareTranspose {
  using L = Lanes<Real, order>;
  using Value = typename L::Value;

  // Of rows a and b, s apart, the squares of s columns that stand off the diagonal change places.
  template <int s, int... l>
  [[gnu::always_inline]] static void exchange(Value& a, Value& b, std::integer_sequence<int, l...>) {
    const Value first = __builtin_shufflevector(a, b, ((l & s) ? l - s + order : l)...);
    b = __builtin_shufflevector(a, b, ((l & s) ? l + order : l + s)...);
    a = first;
  }
  template <int s>
  [[gnu::always_inline]] static void exchange_all(Value* rows) {
    for (int i = 0; i < order; ++i)
      if ((i & s) == 0) exchange<s>(rows[i], rows[i + s], std::make_integer_sequence<int, order>());
    if constexpr (s > 1) exchange_all<s / 2>(rows);
  }
  [[gnu::always_inline]] static void run(const Real* from, Index from_stride, Real* to, Index to_stride) {
    Value rows[order];
    for (int i = 0; i < order; ++i) rows[i] = L::load(from + i * from_stride);
    exchange_all<order / 2>(rows);
    for (int i = 0; i < order; ++i) L::store(to + i * to_stride, rows[i]);
  }
};

/// In numbers, rows, columns and terms.
template <class Real, class Shape>
struct DenseSizes {
  static constexpr int lanes = Shape::bytes / static_cast<int>(sizeof(Real));
  static constexpr int tile_rows = Shape::tile_rows, tile_vectors = Shape::tile_vectors;
  static constexpr int panel = lanes * tile_vectors;
  static constexpr Index depth = 256;      // terms of a sum between two writes
  static constexpr Index block_rows = 96;  // of A, packed at a time
  static constexpr Index group_rows = 8 * block_rows, group_columns = 1024;  // of C between two depths
  // From row to row and from strip to strip of a packed block: off one another's cache lines.
  static constexpr Index row_step = depth + 64 / sizeof(Real), strip_step = tile_rows * depth + 16;
  static constexpr Index work = block_rows * (row_step + 16);
};

/// A range of rows, columns or terms.
struct DensePart {
  Index first, count;
};

}  // namespace quartic::detail
