// Trainings of 64 small networks of one shape, one after another (alone) and together: items a second are steps of a
// member, with drawing the order of its rows, gathering a batch, forward, loss, backward and descent.
// bench/together_peers.py sets them beside PyTorch in one run.
#include <benchmark/benchmark.h>

#include "models/flexible/together/train_together.hpp"

namespace quartic {
namespace {

using detail::LabelledRows, detail::Member, detail::TrainingPlan;

constexpr Index members = 64, rows = 512;

std::vector<float> normals(Index count) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  Stream(1).fill_normal(numbers);
  return {numbers.begin(), numbers.end()};
}

struct Shape {
  Index hidden, inputs, width, batch;
  explicit Shape(const benchmark::State& state)
      : hidden(state.range(0)), inputs(state.range(1)), width(state.range(2)), batch(state.range(3)) {}
};

TrainingPlan plan_of(const Shape& shape, detail::OptimiserKind kind) {
  TrainingPlan plan;
  plan.shape = {.inputs = shape.inputs,
                .hidden = std::vector<Index>(static_cast<std::size_t>(shape.hidden), shape.width)};
  plan.rule.kind = kind;
  plan.batch = shape.batch;
  plan.epochs = 4;
  plan.certificate = false;
  return plan;
}

template <class Train>
void run(benchmark::State& state, detail::OptimiserKind kind, Train train) {
  const Shape shape(state);
  const std::vector<float> x = normals(rows * shape.inputs), y = normals(rows);
  const LabelledRows<float> all{{x.data(), rows, shape.inputs}, y.data()};
  const TrainingPlan plan = plan_of(shape, kind);
  for (auto _ : state) {
    std::vector<Member<float>> trainings;
    for (Index m = 0; m < members; ++m)
      trainings.push_back({plan, all, Stream(2).child(static_cast<std::uint64_t>(m))});
    train(std::move(trainings));
  }
  state.SetItemsProcessed(state.iterations() * members * plan.epochs * (rows / shape.batch));
}

void alone(benchmark::State& state, detail::OptimiserKind kind) {
  run(state, kind, [](std::vector<Member<float>> trainings) {
    for (Member<float>& one : trainings)
      benchmark::DoNotOptimize(detail::train<float>(one.plan, one.rows, std::move(one.stream)).steps);
  });
}
void together(benchmark::State& state, detail::OptimiserKind kind) {
  run(state, kind, [](std::vector<Member<float>> trainings) {
    benchmark::DoNotOptimize(detail::train_together<float>(std::move(trainings)).data());
  });
}

void twelve_shapes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"hidden", "inputs", "width", "batch"})->Unit(benchmark::kMillisecond);
  for (const Index hidden : {1, 3})
    for (const auto& [inputs, width] : {std::pair<Index, Index>{10, 8}, {10, 32}, {100, 64}})
      for (const Index batch : {4, 32}) bench->Args({hidden, inputs, width, batch});
}
// One row a step, where a step reads every weight once and there is the least to share.
void single_rows(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"hidden", "inputs", "width", "batch"})->Unit(benchmark::kMillisecond);
  for (const Index hidden : {1, 3})
    for (const auto& [inputs, width] : {std::pair<Index, Index>{10, 8}, {10, 32}, {100, 16}})
      bench->Args({hidden, inputs, width, 1});
}

BENCHMARK_CAPTURE(alone, sgd, detail::OptimiserKind::sgd)->Apply(twelve_shapes);
BENCHMARK_CAPTURE(together, sgd, detail::OptimiserKind::sgd)->Apply(twelve_shapes);
BENCHMARK_CAPTURE(alone, adam, detail::OptimiserKind::adam)->Apply(twelve_shapes);
BENCHMARK_CAPTURE(together, adam, detail::OptimiserKind::adam)->Apply(twelve_shapes);
BENCHMARK_CAPTURE(alone, one_row, detail::OptimiserKind::sgd)->Apply(single_rows);
BENCHMARK_CAPTURE(together, one_row, detail::OptimiserKind::sgd)->Apply(single_rows);

}  // namespace
}  // namespace quartic
