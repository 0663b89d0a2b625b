// Linear algebra of the linear models. gigaflops are those of the named formulas (models/linear/flops.hpp)
// over the measured time: compare them with dgemm_peak of the same run.
#include <benchmark/benchmark.h>

#include "models/linear/blas.hpp"
#include "models/linear/cholesky.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/moments.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic {
namespace {

constexpr Index kColumns = 1000;
const std::vector<Index> kSizes = {10,  15,  20,  30,  50,   75,   100,  150,  175, 200,
                                   300, 500, 700, 900, 1000, 1100, 1500, 2000, 3000};

const Data& problem() {
  static const Data data = gaussian_problem(3000, kColumns, 1);
  return data;
}

void report_gigaflops(benchmark::State& state, double flops) {
  state.counters["gigaflops"] =
      benchmark::Counter(flops * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}

void dgemm_peak(benchmark::State& state) {
  const Index n = state.range(0);
  const Matrix a = gaussian_matrix(n, n, Stream(1)), b = gaussian_matrix(n, n, Stream(2));
  Matrix c = Matrix::Zero(n, n);
  for (auto _ : state) detail::add_product(c, 1, detail::plain(a), detail::plain(b));
  const auto order = static_cast<double>(n);
  report_gigaflops(state, product_flops(order, order, order));
}
BENCHMARK(dgemm_peak)->Arg(1024)->Unit(benchmark::kMillisecond);

void gram_by_columns(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(GrowingGram(problem()).at(3000));
  report_gigaflops(state, gram_flops(3000, kColumns));
}
BENCHMARK(gram_by_columns)->Unit(benchmark::kMillisecond);

void gram_by_rows(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(row_gram(problem(), state.range(0)));
  report_gigaflops(state, gram_flops(kColumns, static_cast<double>(state.range(0))));
}
BENCHMARK(gram_by_rows)->Arg(100)->Arg(500)->Arg(900)->Unit(benchmark::kMillisecond);

void factor_of_rows(benchmark::State& state) {
  const Index n = state.range(0);
  const Triangle gram = row_gram(gaussian_problem(n, n + 100, 1), n);
  for (auto _ : state) benchmark::DoNotOptimize(cholesky(gram));
  report_gigaflops(state, cholesky_flops(static_cast<double>(n)));
}
BENCHMARK(factor_of_rows)->Arg(100)->Arg(500)->Arg(900)->Arg(3000)->Unit(benchmark::kMillisecond);

void factor_of_columns(benchmark::State& state) {
  const Matrix gram = GrowingGram(problem()).at(3000).gram;
  for (auto _ : state) benchmark::DoNotOptimize(cholesky(Triangle(gram)));
  report_gigaflops(state, cholesky_flops(kColumns));
}
BENCHMARK(factor_of_columns)->Unit(benchmark::kMillisecond);

// The learning curve of the figure at once; the ratio of the two times is what sharing gains.
void curve_at_once(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(fit_prefixes(LeastSquares{}, problem(), kSizes));
}
BENCHMARK(curve_at_once)->Unit(benchmark::kMillisecond);

void curve_size_by_size(benchmark::State& state) {
  for (auto _ : state)
    for (Index n : kSizes) benchmark::DoNotOptimize(fit(LeastSquares{}, problem().prefix(n)));
}
BENCHMARK(curve_size_by_size)->Unit(benchmark::kMillisecond);

// An oracle's fit: what a small problem costs beyond its arithmetic.
void oracle(benchmark::State& state) {
  const Data data = gaussian_problem(state.range(0), 10, 1);
  for (auto _ : state) benchmark::DoNotOptimize(fit(LeastSquares{}, data));
  report_gigaflops(state, LeastSquares{}.fit_flops(state.range(0), 10));
}
BENCHMARK(oracle)->Arg(15)->Arg(100)->Arg(3000);

void ridge_by_leaving_one_out(benchmark::State& state) {
  const Data data = problem().prefix(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(fit(Ridge{}, data));
}
BENCHMARK(ridge_by_leaving_one_out)->Arg(200)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace quartic
