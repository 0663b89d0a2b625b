/// Logistic models on Gaussian columns of which ten matter (log odds of variance 5). Counters: the certificate, the
/// iterations.
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "models/linear/logistic/logistic_lasso.hpp"
#include "models/linear/logistic/logistic_regression.hpp"

namespace {

using namespace quartic;

constexpr Index relevant = 10;

Data class_data(Index n, Index p) {
  const Stream stream(20210924);
  Matrix x(n, p);
  stream.child("x").fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  Stream labels = stream.child("labels");
  const double coefficient = std::sqrt(5.0 / static_cast<double>(relevant));
  Vector y(n);
  for (Index i = 0; i < n; ++i) {
    double score = 0;
    for (Index k = 0; k < relevant; ++k) score += coefficient * x(i, k * (p / relevant));
    y[i] = labels.uniform() < 1 / (1 + std::exp(-score)) ? 1 : 0;
  }
  return {std::move(x), std::move(y), Task::classification};
}

void regression(benchmark::State& state, double penalty) {
  const Data data = class_data(state.range(0), state.range(1));
  for (auto _ : state) {
    const Fit fit = LogisticRegression{.penalty = penalty}.fit(data, Stream(1));
    state.counters["certificate"] = fit.report.certificate;
    state.counters["iterations"] = static_cast<double>(fit.report.iterations);
  }
}
void logistic_regression(benchmark::State& state) {
  regression(state, 0);
}
void logistic_ridge(benchmark::State& state) {
  regression(state, 1e-3);
}
BENCHMARK(logistic_regression)
    ->ArgNames({"n", "p"})
    ->Args({4000, 400})
    ->Args({100000, 50})
    ->Args({5000, 100})
    ->Args({20000, 200})
    ->Args({25600, 100})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(logistic_ridge)
    ->ArgNames({"n", "p"})
    ->Args({4000, 400})
    ->Args({500, 20000})
    ->Unit(benchmark::kMillisecond);

// The path of 100 penalties down to a hundredth of the largest.
void logistic_lasso_path(benchmark::State& state) {
  const Data data = class_data(state.range(0), state.range(1));
  double gap = 0;
  for (auto _ : state) {
    const std::vector<Fit> path = LogisticLasso{}.fit_path(data, Stream(1));
    for (const Fit& fit : path) gap = std::max(gap, fit.report.certificate);
    state.counters["active"] = static_cast<double>(path.back().report.parameters);
    state.counters["iterations"] = static_cast<double>(path.back().report.iterations);
    state.counters["flops"] = path.back().report.cost.fit_flops;
  }
  state.counters["certificate"] = gap;
}
BENCHMARK(logistic_lasso_path)
    ->ArgNames({"n", "d"})
    ->Args({200, 1000})
    ->Args({5000, 1000})
    ->Args({1000, 10000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
