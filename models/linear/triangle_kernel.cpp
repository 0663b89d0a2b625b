// Compiled with -ffp-contract=fast: a product and its sum are one operation where the processor has it.
#include "models/linear/triangle_kernel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/machine/processor.hpp"

namespace quartic::detail {

namespace {

constexpr Index panel_strips = slab_columns / strip_rows;  // factored before the rest is updated
constexpr Index chunk_strips = 32;                         // with slab_columns columns: half a second cache
constexpr Index square = strip_rows * strip_rows;

enum class Sum { add, subtract };

// Two operands of one layout, strips of `columns` columns: of a triangle, and of a slab.
struct Panel {
  const double* triangle;
  Index first, columns;
  const double* strip(Index r) const { return triangle + strip_offset(r) + strip_rows * first; }
};
struct Slab {
  const double* data;
  Index columns;
  const double* strip(Index r) const { return data + strip_rows * columns * r; }
};

// A square of eight rows and eight columns of a triangle, by strips.
struct Place {
  Index row, column;
  Index offset() const { return strip_offset(row) + square * column; }
};

struct SquareFactor {
  Index valid;
  std::array<double, strip_rows> inverses;  // 1 / L_kk
};

// The last square of a strip <- its factor.
[[gnu::always_inline]] inline SquareFactor factor_square(double* a, std::span<const double> smallest_pivots) {
  SquareFactor factor{0, {}};
  const Index order = static_cast<Index>(smallest_pivots.size());
  for (Index k = 0; k < order; ++k) {
    double* column = a + strip_rows * k;
    if (!(column[k] > smallest_pivots[k])) return factor;
    column[k] = std::sqrt(column[k]);
    factor.inverses[k] = 1 / column[k];
    ++factor.valid;
    for (Index i = k + 1; i < strip_rows; ++i) column[i] *= factor.inverses[k];
    for (Index j = k + 1; j < strip_rows; ++j)
      for (Index i = j; i < strip_rows; ++i) a[strip_rows * j + i] -= column[i] * column[j];
  }
  return factor;
}

// x <- L^-1 x and x <- L'^-1 x for the last square of a strip.
void solve_square(const double* a, std::span<double> x) {
  for (std::size_t t = 0; t < x.size(); ++t) {
    x[t] /= a[strip_rows * t + t];
    for (std::size_t u = t + 1; u < x.size(); ++u) x[u] -= a[strip_rows * t + u] * x[t];
  }
}
void solve_transposed_square(const double* a, std::span<double> x) {
  for (std::size_t t = x.size(); t-- > 0;) {
    for (std::size_t u = t + 1; u < x.size(); ++u) x[t] -= a[strip_rows * t + u] * x[u];
    x[t] /= a[strip_rows * t + t];
  }
}

// The last rows of b, fewer than a strip has: L^-1 and then L'^-1 for them, whose part of the rest of b is
// subtracted. What stands in the strip's other rows may not be a number.
void solve_rest(const double* strip, std::span<double> b, std::span<double> rest) {
  const std::size_t before = b.size() - rest.size();
  for (std::size_t k = 0; k < before; ++k)
    for (std::size_t t = 0; t < rest.size(); ++t) rest[t] -= strip[strip_rows * k + t] * b[k];
  solve_square(strip + strip_rows * before, rest);
  solve_transposed_square(strip + strip_rows * before, rest);
  for (std::size_t k = 0; k < before; ++k)
    for (std::size_t t = 0; t < rest.size(); ++t) b[k] -= strip[strip_rows * k + t] * rest[t];
}

// Processors differ in the lanes of a vector and in the sums their registers hold: those of `most` strips of
// rows by `columns` columns.
template <int lanes, int most, int columns>
struct Kernel {
  using Vec [[gnu::vector_size(8 * lanes), gnu::aligned(8), gnu::may_alias]] = double;
  static constexpr int parts = strip_rows / lanes;

  [[gnu::always_inline]] static Vec& at(double* p) { return *reinterpret_cast<Vec*>(p); }
  [[gnu::always_inline]] static const Vec& at(const double* p) { return *reinterpret_cast<const Vec*>(p); }

  // Squares of `count` strips of rows and one of columns += or -= sum_k x_ik x_jk.
  template <Sum sum, int count, class Operand>
  [[gnu::always_inline]] static void add_squares(double* triangle, const Operand& x, Place place) {
    constexpr int vectors = count * parts;
    const double *from[vectors], *factors = x.strip(place.column);
    double* to[vectors];
    for (int v = 0; v < vectors; ++v) {
      const Place one{place.row + v / parts, place.column};
      from[v] = x.strip(one.row) + v % parts * lanes;
      to[v] = triangle + one.offset() + v % parts * lanes;
    }
    for (Index j = 0; j < strip_rows; j += columns) {
      Vec sums[vectors][columns];
      for (int v = 0; v < vectors; ++v)
        for (int t = 0; t < columns; ++t) sums[v][t] = at(to[v] + strip_rows * (j + t));
      for (Index k = 0; k < strip_rows * x.columns; k += strip_rows)
        for (int v = 0; v < vectors; ++v)
          for (int t = 0; t < columns; ++t)
            if constexpr (sum == Sum::add)
              sums[v][t] += at(from[v] + k) * factors[k + j + t];
            else
              sums[v][t] -= at(from[v] + k) * factors[k + j + t];
      for (int v = 0; v < vectors; ++v)
        for (int t = 0; t < columns; ++t) at(to[v] + strip_rows * (j + t)) = sums[v][t];
    }
  }

  // The same for strips of rows as many as there are.
  template <Sum sum, class Operand>
  [[gnu::always_inline]] static void add_column(double* triangle, const Operand& x, Range rows,
                                                Index column) {
    Index r = rows.first, left = rows.count;
    for (; left >= most; left -= most, r += most) add_squares<sum, most>(triangle, x, {r, column});
    for (; left > 0; --left, ++r) add_squares<sum, 1>(triangle, x, {r, column});
  }

  // All squares of these strips right of their first. A chunk of columns stays in the second cache, `most`
  // strips of rows in the first.
  template <Sum sum, class Operand>
  [[gnu::always_inline]] static void add_triangle(double* triangle, const Operand& x, Range strips) {
    const Index end = strips.first + strips.count;
    for (Index chunk = strips.first; chunk < end; chunk += chunk_strips)
      for (Index r = chunk; r < end; r += most) {
        const Index below = std::min(r + most, end);
        for (Index s = chunk; s < std::min(chunk + chunk_strips, below); ++s)
          add_column<sum>(triangle, x, {std::max(r, s), below - std::max(r, s)}, s);
      }
  }

  // A square left of the last of its strip <- A L^-T.
  [[gnu::always_inline]] static void solve_rows(double* a, const double* L, const SquareFactor& factor) {
    for (Index first = 0; first < strip_rows; first += lanes) {
      Vec x[strip_rows];
      for (Index t = 0; t < strip_rows; ++t) x[t] = at(a + strip_rows * t + first);
      for (Index t = 0; t < strip_rows; ++t) {
        x[t] *= factor.inverses[t];
        for (Index u = t + 1; u < strip_rows; ++u) x[u] -= x[t] * L[strip_rows * t + u];
      }
      for (Index t = 0; t < strip_rows; ++t) at(a + strip_rows * t + first) = x[t];
    }
  }

  [[gnu::always_inline]] static void add_products(std::span<double> triangle, const double* strips,
                                                  Index depth) {
    Index count = 0;
    while (strip_offset(count) < static_cast<Index>(triangle.size())) ++count;
    add_triangle<Sum::add>(triangle.data(), Slab{strips, depth}, {0, count});
  }

  [[gnu::always_inline]] static Index factor(double* a, std::span<const double> smallest_pivots) {
    const Index order = static_cast<Index>(smallest_pivots.size()), count = count_strips(order);
    for (Index s = 0; s < count; ++s) {
      const Index panel = s / panel_strips * panel_strips, column = strip_rows * s;
      if (s == panel) interruption_point();
      if (s == panel && s > 0)
        add_triangle<Sum::subtract>(a, Panel{a, strip_rows * (s - panel_strips), slab_columns},
                                    {s, count - s});
      add_column<Sum::subtract>(a, Panel{a, strip_rows * panel, strip_rows * (s - panel)}, {s, count - s}, s);
      const SquareFactor corner = factor_square(
          a + Place{s, s}.offset(), smallest_pivots.subspan(column, std::min(strip_rows, order - column)));
      if (corner.valid < std::min(strip_rows, order - column)) return column + corner.valid;
      for (Index r = s + 1; r < count; ++r)
        solve_rows(a + Place{r, s}.offset(), a + Place{s, s}.offset(), corner);
    }
    return order;
  }

  // x_s <- x_s - sum_{q < s} L_sq x_q.
  [[gnu::always_inline]] static void subtract_before(const double* L, double* x, Index s) {
    Vec sums[parts];
    for (int v = 0; v < parts; ++v) sums[v] = at(x + strip_rows * s + v * lanes);
    const double* strip = L + strip_offset(s);
    for (Index k = 0; k < strip_rows * s; ++k)
      for (int v = 0; v < parts; ++v) sums[v] -= at(strip + strip_rows * k + v * lanes) * x[k];
    for (int v = 0; v < parts; ++v) at(x + strip_rows * s + v * lanes) = sums[v];
  }

  // x_s <- x_s - sum_{s < r < count} L_rs' x_r.
  [[gnu::always_inline]] static void subtract_behind(const double* L, double* x, Place place) {
    Vec sums[strip_rows][parts] = {};
    for (Index r = place.column + 1; r < place.row; ++r)
      for (Index t = 0; t < strip_rows; ++t)
        for (int v = 0; v < parts; ++v)
          sums[t][v] += at(L + Place{r, place.column}.offset() + strip_rows * t + v * lanes) *
                        at(x + strip_rows * r + v * lanes);
    for (Index t = 0; t < strip_rows; ++t)
      for (int v = 0; v < parts; ++v)
        for (int l = 0; l < lanes; ++l) x[strip_rows * place.column + t] -= sums[t][v][l];
  }

  [[gnu::always_inline]] static void solve(const double* L, std::span<double> b) {
    const Index whole = static_cast<Index>(b.size()) / strip_rows;
    const std::span<double> rest = b.subspan(strip_rows * whole);
    const auto part = [&](Index s) { return b.subspan(strip_rows * s, strip_rows); };
    for (Index s = 0; s < whole; ++s) {
      subtract_before(L, b.data(), s);
      solve_square(L + Place{s, s}.offset(), part(s));
    }
    solve_rest(L + strip_offset(whole), b, rest);
    for (Index s = whole; s-- > 0;) {
      subtract_behind(L, b.data(), {whole, s});
      solve_transposed_square(L + Place{s, s}.offset(), part(s));
    }
  }
};

// The three of one processor. The attribute is what compiles the kernel for it.
struct Baseline {
  using Own = Kernel<2, 1, 2>;
  static void add_products(std::span<double> triangle, const double* strips, Index columns) {
    Own::add_products(triangle, strips, columns);
  }
  static Index factor(double* triangle, std::span<const double> smallest_pivots) {
    return Own::factor(triangle, smallest_pivots);
  }
  static void solve(const double* triangle, std::span<double> b) { Own::solve(triangle, b); }
};

#if defined(__x86_64__)
struct Avx2 {
  using Own = Kernel<4, 1, 4>;
  [[gnu::target("avx2,fma")]] static void add_products(std::span<double> triangle, const double* strips,
                                                       Index columns) {
    Own::add_products(triangle, strips, columns);
  }
  [[gnu::target("avx2,fma")]] static Index factor(double* triangle, std::span<const double> smallest_pivots) {
    return Own::factor(triangle, smallest_pivots);
  }
  [[gnu::target("avx2,fma")]] static void solve(const double* triangle, std::span<double> b) {
    Own::solve(triangle, b);
  }
};

struct Avx512 {
  using Own = Kernel<8, 2, 8>;
  [[gnu::target("avx512f")]] static void add_products(std::span<double> triangle, const double* strips,
                                                      Index columns) {
    Own::add_products(triangle, strips, columns);
  }
  [[gnu::target("avx512f")]] static Index factor(double* triangle, std::span<const double> smallest_pivots) {
    return Own::factor(triangle, smallest_pivots);
  }
  [[gnu::target("avx512f")]] static void solve(const double* triangle, std::span<double> b) {
    Own::solve(triangle, b);
  }
};
#endif

template <class Processor>
constexpr TriangleKernels make_kernels() {
  return {Processor::add_products, Processor::factor, Processor::solve};
}

#if defined(__x86_64__)
constexpr std::array kernels = {make_kernels<Avx512>(), make_kernels<Avx2>(), make_kernels<Baseline>()};
std::size_t first_that_runs() {  // they stand in descending order
  return std::size_t{2} - static_cast<std::size_t>(processor_instructions());
}
#else
constexpr std::array kernels = {make_kernels<Baseline>()};
std::size_t first_that_runs() {
  return 0;
}
#endif

}  // namespace

std::span<const TriangleKernels> triangle_kernels() {
  return std::span(kernels).subspan(first_that_runs());
}

}  // namespace quartic::detail
