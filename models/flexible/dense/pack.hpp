#pragma once
/// How the factors of a product are packed (dense_lanes.hpp): A by blocks, in rows as they stand or in strips
/// of a few rows, B in panels of a few columns. Copies run over whole vectors: of small batches packing is no
/// small part.
#include "models/flexible/dense/lanes.hpp"

namespace quartic::detail {

template <class Real, class Shape>
struct DensePacking {
  using Sizes = DenseSizes<Real, Shape>;
  static constexpr int tile_rows = Sizes::tile_rows, panel = Sizes::panel, square = std::min(Sizes::lanes, 8);
  static constexpr int copied = (tile_rows + 3) / 4 * 4;  // a row of a strip, in whole vectors

  // Rows of A one after the other, `row_step` numbers from one to the next; behind the last, zeros.
  static void pack_rows(const DenseFactor<Real>& a, DensePart rows, DensePart terms, Real* to) {
    for (Index i = 0; i < rows.count; ++i)
      std::copy_n(a.data + (rows.first + i) * a.stride + terms.first, terms.count, to + i * Sizes::row_step);
    for (Index i = rows.count; i % tile_rows != 0; ++i)
      std::fill_n(to + i * Sizes::row_step, terms.count, Real(0));
  }

  // `terms` terms of one strip of tile_rows rows, the terms one after the other. Copies `width` numbers a
  // term, of which the next overwrites what is too much.
  template <int width>
  [[gnu::always_inline]] static void pack_strip(const Real* from, Index stride, Index terms, Real* to) {
    for (Index k = 0; k < terms; ++k) std::copy_n(from + k * stride, width, to + k * tile_rows);
  }

  // Strips of tile_rows rows, a few terms of all of them at a time: lines of A are read while they are near.
  static void pack_columns(const DenseFactor<Real>& a, DensePart rows, DensePart terms, Real* to) {
    constexpr Index strip = Sizes::strip_step, few = 16;
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
};

}  // namespace quartic::detail
