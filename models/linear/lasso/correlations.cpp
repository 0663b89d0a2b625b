#include "models/linear/lasso/correlations.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/interruption.hpp"
#include "core/machine/processor.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {
namespace {

#if defined(__x86_64__)

constexpr Index lanes = 8;
constexpr Index width = 3 * lanes;  // columns of a strip
constexpr Index most = 8;           // rows of R at once: 24 sums in registers
constexpr Index ahead = 16;         // rows of X fetched early: each is on a page of its own

// Adds rows [0, T) of R, packed T numbers a row of X, times one strip of X.
template <int T>
__attribute__((target("avx512f"))) void strip(const double* packed, ConstBlock x, Block out) {
  __m512d sums[T][3];
  for (int t = 0; t < T; ++t)
    for (int w = 0; w < 3; ++w) sums[t][w] = _mm512_loadu_pd(out.data + t * out.stride + w * lanes);
  const double* from = x.data;
  for (Index i = 0; i < x.rows; ++i, from += x.stride, packed += T) {
    const double* early = from + std::min(ahead, x.rows - 1 - i) * x.stride;
    const __m512d values[] = {_mm512_loadu_pd(from), _mm512_loadu_pd(from + lanes),
                              _mm512_loadu_pd(from + 2 * lanes)};
    for (int w = 0; w < 3; ++w) _mm_prefetch(reinterpret_cast<const char*>(early + w * lanes), _MM_HINT_T0);
    for (int t = 0; t < T; ++t)
      for (int w = 0; w < 3; ++w)
        sums[t][w] = _mm512_fmadd_pd(_mm512_set1_pd(packed[t]), values[w], sums[t][w]);
  }
  for (int t = 0; t < T; ++t)
    for (int w = 0; w < 3; ++w) _mm512_storeu_pd(out.data + t * out.stride + w * lanes, sums[t][w]);
}

using Strip = void (*)(const double*, ConstBlock, Block);
template <int... T>
constexpr std::array<Strip, sizeof...(T)> strips(std::integer_sequence<int, T...>) {
  return {strip<T + 1>...};
}
constexpr auto strip_of = strips(std::make_integer_sequence<int, most>{});

// Groups of at most `most` rows of R, of nearly equal size.
std::vector<Range> groups(Index rows) {
  const Index count = (rows + most - 1) / most;
  std::vector<Range> result;
  for (Index g = 0; g < count; ++g) {
    const Index first = g * rows / count;
    result.push_back({first, (g + 1) * rows / count - first});
  }
  return result;
}

std::vector<double> packed(ConstBlock residuals, std::span<const Range> parts) {
  std::vector<double> result;
  result.reserve(static_cast<std::size_t>(residuals.rows * residuals.columns));
  for (const Range& part : parts)
    for (Index i = 0; i < residuals.columns; ++i)
      for (Index t = 0; t < part.count; ++t)
        result.push_back(residuals.data[(part.first + t) * residuals.stride + i]);
  return result;
}

// Returns the columns done: all whole strips. A strip stays in the cache for all groups.
Index by_strips(Block out, ConstBlock residuals, ConstBlock x) {
  const std::vector<Range> parts = groups(residuals.rows);
  const std::vector<double> values = packed(residuals, parts);
  Index column = 0;
  for (; column + width <= x.columns; column += width) {
    interruption_point();
    for (const Range& part : parts)
      strip_of[part.count - 1](values.data() + part.first * x.rows, x.part({0, x.rows}, {column, width}),
                               out.part(part, {column, width}));
  }
  return column;
}

#endif

}  // namespace

void add_correlations(Block out, ConstBlock residuals, ConstBlock x) {
  Index done = 0;
#if defined(__x86_64__)
  if (processor_has(InstructionSet::avx512) && x.rows > 0) done = by_strips(out, residuals, x);
#endif
  const Range rest{done, x.columns - done};
  add_product(out.part({0, out.rows}, rest), 1, plain(residuals), plain(x.part({0, x.rows}, rest)));
}

Matrix correlations(const Matrix& residuals, MatrixView x) {
  Matrix result = Matrix::Zero(residuals.rows(), x.cols());
  add_correlations(result, residuals, x);
  return result;
}

}  // namespace quartic::detail
