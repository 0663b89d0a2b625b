#include "models/linear/browser/product_kernel.hpp"

#include <algorithm>
#include <cassert>
#include <memory>

#include "models/linear/browser/pairs.hpp"

namespace quartic::detail {

namespace {

constexpr Index width = 4;           // of a strip
constexpr Index most_terms = 256;    // of a sum in registers
constexpr Index most_vectors = 256;  // of a side at a time: half a megabyte
constexpr Index few = 16;            // vectors, for which the other side is read where it stands

// Four vectors: term k of all of them at data + k * step.
struct Strip {
  const double* data;
  Index step;
};

// A side in strips. They are copies unless the side stands so and is read few times; behind its last vector are zeros.
class Strips {
 public:
  Strips(const Side& side, Index reads) : side_(side), copies_(side.step != 1 || reads > few) {
    const Index whole = side.count / width * width;
    first_copied_ = copies_ ? 0 : whole;
    numbers_.reset(new double[static_cast<std::size_t>((side.count - first_copied_ + width - 1) / width *
                                                       width * side.terms)]);
    if (copies_)
      for (Index i = 0; i < whole; i += width) side.step == 1 ? copy_together(i) : copy_apart(i);
    if (whole < side.count) copy_rest(whole);
  }
  Strip operator[](Index vector) const {
    return vector < first_copied_ ? Strip{side_.data + vector, side_.term_step} : Strip{copy(vector), width};
  }

 private:
  double* copy(Index vector) const { return numbers_.get() + (vector - first_copied_) * side_.terms; }
  void copy_together(Index first) {
    const double* from = side_.data + first;
    double* to = copy(first);
    for (Index k = 0; k < side_.terms; ++k, from += side_.term_step, to += width) {
      store(to, load(from));
      store(to + 2, load(from + 2));
    }
  }
  void copy_apart(Index first) {
    const double* from = side_.data + first * side_.step;
    double* to = copy(first);
    for (Index k = 0; k < side_.terms; ++k, from += side_.term_step, to += width)
      for (Index i = 0; i < width; ++i) to[i] = from[i * side_.step];
  }
  void copy_rest(Index first) {
    double* to = copy(first);
    for (Index k = 0; k < side_.terms; ++k, to += width)
      for (Index i = 0; i < width; ++i)
        to[i] = first + i < side_.count ? side_.data[(first + i) * side_.step + k * side_.term_step] : 0;
  }

  Side side_;
  bool copies_;
  Index first_copied_;
  std::unique_ptr<double[]> numbers_;
};

struct Square {
  Pair rows[width][2];
};

[[gnu::always_inline]] inline Square sum_products(Strip a, Strip b, Index terms) {
  Square sums = {};
  for (Index k = 0; k < terms; ++k, a.data += a.step, b.data += b.step) {
    const Pair left = load(b.data), right = load(b.data + 2);
    for (Index i = 0; i < width; ++i) {
      const Pair factor = {a.data[i], a.data[i]};
      sums.rows[i][0] += factor * left;
      sums.rows[i][1] += factor * right;
    }
  }
  return sums;
}

// Entry i, j of C is wanted where least <= i - j <= most.
struct Band {
  Index least, most;
};

struct Target {
  Block block;
  double alpha;
  Band band;

  // Squares of four by four whose entries are all wanted, or some.
  bool takes_all(Index i, Index j) const {
    return band.least <= i - j - (width - 1) && i - j + (width - 1) <= band.most;
  }
  bool takes_some(Index i, Index j) const {
    return band.least <= i - j + (width - 1) && i - j - (width - 1) <= band.most;
  }

  void add(Index i, Index j, const Square& sums) const {
    double* c = block.data + i * block.stride + j;
    for (Index r = 0; r < width; ++r, c += block.stride)
      for (Index v = 0; v < 2; ++v) store(c + 2 * v, load(c + 2 * v) + alpha * sums.rows[r][v]);
  }
  // What is wanted of it and lies within C.
  void add_some(Index i, Index j, const Square& sums) const {
    const Index rows = std::min(width, block.rows - i), columns = std::min(width, block.columns - j);
    for (Index r = 0; r < rows; ++r)
      for (Index t = 0; t < columns; ++t)
        if (band.least <= i + r - j - t && i + r - j - t <= band.most)
          block.data[(i + r) * block.stride + j + t] += alpha * sums.rows[r][t / 2][t % 2];
  }
};

void add_group(const Target& target, const Strips& a, const Strips& b, Range rows, Range columns,
               Index terms) {
  for (Index i = 0; i < rows.count; i += width)
    for (Index j = 0; j < columns.count; j += width) {
      const Index row = rows.first + i, column = columns.first + j;
      if (!target.takes_some(row, column)) continue;
      const Square sums = sum_products(a[i], b[j], terms);
      if (i + width <= rows.count && j + width <= columns.count && target.takes_all(row, column))
        target.add(row, column, sums);
      else
        target.add_some(row, column, sums);
    }
}

Range piece(Index first, Index most, Index count) {
  return {first, std::min(most, count - first)};
}

}  // namespace

void add_products(Block C, double alpha, const Side& a, const Side& b) {
  assert(C.rows == a.count && C.columns == b.count && a.terms == b.terms);
  const Target target{C, alpha, {-C.columns, C.rows}};
  for (Index k = 0; k < a.terms; k += most_terms)
    for (Index j = 0; j < b.count; j += most_vectors) {
      const Range terms = piece(k, most_terms, a.terms), columns = piece(j, most_vectors, b.count);
      const Strips right(b.part(columns, terms), a.count);
      for (Index i = 0; i < a.count; i += most_vectors) {
        const Range rows = piece(i, most_vectors, a.count);
        add_group(target, Strips(a.part(rows, terms), columns.count), right, rows, columns, terms.count);
      }
    }
}

void add_own_products(Block C, double alpha, const Side& a, Corner corner) {
  assert(C.rows == a.count && C.columns == a.count);
  const Target target{C, alpha, corner == Corner::lower ? Band{0, C.rows} : Band{-C.rows, 0}};
  for (Index k = 0; k < a.terms; k += most_terms)
    for (Index j = 0; j < a.count; j += most_vectors) {
      const Range terms = piece(k, most_terms, a.terms), columns = piece(j, most_vectors, a.count);
      const Strips right(a.part(columns, terms), a.count);
      add_group(target, right, right, columns, columns, terms.count);
      const Index begin = corner == Corner::lower ? j + most_vectors : 0,
                  end = corner == Corner::lower ? a.count : j;
      for (Index i = begin; i < end; i += most_vectors) {
        const Range rows = piece(i, most_vectors, a.count);
        add_group(target, Strips(a.part(rows, terms), columns.count), right, rows, columns, terms.count);
      }
    }
}

}  // namespace quartic::detail
