// One-pass stochastic gradient descent on rows drawn on demand: items a second are rows, of 100 columns of
// which 10 or all matter. The rate of a fit over that of the generator alone is what streaming costs.
//
// hundred_million_rows takes 10^8 rows in memory that does not grow, and is left out unless asked for by
// name. It reads the last iterate off every 10^4 rows and prints z, the distance of these 10^4 risks from the
// exact recursion in standard errors, the ratio of the mean of the last half to its exact risk (one draw: 1
// +- .14), and the memory held.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <array>
#include <cmath>

#include "laws/theory/sgd.hpp"
#include "models/linear/sgd/linear_sgd.hpp"
#include "sim/worlds/sparse_linear.hpp"

namespace quartic {
namespace {

constexpr Index columns = 100;

struct Rows {
  Truth truth;
  RowSource source() const {
    return {columns, Task::regression, [this](Range rows) {
              return Data(truth.x(rows, {0, columns}, Stream(2)), truth.y(rows, Stream(2)));
            }};
  }
};

Rows rows_of(Index relevant) {
  return {SparseLinear{.candidates = columns, .relevant = relevant}.draw(Stream(1))};
}

void generate(benchmark::State& state) {
  const Rows rows = rows_of(state.range(0));
  const RowSource source = rows.source();
  Index first = 0;
  for (auto _ : state) {
    const Data block = source.rows({first, 256});
    benchmark::DoNotOptimize(block.dense().data());
    first += 256;
  }
  state.SetItemsProcessed(state.iterations() * 256);
}
BENCHMARK(generate)->Arg(10)->Arg(100);

void fit(benchmark::State& state, const char* average) {
  const Rows rows = rows_of(state.range(0));
  const LinearSgd sgd{.average = average};
  constexpr std::array<Index, 1> sizes = {100'000};
  for (auto _ : state) {
    const std::vector<Fit> fits = sgd.fit_stream(rows.source(), sizes, Stream(3));
    benchmark::DoNotOptimize(fits.data());
  }
  state.SetItemsProcessed(state.iterations() * sizes.back());
}
BENCHMARK_CAPTURE(fit, last, "last")->Arg(10)->Arg(100);
BENCHMARK_CAPTURE(fit, all, "all")->Arg(10)->Arg(100);
BENCHMARK_CAPTURE(fit, tail, "tail")->Arg(10)->Arg(100);

void rows_held_whole(benchmark::State& state, const char* average) {
  const Rows rows = rows_of(100);
  const Data data = rows.source().rows({0, 20'000});
  const LinearSgd sgd{.average = average};
  for (auto _ : state) benchmark::DoNotOptimize(sgd.fit(data, Stream(3)).report.iterations);
  state.SetItemsProcessed(state.iterations() * data.rows());
}
BENCHMARK_CAPTURE(rows_held_whole, last, "last");
BENCHMARK_CAPTURE(rows_held_whole, all, "all");

std::vector<Index> multiples_of(Index step, Index count) {
  std::vector<Index> sizes;
  for (Index k = 1; k <= count; ++k) sizes.push_back(k * step);
  return sizes;
}

double megabytes_held() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Risks over their exact means at these sizes.
Vector risk_ratios(const Rows& rows, const LinearSgd& sgd, std::span<const Index> sizes, SgdAverage average) {
  const IsotropicSgd theory{.columns = columns, .signal = columns, .step = std::get<double>(sgd.step)};
  const std::vector<Fit> fits = sgd.fit_stream(rows.source(), sizes, Stream(3));
  Vector ratios(std::ssize(fits));
  for (std::size_t k = 0; k < fits.size(); ++k)
    ratios[static_cast<Index>(k)] = *rows.truth.excess_risk(*fits[k].predict.linear()) /
                                    sgd_risk(theory, static_cast<double>(sizes[k]), average);
  return ratios;
}

void hundred_million_rows(benchmark::State& state, const char* average) {
  const Rows rows = rows_of(columns);
  const bool last = std::string_view(average) == "last";
  const LinearSgd sgd{.step = 0.0025, .average = average};
  const std::vector<Index> sizes = last ? multiples_of(10'000, 10'000) : multiples_of(100'000'000, 1);
  for (auto _ : state) {
    const Vector ratios = risk_ratios(rows, sgd, sizes, last ? SgdAverage::last : SgdAverage::tail);
    const auto count = static_cast<double>(ratios.size());
    const double mean = ratios.mean(),
                 error = std::sqrt((ratios.array() - mean).square().sum() / (count - 1) / count);
    state.counters["ratio"] = mean;
    if (last) state.counters["z"] = (mean - 1) / error;
  }
  state.counters["megabytes"] = megabytes_held();
  state.SetItemsProcessed(state.iterations() * sizes.back());
}

bool asked_for_by_name(int count, char** arguments) {
  for (int i = 1; i < count; ++i)
    if (std::string_view(arguments[i]).find("hundred_million") != std::string_view::npos) return true;
  return false;
}

}  // namespace
}  // namespace quartic

int main(int count, char** arguments) {
  using namespace quartic;
  if (asked_for_by_name(count, arguments))
    for (const char* average : {"last", "tail"})
      benchmark::RegisterBenchmark(
          (std::string("hundred_million_rows/") + average).c_str(),
          [average](benchmark::State& state) { hundred_million_rows(state, average); })
          ->Iterations(1)
          ->Unit(benchmark::kSecond);
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
}
