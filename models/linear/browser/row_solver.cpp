#include "models/linear/browser/row_solver.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/linear/browser/pairs.hpp"
#include "models/linear/browser/product_kernel.hpp"

namespace quartic::detail {

namespace {

constexpr Index block = 64;  // columns that are solved between two products
constexpr Index lanes = 8;   // rows that are solved together

using Row = std::array<Pair, lanes / 2>;

// x_t <- (x_t - sum_{u < t} L_tu x_u) / L_tt in every lane.
void solve(const Steps<const double>& L, std::array<Row, block>& x) {
  for (Index t = 0; t < L.rows; ++t) {
    Row sums = x[t];
    const double* l = L.at(t, 0);
    for (Index u = 0; u < t; ++u, l += L.column_step)
      for (std::size_t v = 0; v < sums.size(); ++v) sums[v] -= *l * x[u][v];
    for (Pair& sum : sums) sum /= *l;
    x[t] = sums;
  }
}

// The columns of B that L has, lanes at a time.
void solve_block(const Steps<const double>& L, const Steps<double>& B) {
  std::array<Row, block> x{};
  for (Index i = 0; i < B.rows; i += lanes) {
    const Index count = std::min(lanes, B.rows - i);
    for (Index t = 0; t < L.rows; ++t)
      for (Index r = 0; r < count; ++r) x[t][r / 2][r % 2] = *B.at(i + r, t);
    solve(L, x);
    for (Index t = 0; t < L.rows; ++t)
      for (Index r = 0; r < count; ++r) *B.at(i + r, t) = x[t][r / 2][r % 2];
  }
}

// The columns of B behind those that are solved -= their part of it.
void subtract_solved(const Steps<const double>& L, const Steps<double>& B, Range solved) {
  const Index behind = solved.first + solved.count, count = B.columns - behind;
  const Side rows{B.at(0, solved.first), B.rows, solved.count, B.row_step, B.column_step},
      factor{L.at(behind, solved.first), count, solved.count, L.row_step, L.column_step};
  if (B.column_step == 1)
    add_products(Block(B.at(0, behind), B.rows, count, B.row_step), -1, rows, factor);
  else
    add_products(Block(B.at(0, behind), count, B.rows, B.column_step), -1, factor, rows);
}

// y -= factor x.
void subtract_scaled(double* y, double factor, const double* x, Index count) {
  Index k = 0;
  for (; k + 2 <= count; k += 2) store(y + k, load(y + k) - factor * load(x + k));
  if (k < count) y[k] -= factor * x[k];
}

// The factor of a small square. Each column is subtracted from those behind it, from a copy of it in one piece.
Index factor_square(Block a) {
  std::array<double, block> column;
  for (Index j = 0; j < a.rows; ++j) {
    double& pivot = a.data[j * a.stride + j];
    if (!(pivot > 0)) return j;
    pivot = std::sqrt(pivot);
    for (Index i = j + 1; i < a.rows; ++i) {
      double* row = a.data + i * a.stride;
      column[i] = row[j] /= pivot;
      subtract_scaled(row + j + 1, column[i], &column[j + 1], i - j);
    }
  }
  return a.rows;
}

}  // namespace

void solve_rows(const Steps<const double>& L, const Steps<double>& B) {
  for (Index first = 0; first < B.columns; first += block) {
    const Index count = std::min(block, B.columns - first);
    solve_block({L.at(first, first), count, count, L.row_step, L.column_step},
                {B.at(0, first), B.rows, count, B.row_step, B.column_step});
    if (first + count < B.columns) subtract_solved(L, B, {first, count});
  }
}

Index factor_by_blocks(Block A) {
  for (Index first = 0; first < A.rows; first += block) {
    const Index count = std::min(block, A.rows - first), behind = first + count, rest = A.rows - behind;
    const Block corner = A.part({first, count}, {first, count}),
                below = A.part({behind, rest}, {first, count});
    const Index factored = factor_square(corner);
    if (factored < count) return first + factored;
    solve_block({corner.data, count, count, A.stride, 1}, {below.data, rest, count, A.stride, 1});
    add_own_products(A.part({behind, rest}, {behind, rest}), -1, left_side(plain(below)), Corner::lower);
  }
  return A.rows;
}

}  // namespace quartic::detail
