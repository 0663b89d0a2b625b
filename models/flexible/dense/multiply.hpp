#pragma once
/// C <- start + alpha A B with B packed (dense_lanes.hpp).
#include "models/flexible/dense/pack.hpp"

namespace quartic::detail {

template <class Real, class Shape>
struct DenseMultiply {
  using Sizes = DenseSizes<Real, Shape>;
  using Packing = DensePacking<Real, Shape>;
  using L = Lanes<Real, Sizes::lanes>;
  using Value = typename L::Value;
  static constexpr int lanes = Sizes::lanes, tile_rows = Sizes::tile_rows, tile_vectors = Sizes::tile_vectors,
                       panel = Sizes::panel;

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
        for (int v = 0; v < vectors; ++v)
          sums[i][v] = L::add_product(sums[i][v], L::all(a[i * row_step]), x[v]);
    }
    for (int i = 0; i < tile_rows; ++i)
      for (int v = 0; v < vectors; ++v) {
        Real* c = t.c + i * t.stride + v * lanes;
        const Value first = t.start ? Value{} + t.start[i] : L::load(c);
        L::store(c, L::add_product(first, L::all(t.alpha), sums[i][v]));
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
  static void add_block(const DenseProduct<Real>& p, DensePart rows, DensePart terms, DensePart group) {
    constexpr Index strip = row_step == 1 ? Sizes::strip_step : tile_rows * Sizes::row_step;
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

  // A group of rows, of A and C, takes its terms one depth after the other, so that what it needs of B and C
  // comes from the last cache.
  template <Layout layout>
  static void multiply_group(const DenseProduct<Real>& p, DensePart group, DensePart columns) {
    for (Index k = 0; k < p.a.columns; k += Sizes::depth)
      for (Index i = 0; i < group.count; i += Sizes::block_rows) {
        const DensePart rows{group.first + i, std::min(Sizes::block_rows, group.count - i)},
            terms{k, std::min(Sizes::depth, p.a.columns - k)};
        if constexpr (layout == Layout::rows) {
          Packing::pack_rows(p.a, rows, terms, p.work);
          add_block<static_cast<int>(Sizes::row_step), 1>(p, rows, terms, columns);
        } else {
          Packing::pack_columns(p.a, rows, terms, p.work);
          add_block<1, tile_rows>(p, rows, terms, columns);
        }
      }
  }

  static void multiply(const DenseProduct<Real>& p) {
    for (Index i = 0; i < p.c.rows; i += Sizes::group_rows)
      for (Index j = 0; j < p.c.columns; j += Sizes::group_columns) {
        const DensePart rows{i, std::min(Sizes::group_rows, p.c.rows - i)},
            columns{j, std::min(Sizes::group_columns, p.c.columns - j)};
        if (p.a.layout == Layout::rows)
          multiply_group<Layout::rows>(p, rows, columns);
        else
          multiply_group<Layout::columns>(p, rows, columns);
      }
  }
};

}  // namespace quartic::detail
