#include "models/linear/cholesky.hpp"

#include <cassert>

#include "models/linear/blas.hpp"

namespace quartic {

namespace {

using detail::Block;

constexpr Index kGrid = 64;

// The first of `count` columns whose pivot is too small beside the diagonal it started from (also where it is
// NaN).
Index first_small_pivot(const Block& factor, const Vector& smallest, Index count) {
  for (Index k = 0; k < count; ++k) {
    const double root = factor.data[k * factor.stride + k];
    if (!(root * root > smallest(k))) return k;
  }
  return count;
}

// Factors a block and returns how many of its columns are valid.
Index factor_and_check(Block block, const Vector& smallest) {
  const Index positive = detail::factor_in_place(block);
  return first_small_pivot(block, smallest, positive);
}

}  // namespace

Vector Cholesky::solve(Vector b) const {
  const Index n = b.size();
  assert(n <= valid);
  const detail::ConstBlock L = detail::ConstBlock(lower).part({0, n}, {0, n});
  detail::solve_triangle(detail::plain(L), detail::span_of(b));
  detail::solve_triangle(detail::transposed(L), detail::span_of(b));
  return b;
}

Cholesky cholesky(Matrix lower, double smallest_pivot) {
  const Vector smallest = smallest_pivot * lower.diagonal();
  const Index valid = factor_and_check(Block(lower), smallest);
  return {std::move(lower), valid};
}

Cholesky nested_cholesky(Matrix padded, Index n) {
  assert(padded.rows() % kGrid == 0 && n <= padded.rows());
  padded.diagonal().tail(padded.rows() - n).setOnes();
  const Vector smallest = kSmallestPivot * padded.diagonal();
  const Block A(padded);
  for (Index i = 0; i < n; i += kGrid) {
    const Block row = A.part({i, kGrid}, {0, i}), corner = A.part({i, kGrid}, {i, kGrid});
    detail::solve_rows(A.part({0, i}, {0, i}), row);
    detail::add_gram(corner, -1, detail::plain(row));
    const Index valid = factor_and_check(corner, smallest.segment(i, kGrid));
    if (valid < kGrid) return {std::move(padded), std::min(n, i + valid)};
  }
  return {std::move(padded), n};
}

}  // namespace quartic
