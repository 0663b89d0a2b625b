/// What linear algebra reaches in WebAssembly: billions of operations a second, the best of repeated runs.
///
///     ninja -C build/page page_bench && node --no-experimental-fetch --no-liftoff build/page/page_bench.js
///
/// (Without the second option the first figures are of code that is not optimised yet.)
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>

#include "core/random/stream.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/cholesky.hpp"
#include "models/linear/gram.hpp"

namespace {

using namespace quartic;

Matrix normals(Index rows, Index columns) {
  Matrix x(rows, columns);
  Stream(7).fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  return x;
}

Matrix positive(Index order) {
  return normals(order, order) / static_cast<double>(order) + 10 * Matrix::Identity(order, order);
}

/// Calls take 2 ms together; the best of sixty such.
void measure(const char* what, Index order, double flops, const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  const int calls = std::max(1, static_cast<int>(2e7 / flops / 10 * 10));
  double best = infinity;
  for (int repeat = 0; repeat < 60; ++repeat) {
    const auto begin = Clock::now();
    for (int k = 0; k < calls; ++k) call();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count() / calls);
  }
  std::cout << what << ' ' << order << ": " << flops * 1e-9 / best << '\n';
}

void measure_order(Index n) {
  using namespace detail;
  const auto order = static_cast<double>(n);
  const Matrix a = normals(n, n), b = normals(n, n), tile = normals(64, n), factor = positive(n);
  Matrix c = Matrix::Zero(n, n);
  Vector x = a.row(0).transpose(), y = x;
  const double cube = order * order * order, square = order * order;
  measure("product", n, 2 * cube, [&] { add_product(c, 1e-3, plain(a), plain(b)); });
  measure("product with a transpose", n, 2 * cube, [&] { add_product(c, 1e-3, plain(a), transposed(b)); });
  measure("Gram of 64 rows", n, 64 * square, [&] { add_gram(c, 1e-3, transposed(tile)); });
  measure("eight rows times", n, 16 * square, [&] {
    add_product(Block(c).part({0, std::min<Index>(8, n)}, {0, n}), 1e-3,
                plain(Block(c).part({0, std::min<Index>(8, n)}, {0, n})), plain(b));
  });
  measure("matrix times vector", n, 2 * square, [&] { add_product(span_of(y), 1e-3, plain(a), span_of(x)); });
  measure("transpose times vector", n, 2 * square,
          [&] { add_product(span_of(y), 1e-3, transposed(a), span_of(x)); });
  Matrix solved = b;
  measure("many right sides", n, cube, [&] { solve_rows(factor, Block(solved)); });
  Matrix factored = factor;
  measure("Cholesky", n, cube / 3, [&] {
    factored = factor;
    if (factor_in_place(factored) < n) std::abort();
  });
  const Data data(normals(n, 1000), Vector::Zero(n), Task::regression);
  measure("Gram by rows, 1000 columns", n, 1000 * square, [&] { row_gram(data, n); });
  const Triangle triangle(factor);
  measure("Cholesky of strips", n, cube / 3, [&] { cholesky(triangle); });
}

void measure_normals(Index n) {
  const Stream stream(7);
  std::vector<double> out(n);
  std::vector<std::ptrdiff_t> places(n);
  for (Index k = 0; k < n; ++k) places[k] = 1000 * k;
  const auto count = static_cast<double>(n);
  measure("normals", n, count, [&] { Stream(7).fill_normal(out); });
  measure("scattered normals", n, count, [&] { stream.normals_at(places, out); });
}

}  // namespace

int main(int count, char** orders) {
  measure_normals(2000);
  if (count < 2)
    for (const Index n : {10, 50, 200, 1000}) measure_order(n);
  for (int k = 1; k < count; ++k) measure_order(std::atoi(orders[k]));
}
