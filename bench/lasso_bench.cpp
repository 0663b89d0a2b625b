/// The lasso's path of 100 penalties down to lambda_max / 100. Counters: the largest relative duality gap on
/// the path, and the number of columns in the last solution. Data: u(seed, i) = the top 53 bits of
/// splitmix64(seed, i) / 2^53, Box-Muller by pairs, x by columns from one seed and the noise from the next;
/// 10 coefficients (-1)^k (1 + k/10) on columns k d/10; signal to noise 10.
#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>

#include "models/linear/lasso/lasso.hpp"

namespace {

using namespace quartic;

constexpr std::uint64_t bench_seed = 20210924;
constexpr Index relevant = 10;
constexpr double signal_to_noise = 10;

double uniform(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15ull;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

std::pair<double, double> normals(std::uint64_t seed, std::uint64_t pair) {
  const double radius = std::sqrt(-2 * std::log(1 - uniform(seed, 2 * pair)));
  const double angle = 2 * std::numbers::pi * uniform(seed, 2 * pair + 1);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

double normal(std::uint64_t seed, Index index) {
  const auto [even, odd] = normals(seed, static_cast<std::uint64_t>(index) / 2);
  return index % 2 == 0 ? even : odd;
}

Data sparse_data(Index n, Index d) {
  Matrix x(n, d);
  for (Index first = 0; first < n * d; first += 2) {
    const auto [even, odd] = normals(bench_seed, static_cast<std::uint64_t>(first) / 2);
    x(first % n, first / n) = even;
    if (first + 1 < n * d) x((first + 1) % n, (first + 1) / n) = odd;
  }
  Vector y = Vector::Zero(n);
  double signal = 0;
  for (Index k = 0; k < relevant; ++k) {
    const double b = (k % 2 == 0 ? 1 : -1) * (1 + static_cast<double>(k) / relevant);
    y += b * x.col(k * (d / relevant));
    signal += b * b;
  }
  for (Index i = 0; i < n; ++i) y[i] += std::sqrt(signal / signal_to_noise) * normal(bench_seed + 1, i);
  return Data(std::move(x), std::move(y));
}

void lasso_path(benchmark::State& state) {
  const Data data = sparse_data(state.range(0), state.range(1));
  double gap = 0;
  Index active = 0;
  for (auto _ : state) {
    const std::vector<Fit> path = Lasso{}.fit_path(data, Stream(1));
    for (const Fit& fit : path) gap = std::max(gap, fit.report.certificate);
    active = path.back().report.parameters;
  }
  state.counters["gap"] = gap;
  state.counters["active"] = static_cast<double>(active);
}
BENCHMARK(lasso_path)
    ->ArgNames({"n", "d"})
    ->Args({200, 1000})
    ->Args({5000, 1000})
    ->Args({1000, 10000})
    ->Args({500, 50000})
    ->Unit(benchmark::kMillisecond);

void lasso_by_validation(benchmark::State& state) {
  const Data data = sparse_data(state.range(0), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(Lasso{.penalty = "cv"}.fit(data, Stream(1)));
}
BENCHMARK(lasso_by_validation)
    ->ArgNames({"n", "d"})
    ->Args({300, 1000})
    ->Args({3000, 1000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
