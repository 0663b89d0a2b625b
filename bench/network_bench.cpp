// Training steps of fully connected networks, forward, slopes and descent: items a second are samples. sgemm
// is the share of the rate of OpenBLAS at 1024 x 1024 x 1024 in the same run, for the flops of
// models/flexible/network_flops; triad, of batches of one row, that of 12 bytes a parameter and step at the
// rate of a memory triad.
//
// two_at_once trains two such networks on two cores; its rates are those of both together.
// ensemble takes a step of 64 small networks one after the other. convolve trains networks of convolutions, whose
// channels double from block to block, on square pictures.
#include <benchmark/benchmark.h>
#include <cblas.h>

#include <ctime>

#include "core/random/stream.hpp"
#include "models/flexible/network/flops.hpp"
#include "models/flexible/network/initialisation.hpp"
#include "models/flexible/network/network.hpp"
#include "models/linear/blas.hpp"

namespace quartic {
namespace {

using detail::Network, detail::NetworkShape;

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
// Of `repeats` runs, the median.
template <class Work>
double seconds_of(int repeats, Work&& work) {
  std::vector<double> times;
  for (int k = 0; k < repeats; ++k) {
    const double start = thread_seconds();
    work();
    times.push_back(thread_seconds() - start);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

double sgemm_rate() {
  static const double rate = [] {
    detail::hold_to_one_thread();
    constexpr int n = 1024;
    const std::vector<float> a(n * n, 1.0F), b = a;
    std::vector<float> c = a;
    const double seconds = seconds_of(9, [&] {
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1e-3F, a.data(), n, b.data(), n, 0,
                  c.data(), n);
    });
    return 2.0 * n * n * n / seconds;
  }();
  return rate;
}

double triad_rate() {
  static const double rate = [] {
    constexpr std::size_t n = 1 << 24;
    std::vector<float> a(n, 1.0F);
    const std::vector<float> b(n, 2.0F), c(n, 3.0F);
    const double seconds = seconds_of(9, [&] {
      for (std::size_t i = 0; i < n; ++i) a[i] = b[i] + 0.5F * c[i];
      benchmark::DoNotOptimize(a.data());
    });
    return 12.0 * n / seconds;
  }();
  return rate;
}

void sgemm(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(sgemm_rate());
  state.counters["gigaflops"] = 1e-9 * sgemm_rate();
}
BENCHMARK(sgemm)->Iterations(1);
void triad(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(triad_rate());
  state.counters["gigabytes"] = 1e-9 * triad_rate();
}
BENCHMARK(triad)->Iterations(1);

std::vector<float> normals(Index count) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  Stream(1).fill_normal(numbers);
  std::vector<float> result;
  for (const double number : numbers) result.push_back(static_cast<float>(number));
  return result;
}

// A network that learns the mean of ten inputs.
class Training {
 public:
  Training(NetworkShape shape, Index batch)
      : network_(shape, batch),
        batch_(batch),
        inputs_(shape.inputs),
        batches_(std::clamp<Index>(4096 / batch, 1, 64)),
        x_(normals(batches_ * batch * inputs_)),
        steps_(2 * detail::layer_places(shape).size(), 1e-4F / static_cast<float>(batch)),
        scores_(static_cast<std::size_t>(batch)) {
    std::vector<detail::LayerScale> scales;
    for (const detail::LayerPlace& place : detail::layer_places(shape))
      scales.push_back({.deviation = 1 / std::sqrt(static_cast<double>(place.inputs))});
    parameters_ = detail::initial_parameters<float>(shape, scales, Stream(1));
  }

  void step() {
    const float* rows = x_.data() + (taken_++ % batches_) * batch_ * inputs_;
    const detail::Rows<float> x{rows, batch_, inputs_};
    network_.forward(parameters_, x, scores_);
    for (Index i = 0; i < batch_; ++i) scores_[i] -= mean_of_ten(rows + i * inputs_);
    network_.descend(parameters_, x, scores_, steps_);
  }

 private:
  static float mean_of_ten(const float* row) {
    float sum = 0;
    for (int j = 0; j < 10; ++j) sum += row[j];
    return sum / 3.1622777F;
  }
  Network<float> network_;
  Index batch_, inputs_, batches_, taken_ = 0;
  std::vector<float> parameters_, x_, steps_, scores_;
};

NetworkShape shape_of(const benchmark::State& state) {
  return {.inputs = state.range(1), .hidden = std::vector<Index>(state.range(0), state.range(2))};
}

void train(benchmark::State& state) {
  const NetworkShape shape = shape_of(state);
  const auto batch = static_cast<double>(state.range(3));
  Training training(shape, state.range(3));
  for (auto _ : state) training.step();
  state.SetItemsProcessed(state.iterations() * state.range(3));
  const double steps = static_cast<double>(state.iterations());
  const double flops = detail::network_flops::forward(shape, batch) +
                       detail::network_flops::backward(shape, batch) + detail::network_flops::update(shape);
  state.counters["sgemm"] = benchmark::Counter(steps * flops / sgemm_rate(), benchmark::Counter::kIsRate);
  if (state.range(3) == 1)
    state.counters["triad"] =
        benchmark::Counter(steps * 12 * static_cast<double>(detail::parameter_count(shape)) / triad_rate(),
                           benchmark::Counter::kIsRate);
}
BENCHMARK(train)
    ->ArgNames({"hidden", "inputs", "width", "batch"})
    ->ArgsProduct({{1, 3}, {100, 1000}, {64, 512, 4096}, {1, 32, 128, 1024}});
BENCHMARK(train)
    ->Name("two_at_once")
    ->ArgNames({"hidden", "inputs", "width", "batch"})
    ->ArgsProduct({{1, 3}, {100, 1000}, {64, 512, 4096}, {1, 32, 128, 1024}})
    ->Threads(2)
    ->UseRealTime();

void convolve(benchmark::State& state) {
  NetworkShape shape{.inputs = state.range(0) * state.range(0)};
  for (Index l = 0; l < state.range(1); ++l) shape.channels.push_back(state.range(2) << l);
  const Index rows = state.range(3);
  Training training(shape, rows);
  for (auto _ : state) training.step();
  state.SetItemsProcessed(state.iterations() * rows);
  const auto batch = static_cast<double>(rows);
  const double flops = static_cast<double>(state.iterations()) *
                       (detail::network_flops::forward(shape, batch) +
                        detail::network_flops::backward(shape, batch) + detail::network_flops::update(shape));
  state.counters["gigaflops"] = benchmark::Counter(1e-9 * flops, benchmark::Counter::kIsRate);
  state.counters["sgemm"] = benchmark::Counter(flops / sgemm_rate(), benchmark::Counter::kIsRate);
}
BENCHMARK(convolve)
    ->ArgNames({"side", "layers", "channels", "batch"})
    ->ArgsProduct({{32}, {2, 3}, {8, 16}, {32, 128}})
    ->ArgsProduct({{16}, {2}, {8}, {32, 128}})
    ->Unit(benchmark::kMicrosecond);

void ensemble(benchmark::State& state) {
  std::vector<Training> trainings;
  for (int k = 0; k < 64; ++k) trainings.emplace_back(shape_of(state), state.range(3));
  for (auto _ : state)
    for (Training& training : trainings) training.step();
  state.SetItemsProcessed(state.iterations() * 64 * state.range(3));
}
BENCHMARK(ensemble)
    ->ArgNames({"hidden", "inputs", "width", "batch"})
    ->Args({1, 100, 64, 32})
    ->Args({3, 100, 64, 32})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace quartic
