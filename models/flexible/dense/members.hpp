#pragma once
/// The loops of member_kernels.hpp for one kind of processor (lanes.hpp).
#include "models/flexible/dense/lanes.hpp"
#include "models/flexible/dense/member_kernels.hpp"

namespace quartic::detail {

template <class Real, class Shape>
struct DenseMembers {
  using Sizes = DenseSizes<Real, Shape>;
  using L = Lanes<Real, Sizes::lanes>;
  using Value = typename L::Value;
  static constexpr int lanes = Sizes::lanes;

  [[gnu::always_inline]] static Value load(const Real* numbers, Index t) {
    return L::load(numbers + t * lanes);
  }
  [[gnu::always_inline]] static void store(Real* numbers, Index t, Value v) {
    L::store(numbers + t * lanes, v);
  }

  static void gather(const Real* const* members, Index count, Real* to) {
    Index t = 0;
    for (; t + lanes <= count; t += lanes) {
      Value rows[lanes];
      for (int m = 0; m < lanes; ++m) rows[m] = L::load(members[m] + t);
      SquareTranspose<Real, lanes>::template exchange_all<lanes / 2>(rows);
      for (int k = 0; k < lanes; ++k) store(to, t + k, rows[k]);
    }
    for (; t < count; ++t)
      for (int m = 0; m < lanes; ++m) to[t * lanes + m] = members[m][t];
  }
  static void scatter(const Real* from, Index count, Real* const* members) {
    Index t = 0;
    for (; t + lanes <= count; t += lanes) {
      Value rows[lanes];
      for (int k = 0; k < lanes; ++k) rows[k] = load(from, t + k);
      SquareTranspose<Real, lanes>::template exchange_all<lanes / 2>(rows);
      for (int m = 0; m < lanes; ++m) L::store(members[m] + t, rows[m]);
    }
    for (; t < count; ++t)
      for (int m = 0; m < lanes; ++m) members[m][t] = from[t * lanes + m];
  }

  template <int rows, int columns>
  [[gnu::always_inline]] static void add_tile(const MemberProduct<Real>& p, Index i, Index j) {
    Value sums[rows][columns] = {};
    const Real* a = p.a.data + i * p.a.row * lanes;
    const Real* b = p.b.data + j * p.b.column * lanes;
    for (Index k = 0; k < p.terms; ++k, a += p.a.column * lanes, b += p.b.row * lanes) {
      Value x[columns];
      for (int c = 0; c < columns; ++c) x[c] = load(b, c * p.b.column);
      for (int r = 0; r < rows; ++r) {
        const Value w = load(a, r * p.a.row);
        for (int c = 0; c < columns; ++c) sums[r][c] = L::add_product(sums[r][c], w, x[c]);
      }
    }
    const Value alpha = L::load(p.alpha);
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) {
        const Index place = (i + r) * p.columns + j + c;
        // One network alone spreads start_i over a vector as 0 + start_i, which is not -0.
        const Value first = p.start ? Value{} + load(p.start, i + r) : load(p.c, place);
        store(p.c, place, L::add_product(first, alpha, sums[r][c]));
      }
  }
  template <int rows>
  static void add_rows(const MemberProduct<Real>& p, Index i) {
    Index j = 0;
    for (; j + 4 <= p.columns; j += 4) add_tile<rows, 4>(p, i, j);
    if (p.columns - j == 3) add_tile<rows, 3>(p, i, j);
    if (p.columns - j == 2) add_tile<rows, 2>(p, i, j);
    if (p.columns - j == 1) add_tile<rows, 1>(p, i, j);
  }
  static void multiply(const MemberProduct<Real>& p) {
    Index i = 0;
    for (; i + 2 <= p.rows; i += 2) add_rows<2>(p, i);
    if (i < p.rows) add_rows<1>(p, i);
  }

  // The sum of products that one network alone takes in `chains` vectors: in partial sums, which come together as
  // Lanes::sum has them, and then the terms that fill no vectors.
  template <int chains>
  [[gnu::always_inline]] static Value add_products(const Real* x, const Real* y, Index count) {
    constexpr Index together = chains * lanes;
    const Index whole = count / together * together;
    Value parts[lanes] = {};
    for (int l = 0; whole > 0 && l < lanes; ++l)
      for (int c = 0; c < chains; ++c) {
        Value part = {};
        for (Index k = c * lanes + l; k < whole; k += together)
          part = L::add_product(part, load(x, k), load(y, k));
        parts[l] = c == 0 ? part : parts[l] + part;
      }
    for (int half = lanes / 2; whole > 0 && half > 0; half /= 2)
      for (int l = 0; l < half; ++l) parts[l] += parts[l + half];
    Value sum = parts[0];
    for (Index k = whole; k < count; ++k) sum = L::add_product(sum, load(x, k), load(y, k));
    return sum;
  }
  static void multiply_row(const MemberRows<const Real>& w, const Real* x, const Real* start, Real* y) {
    for (Index i = 0; i < w.rows; ++i) {
      const Real* row = w.data + i * w.columns * lanes;
      const Value sum =
          i < w.rows / 4 * 4 ? add_products<2>(row, x, w.columns) : add_products<4>(row, x, w.columns);
      store(y, i, sum + load(start, i));
    }
  }
  static void dot(const MemberRows<const Real>& w, const Real* x, Real* y) {
    for (Index i = 0; i < w.rows; ++i)
      store(y, i, add_products<2>(w.data + i * w.columns * lanes, x, w.columns));
  }

  static void combine(const MemberRows<const Real>& z, const Real* w, const Real* start, Real* y) {
    const Index whole = z.columns / lanes * lanes, fours = z.rows / 4 * 4;
    const Value first = L::load(start);
    for (Index j = 0; j < whole; ++j) {
      Value sums[4] = {};
      for (Index k = 0; k < fours; k += 4)
        for (int c = 0; c < 4; ++c)
          sums[c] = L::add_product(sums[c], load(w, k + c), load(z.data, (k + c) * z.columns + j));
      for (Index k = fours; k < z.rows; ++k)
        sums[0] = L::add_product(sums[0], load(w, k), load(z.data, k * z.columns + j));
      store(y, j, (sums[0] + sums[1]) + (sums[2] + sums[3]) + first);
    }
    for (Index j = whole; j < z.columns; ++j) {
      Value sum = first;
      for (Index k = 0; k < z.rows; ++k)
        sum = L::add_product(sum, load(w, k), load(z.data, k * z.columns + j));
      store(y, j, sum);
    }
  }

  static void spread(const Real* w, const Real* s, const MemberRows<Real>& d) {
    for (Index k = 0; k < d.rows; ++k) {
      const Value weight = load(w, k);
      for (Index j = 0; j < d.columns; ++j) store(d.data, k * d.columns + j, weight * load(s, j));
    }
  }

  static void descend_row(const MemberRows<Real>& w, const Real* x, const Real* delta, const Real* step,
                          Real* below) {
    for (Index i = 0; i < w.rows; ++i) {
      const Value d = load(delta, i), scale = -L::load(step) * d;
      const auto still = d == Value{};
      Real* row = w.data + i * w.columns * lanes;
      for (Index k = 0; k < w.columns; ++k) {
        const Value old = load(row, k);
        if (below) store(below, k, still ? load(below, k) : L::add_product(load(below, k), d, old));
        store(row, k, still ? old : L::add_product(old, scale, load(x, k)));
      }
    }
  }

  static constexpr MemberKernels<Real> kernels() {
    return {.gather = gather,
            .scatter = scatter,
            .multiply = multiply,
            .multiply_row = multiply_row,
            .dot = dot,
            .combine = combine,
            .spread = spread,
            .descend_row = descend_row};
  }
};

}  // namespace quartic::detail
