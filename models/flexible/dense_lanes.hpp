#pragma once
/// The inner loops of dense_kernel.hpp for vectors of `bytes` bytes, sums of `tile_rows` rows by
/// `tile_vectors` vectors in registers. Included by the sources that are compiled for one kind of processor
/// each, with a shape of their own, so that no instance is shared between them.
#include <algorithm>
#include <utility>

#include "models/flexible/activation.hpp"
#include "models/flexible/dense_kernel.hpp"

namespace quartic::detail {

/// count vectors of `lanes` numbers anywhere in memory.
template <class Real, int lanes>
struct Lanes {
  using Vec [[gnu::vector_size(sizeof(Real) * lanes), gnu::aligned(alignof(Real)), gnu::may_alias]] = Real;
  using Value [[gnu::vector_size(sizeof(Real) * lanes)]] = Real;

  [[gnu::always_inline]] static Value load(const Real* p) { return *reinterpret_cast<const Vec*>(p); }
  [[gnu::always_inline]] static void store(Real* p, Value v) { *reinterpret_cast<Vec*>(p) = v; }
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

template <class Real, class Shape>
struct DenseLoops {
  static constexpr int lanes = Shape::bytes / static_cast<int>(sizeof(Real));
  static constexpr int tile_rows = Shape::tile_rows, tile_vectors = Shape::tile_vectors;
  static constexpr int panel = lanes * tile_vectors, square = std::min(lanes, 8);
  static constexpr Index depth = 256;                         // terms of a sum between two writes
  static constexpr Index block_rows = 96;                     // of A, packed at a time
  static constexpr Index padded = depth + 64 / sizeof(Real);  // keeps rows off one another's cache lines
  static constexpr int copied = (tile_rows + 3) / 4 * 4;      // a row of a strip, in whole vectors
  static constexpr Index group_rows = 8 * block_rows, group_columns = 1024;
  using L = Lanes<Real, lanes>;
  using Value = typename L::Value;

  struct Part {
    Index first, count;
  };

  // ---- products
  struct Tile {
    const Real *a, *b;
    Index terms;
    Real alpha;
    Real* c;
    Index stride;
    const Real* start;
  };

  template <int row_step, int term_step, int vectors>
  [[gnu::always_inline]] static void add_tile(const Tile& t) {
    Value sums[tile_rows][vectors] = {};
    const Real *a = t.a, *b = t.b;
    for (Index k = 0; k < t.terms; ++k, a += term_step, b += panel) {
      Value x[vectors];
      for (int v = 0; v < vectors; ++v) x[v] = L::load(b + v * lanes);
      for (int i = 0; i < tile_rows; ++i)
        for (int v = 0; v < vectors; ++v) sums[i][v] += a[i * row_step] * x[v];
    }
    for (int i = 0; i < tile_rows; ++i)
      for (int v = 0; v < vectors; ++v) {
        Real* c = t.c + i * t.stride + v * lanes;
        L::store(c, t.alpha * sums[i][v] + (t.start ? Value{} + t.start[i] : L::load(c)));
      }
  }

  template <int row_step, int term_step>
  static void add_whole(const Tile& tile, Index columns) {
    if (tile_vectors > 1 && columns <= lanes)
      add_tile<row_step, term_step, 1>(tile);
    else
      add_tile<row_step, term_step, tile_vectors>(tile);
  }

  // A tile that sticks out of C is summed beside it.
  template <int row_step, int term_step>
  static void add_part(const Tile& tile, Index rows, Index columns) {
    Real beside[tile_rows * panel], starts[tile_rows] = {};
    Tile padded_tile = tile;
    padded_tile.c = beside;
    padded_tile.stride = panel;
    padded_tile.start = tile.start ? starts : nullptr;
    for (Index i = 0; i < rows; ++i) {
      if (tile.start)
        starts[i] = tile.start[i];
      else
        for (Index j = 0; j < columns; ++j) beside[i * panel + j] = tile.c[i * tile.stride + j];
    }
    add_whole<row_step, term_step>(padded_tile, columns);
    for (Index i = 0; i < rows; ++i)
      for (Index j = 0; j < columns; ++j) tile.c[i * tile.stride + j] = beside[i * panel + j];
  }

  // C += alpha A B for one packed block of A and panels of B from one depth on.
  template <int row_step, int term_step>
  static void add_block(const DenseProduct<Real>& p, Part rows, Part terms, Part group) {
    constexpr Index strip = row_step == 1 ? tile_rows * depth + 16 : tile_rows * padded;
    const Index end = group.first + group.count;
    for (Index j = group.first; j < end; j += panel) {
      const Index columns = std::min<Index>(panel, end - j);
      const Real* b = p.panels + j * p.a.columns + terms.first * panel;
      for (Index i = 0; i < rows.count; i += tile_rows) {
        const Index row = rows.first + i, count = std::min<Index>(tile_rows, rows.count - i);
        const Tile tile{p.work + i / tile_rows * strip,
                        b,
                        terms.count,
                        p.alpha,
                        p.c.data + row * p.c.stride + j,
                        p.c.stride,
                        p.start && terms.first == 0 ? p.start + row : nullptr};
        if (count == tile_rows && (columns == panel || (tile_vectors > 1 && columns == lanes)))
          add_whole<row_step, term_step>(tile, columns);
        else
          add_part<row_step, term_step>(tile, count, columns);
      }
    }
  }

  // Rows of A one after the other, each of `padded` numbers; behind the last, zeros.
  static void pack_rows(const DenseFactor<Real>& a, Part rows, Part terms, Real* to) {
    for (Index i = 0; i < rows.count; ++i)
      std::copy_n(a.data + (rows.first + i) * a.stride + terms.first, terms.count, to + i * padded);
    for (Index i = rows.count; i % tile_rows != 0; ++i) std::fill_n(to + i * padded, terms.count, Real(0));
  }

  // `terms` terms of one strip of tile_rows rows, the terms one after the other. Copies `width` numbers a
  // term, of which the next overwrites what is too much.
  template <int width>
  [[gnu::always_inline]] static void pack_strip(const Real* from, Index stride, Index terms, Real* to) {
    for (Index k = 0; k < terms; ++k) std::copy_n(from + k * stride, width, to + k * tile_rows);
  }

  // Strips of tile_rows rows, a few terms of all of them at a time: lines of A are read while they are near.
  static void pack_columns(const DenseFactor<Real>& a, Part rows, Part terms, Real* to) {
    constexpr Index strip = tile_rows * depth + 16, few = 16;
    const Index whole = rows.count / tile_rows * tile_rows, rest = rows.count - whole;
    for (Index k = 0; k < terms.count; k += few) {
      const Index count = std::min(few, terms.count - k);
      const Real* from = a.data + (terms.first + k) * a.stride + rows.first;
      Real* next = to + k * tile_rows;
      Index i = 0;
      for (; i + copied <= rows.count; i += tile_rows, next += strip)
        pack_strip<copied>(from + i, a.stride, count, next);
      for (; i < whole; i += tile_rows, next += strip) pack_strip<tile_rows>(from + i, a.stride, count, next);
      for (Index t = 0; rest > 0 && t < count; ++t)
        for (Index r = 0; r < tile_rows; ++r)
          next[t * tile_rows + r] = r < rest ? from[t * a.stride + i + r] : Real(0);
    }
  }

  // A group of rows, of A and C, takes its terms one depth after the other, so that what it needs of B and C
  // comes from the last cache.
  template <Layout layout>
  static void multiply_group(const DenseProduct<Real>& p, Part group, Part columns) {
    for (Index k = 0; k < p.a.columns; k += depth)
      for (Index i = 0; i < group.count; i += block_rows) {
        const Part rows{group.first + i, std::min(block_rows, group.count - i)},
            terms{k, std::min(depth, p.a.columns - k)};
        if constexpr (layout == Layout::rows) {
          pack_rows(p.a, rows, terms, p.work);
          add_block<static_cast<int>(padded), 1>(p, rows, terms, columns);
        } else {
          pack_columns(p.a, rows, terms, p.work);
          add_block<1, tile_rows>(p, rows, terms, columns);
        }
      }
  }

  static void multiply(const DenseProduct<Real>& p) {
    for (Index i = 0; i < p.c.rows; i += group_rows)
      for (Index j = 0; j < p.c.columns; j += group_columns) {
        const Part rows{i, std::min(group_rows, p.c.rows - i)},
            columns{j, std::min(group_columns, p.c.columns - j)};
        if (p.a.layout == Layout::rows)
          multiply_group<Layout::rows>(p, rows, columns);
        else
          multiply_group<Layout::columns>(p, rows, columns);
      }
  }

  // ---- packing B
  static void pack_panel_of_rows(const DenseFactor<Real>& b, Index first, Real* to) {
    const Index columns = std::min<Index>(panel, b.columns - first);
    for (Index k = 0; k < b.rows; ++k, to += panel) {
      const Real* from = b.data + k * b.stride + first;
      if (columns == panel)
        std::copy_n(from, panel, to);
      else
        for (Index j = 0; j < panel; ++j) to[j] = j < columns ? from[j] : Real(0);
    }
  }

  static void pack_panel_of_columns(const DenseFactor<Real>& b, Index first, Real* to) {
    const Index columns = std::min<Index>(panel, b.columns - first), whole = columns / square * square,
                terms = b.rows / square * square;
    const Real* from = b.data + first * b.stride;
    for (Index j = 0; j < whole; j += square)
      for (Index k = 0; k < terms; k += square)
        SquareTranspose<Real, square>::run(from + j * b.stride + k, b.stride, to + k * panel + j, panel);
    for (Index j = 0; j < panel; ++j)
      for (Index k = j < whole ? terms : 0; k < b.rows; ++k)
        to[k * panel + j] = j < columns ? from[j * b.stride + k] : Real(0);
  }

  static void pack(const DenseFactor<Real>& b, Real* panels) {
    for (Index j = 0; j < b.columns; j += panel)
      if (b.layout == Layout::rows)
        pack_panel_of_rows(b, j, panels + j * b.rows);
      else
        pack_panel_of_columns(b, j, panels + j * b.rows);
  }

  // ---- a batch of one row
  template <int rows>
  [[gnu::always_inline]] static void multiply_rows(const DenseFactor<Real>& w, Index first, const Real* x,
                                                   const Real* start, Real* y) {
    constexpr int chains = rows == 1 ? 4 : 2;
    Value sums[rows][chains] = {};
    const Real* from = w.data + first * w.stride;
    Index k = 0;
    for (; k + chains * lanes <= w.columns; k += chains * lanes)
      for (int c = 0; c < chains; ++c) {
        const Value z = L::load(x + k + c * lanes);
        for (int i = 0; i < rows; ++i) sums[i][c] += L::load(from + i * w.stride + k + c * lanes) * z;
      }
    for (int i = 0; i < rows; ++i) {
      Value all = sums[i][0];
      for (int c = 1; c < chains; ++c) all += sums[i][c];
      Real sum = L::sum(all);
      for (Index r = k; r < w.columns; ++r) sum += from[i * w.stride + r] * x[r];
      y[first + i] = sum + (start ? start[first + i] : Real(0));
    }
  }
  static void multiply_row(const DenseFactor<Real>& w, const Real* x, const Real* start, Real* y) {
    Index i = 0;
    for (; i + 4 <= w.rows; i += 4) multiply_rows<4>(w, i, x, start, y);
    for (; i < w.rows; ++i) multiply_rows<1>(w, i, x, start, y);
  }

  template <int rows, bool with_below>
  [[gnu::always_inline]] static void descend_rows(Real* const* w, const Real* delta, Real step, const Real* x,
                                                  Real* below, Index columns) {
    Real scale[rows];
    for (int i = 0; i < rows; ++i) scale[i] = -step * delta[i];
    Index k = 0;
    for (; k + lanes <= columns; k += lanes) {
      const Value z = L::load(x + k);
      Value sum = {};
      if constexpr (with_below) sum = L::load(below + k);
      for (int i = 0; i < rows; ++i) {
        const Value old = L::load(w[i] + k);
        if constexpr (with_below) sum += delta[i] * old;
        L::store(w[i] + k, old + scale[i] * z);
      }
      if constexpr (with_below) L::store(below + k, sum);
    }
    for (; k < columns; ++k)
      for (int i = 0; i < rows; ++i) {
        const Real old = w[i][k];
        if constexpr (with_below) below[k] += delta[i] * old;
        w[i][k] = old + scale[i] * x[k];
      }
  }
  template <bool with_below>
  static void descend_some(const DenseBlock<Real>& w, const Real* x, const Real* delta, Real step,
                           Real* below) {
    Real *rows[4], deltas[4];
    int held = 0;
    for (Index i = 0; i < w.rows; ++i) {
      if (delta[i] == 0) continue;
      rows[held] = w.data + i * w.stride;
      deltas[held++] = delta[i];
      if (held < 4) continue;
      descend_rows<4, with_below>(rows, deltas, step, x, below, w.columns);
      held = 0;
    }
    for (int i = 0; i < held; ++i)
      descend_rows<1, with_below>(rows + i, deltas + i, step, x, below, w.columns);
  }
  static void descend_row(const DenseBlock<Real>& w, const Real* x, const Real* delta, Real step,
                          Real* below) {
    if (below)
      descend_some<true>(w, x, delta, step, below);
    else
      descend_some<false>(w, x, delta, step, below);
  }

  // ---- the output
  static void combine(const DenseFactor<Real>& z, const Real* w, Real start, Real* y) {
    const auto weight = [w](Index k) { return w ? w[k] : Real(1); };
    Index j = 0;
    for (; j + lanes <= z.columns; j += lanes) {
      Value sums[4] = {};
      Index k = 0;
      for (; k + 4 <= z.rows; k += 4)
        for (int c = 0; c < 4; ++c) sums[c] += weight(k + c) * L::load(z.data + (k + c) * z.stride + j);
      for (; k < z.rows; ++k) sums[0] += weight(k) * L::load(z.data + k * z.stride + j);
      L::store(y + j, (sums[0] + sums[1]) + (sums[2] + sums[3]) + start);
    }
    for (; j < z.columns; ++j) {
      y[j] = start;
      for (Index k = 0; k < z.rows; ++k) y[j] += weight(k) * z.data[k * z.stride + j];
    }
  }

  static Real dot(const Real* x, const Real* y, Index count) {
    Value sums[2] = {};
    Index j = 0;
    for (; j + 2 * lanes <= count; j += 2 * lanes)
      for (int c = 0; c < 2; ++c) {
        const Value z = L::load(x + j + c * lanes);
        sums[c] += y ? z * L::load(y + j + c * lanes) : z;
      }
    Real sum = L::sum(sums[0] + sums[1]);
    for (; j < count; ++j) sum += y ? x[j] * y[j] : x[j];
    return sum;
  }

  // ---- activations
  template <ActivationKind kind>
  static void activate_as(Real* u, Real* slopes, Index count) {
    if (slopes)
      for (Index j = 0; j < count; ++j) {
        const Activated<Real> f = activated<kind>(u[j]);
        u[j] = f.value;
        slopes[j] = f.slope;
      }
    else
      for (Index j = 0; j < count; ++j) u[j] = activated<kind>(u[j]).value;
  }
  static void activate(ActivationKind kind, Real* u, Real* slopes, Index count) {
    switch (kind) {
      case ActivationKind::linear:
        return activate_as<ActivationKind::linear>(u, slopes, count);
      case ActivationKind::relu:
        return activate_as<ActivationKind::relu>(u, slopes, count);
      case ActivationKind::tanh:
        return activate_as<ActivationKind::tanh>(u, slopes, count);
      case ActivationKind::erf:
        return activate_as<ActivationKind::erf>(u, slopes, count);
      case ActivationKind::gelu:
        return activate_as<ActivationKind::gelu>(u, slopes, count);
    }
  }

  static void differentiate(ActivationKind kind, const ActivatedRow<Real>& row, Real factor, const Real* from,
                            Real* delta) {
    const Real *z = row.units, *slopes = row.slopes;
    if (slopes)
      for (Index j = 0; j < row.count; ++j) delta[j] = factor * from[j] * slopes[j];
    else if (kind == ActivationKind::relu)
      for (Index j = 0; j < row.count; ++j) delta[j] = z[j] > 0 ? factor * from[j] : Real(0);
    else if (kind == ActivationKind::tanh)
      for (Index j = 0; j < row.count; ++j) delta[j] = factor * from[j] * (1 - z[j] * z[j]);
    else
      for (Index j = 0; j < row.count; ++j) delta[j] = factor * from[j];
  }

  static constexpr DenseKernels<Real> kernels() {
    return {.lanes = lanes,
            .panel = panel,
            .rows = block_rows,
            .group = group_rows,
            .depth = depth,
            .work = block_rows * (padded + 16),
            .pack = pack,
            .multiply = multiply,
            .multiply_row = multiply_row,
            .descend_row = descend_row,
            .combine = combine,
            .dot = dot,
            .activate = activate,
            .differentiate = differentiate};
  }
};

}  // namespace quartic::detail
