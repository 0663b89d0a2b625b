// Fits of laws: the time of one fit through 128 points, and of
// intervals over 50 replicates of ten sizes.
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/curves/exponent.hpp"
#include "laws/curves/law.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic {
namespace {

constexpr double spread = 0.05;

LawPoints points() {
  LawPoints made{Vector(128), Vector(128), Vector::Ones(128)};
  Stream stream(1);
  for (Index i = 0; i < 128; ++i) {
    made.sizes[i] = 100 * std::pow(1e4, static_cast<double>(i) / 127);
    made.values[i] = (0.01 + 3 * std::pow(made.sizes[i], -0.4) * std::pow(1 + made.sizes[i] / 5000, -0.5)) *
                     std::exp(spread * stream.normal());
  }
  return made;
}

void one_fit(benchmark::State& state) {
  const LawPoints made = points();
  const LawForm form = law_forms[static_cast<std::size_t>(state.range(0))].value;
  for (auto _ : state) benchmark::DoNotOptimize(fit_law(form, made).squares);
  state.SetLabel(std::string(to_string(form)));
}
BENCHMARK(one_fit)->DenseRange(0, std::ssize(law_forms) - 1)->Unit(benchmark::kMicrosecond);

/// Five parameters: floor, two scales, two exponents.
TwoCausePoints pairs(Index rows) {
  TwoCausePoints made{Vector(rows), Vector(rows), Vector(rows), Vector::Ones(rows)};
  Stream stream(2);
  for (Index i = 0; i < rows; ++i) {
    const Index row = i / 8;
    made.first[i] = 1e3 * std::pow(10, static_cast<double>(row) / (static_cast<double>(rows) / 8 - 1) * 2);
    made.second[i] = 50 * std::pow(10, static_cast<double>(i % 8) / 3.5);
    made.values[i] = (0.05 + 40 * std::pow(made.first[i], -0.7) + 3 * std::pow(made.second[i], -0.4)) *
                     std::exp(spread * stream.normal());
  }
  return made;
}

void two_causes(benchmark::State& state, double delta) {
  const TwoCausePoints made = pairs(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(fit_two_causes(made, {.delta = delta}).squares);
}
BENCHMARK_CAPTURE(two_causes, squares, infinity)->Arg(128)->Arg(240)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(two_causes, huber, 1e-3)->Arg(240)->Unit(benchmark::kMicrosecond);

MeasuredCurve curve() {
  MeasuredCurve made{Vector(10), Matrix(50, 10)};
  Stream stream(3);
  for (Index k = 0; k < 10; ++k) {
    made.sizes[k] = 100 * std::pow(100, static_cast<double>(k) / 9);
    for (Index r = 0; r < 50; ++r) made.errors(r, k) = 5 / made.sizes[k] * std::exp(0.3 * stream.normal());
  }
  return made;
}

void interval(benchmark::State& state, IntervalMethod method, LawForm form) {
  const MeasuredCurve made = curve();
  const LawOptions options{.form = form, .interval = method, .resamples = 2000};
  for (auto _ : state) benchmark::DoNotOptimize(data_exponent(made, options).value.low);
}
BENCHMARK_CAPTURE(interval, jackknife_power, IntervalMethod::jackknife, LawForm::power)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(interval, jackknife_floor_offset, IntervalMethod::jackknife, LawForm::floor_offset)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(interval, percentile_power, IntervalMethod::percentile, LawForm::power)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(interval, percentile_offset, IntervalMethod::percentile, LawForm::offset)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(interval, bootstrap_t_power, IntervalMethod::bootstrap_t, LawForm::power)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace quartic
