// What a replicate of the sparse linear world costs: items a second are table entries (x) or rows (y, mean).
#include <benchmark/benchmark.h>

#include "sim/experts/expert.hpp"
#include "sim/worlds/sparse_linear.hpp"

namespace quartic {
namespace {

constexpr Range rows = {0, 3000};

void draw_x(benchmark::State& state, const char* covariance) {
  const Truth truth = SparseLinear{.covariance = covariance}.draw(Stream(1));
  for (auto _ : state) {
    const Matrix x = truth.x(rows, {0, 1000}, Stream(2));
    benchmark::DoNotOptimize(x.data());
  }
  state.SetItemsProcessed(state.iterations() * rows.count * 1000);
}
BENCHMARK_CAPTURE(draw_x, isotropic, "isotropic");
BENCHMARK_CAPTURE(draw_x, ar1, "ar1(0.5)");
BENCHMARK_CAPTURE(draw_x, blocks, "blocks(20, 0.5)");
BENCHMARK_CAPTURE(draw_x, spectrum, "spectrum(1)");

void draw_y(benchmark::State& state, const SparseLinear& world) {
  const Truth truth = world.draw(Stream(1));
  for (auto _ : state) {
    const Vector y = truth.y(rows, Stream(2));
    benchmark::DoNotOptimize(y.data());
  }
  state.SetItemsProcessed(state.iterations() * rows.count);
}
BENCHMARK_CAPTURE(draw_y, ten_of_1000, SparseLinear{});
BENCHMARK_CAPTURE(draw_y, hundred_of_10000, SparseLinear{.candidates = 10000, .relevant = 100});
BENCHMARK_CAPTURE(draw_y, all_of_1000, SparseLinear{.relevant = 1000});
BENCHMARK_CAPTURE(draw_y, ten_of_1000_ar1, SparseLinear{.covariance = "ar1(0.5)"});
BENCHMARK_CAPTURE(draw_y, ten_of_1000_student, SparseLinear{.tails = "student(3)"});

void draw_columns_of_an_oracle(benchmark::State& state) {
  const Truth truth = SparseLinear{}.draw(Stream(1));
  const std::vector<Index> named = named_columns({.correct = 10}, truth, Stream(3));
  for (auto _ : state) {
    const Matrix x = truth.columns(rows, named, Stream(2));
    benchmark::DoNotOptimize(x.data());
  }
  state.SetItemsProcessed(state.iterations() * rows.count * 10);
}
BENCHMARK(draw_columns_of_an_oracle);

void exact_risk(benchmark::State& state, const char* covariance) {
  const Truth truth = SparseLinear{.covariance = covariance}.draw(Stream(1));
  const LinearRule rule{Vector::Ones(1000)};
  for (auto _ : state) benchmark::DoNotOptimize(truth.excess_risk(rule));
}
BENCHMARK_CAPTURE(exact_risk, isotropic, "isotropic");
BENCHMARK_CAPTURE(exact_risk, ar1, "ar1(0.5)");
BENCHMARK_CAPTURE(exact_risk, blocks, "blocks(20, 0.5)");

void draw_a_truth(benchmark::State& state) {
  const SparseLinear world;
  std::uint64_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(world.draw(Stream(seed++)).candidates());
}
BENCHMARK(draw_a_truth);

}  // namespace
}  // namespace quartic
