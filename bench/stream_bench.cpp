// Items a second are words or normals a second and core.
#include <benchmark/benchmark.h>

#include <vector>

#include "core/random/stream.hpp"

namespace quartic {
namespace {

void report(benchmark::State& state, std::size_t items) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
}

void words(benchmark::State& state) {
  Stream stream(1);
  for (auto _ : state) benchmark::DoNotOptimize(stream());
  report(state, 1);
}
BENCHMARK(words);

void fill_a_million_normals(benchmark::State& state, InstructionSet set) {
  if (!detail::is_available(set)) return state.SkipWithError("not available on this processor");
  std::vector<double> z(1'000'000);
  for (auto _ : state) {
    detail::fill_normals(set, {{1, 2}, 3}, 0, z);
    benchmark::DoNotOptimize(z.data());
  }
  report(state, z.size());
}
BENCHMARK_CAPTURE(fill_a_million_normals, baseline, InstructionSet::baseline);
BENCHMARK_CAPTURE(fill_a_million_normals, avx2, InstructionSet::avx2);
BENCHMARK_CAPTURE(fill_a_million_normals, avx512, InstructionSet::avx512);

void fill_one_chunk(benchmark::State& state) {
  Stream stream(1);
  std::vector<double> z(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    stream.fill_normal(z);
    benchmark::DoNotOptimize(z.data());
  }
  report(state, z.size());
}
BENCHMARK(fill_one_chunk)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->Arg(1'000'000);

void rows_of_a_thousand(benchmark::State& state) {
  const Stream train(1);
  std::vector<double> z(1000);
  std::uint64_t row = 0;
  for (auto _ : state) {
    train.child(row++).child("x").fill_normal(z);
    benchmark::DoNotOptimize(z.data());
  }
  report(state, z.size());
}
BENCHMARK(rows_of_a_thousand);

void ten_scattered_of_a_row(benchmark::State& state) {
  const Stream train(1);
  const std::vector<std::ptrdiff_t> positions = {3, 100, 101, 230, 400, 512, 513, 700, 801, 999};
  std::vector<double> z(positions.size());
  std::uint64_t row = 0;
  for (auto _ : state) {
    train.child(row++).child("x").normals_at(positions, z);
    benchmark::DoNotOptimize(z.data());
  }
  report(state, z.size());
}
BENCHMARK(ten_scattered_of_a_row);

}  // namespace
}  // namespace quartic
