// What the engine adds to the fits: time a record with a model that does nothing, and how a second thread
// helps.
#include <benchmark/benchmark.h>

#include "experiments/engine/engine.hpp"
#include "experiments/results/memory_archive.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace {

using namespace quartic;

/// Knows nothing, at no cost: all that is left is the engine.
struct Nothing {
  std::string name() const { return "nothing"; }
  Fit fit(const Data& data, Stream) const { return {LinearRule{Vector::Zero(data.columns()), 0}, {}}; }
};

/// A fixed amount of arithmetic that shares no memory with anything: ideal work to divide among threads.
struct Busy {
  std::string name() const { return "busy"; }
  Fit fit(const Data& data, Stream) const {
    double value = 1;
    benchmark::DoNotOptimize(value);  // so that the loop is not worked out by the compiler
    for (int i = 0; i < 20000; ++i) value = value * 0.999 + 1e-3;
    return {LinearRule{Vector::Constant(data.columns(), value), 0}, {}};
  }
};

struct Discard final : RecordSink {
  void write(std::span<const Record> records) override { benchmark::DoNotOptimize(records.data()); }
};

Study study_of(const std::string& kind) {
  Study study = doubles::plain_study();
  study.sizes = {2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
                 12, 13, 14, 15, 16, 17, 18, 19, 20};  // as many as figure2 has
  study.replicates = 500;
  edit(study.cells)->world.options["candidates"] = Index{4};
  Cell cell = study.cells[0];
  for (ArmSpec& arm : cell.arms) arm.model = {kind, {}};
  study.cells = {cell};
  study.catalogues =
      doubles::catalogues()
          .with(CatalogueEntry<Model>{"nothing",
                                      "a model that does nothing",
                                      {},
                                      [](const OptionValues&) { return Model(Nothing{}); }})
          .with(CatalogueEntry<Model>{
              "busy", "a fixed amount of arithmetic", {}, [](const OptionValues&) { return Model(Busy{}); }});
  return study;
}

void run_kind(benchmark::State& state, const std::string& kind) {
  const Study study = study_of(kind);
  const EngineOptions options{.threads = static_cast<int>(state.range(0))};
  Discard sink;
  double records = 0;
  for (auto step : state) {
    const RunResult result = run(study, options, sink);
    records += static_cast<double>(result.cube.axes().arms.size() * study.sizes.size()) *
               static_cast<double>(study.replicates);
  }
  state.counters["seconds_a_record"] =
      benchmark::Counter(records, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Drawing this small table is part of it.
void overhead(benchmark::State& state) {
  run_kind(state, "nothing");
}
BENCHMARK(overhead)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

// The same with an archive that keeps every record.
void overhead_with_an_archive(benchmark::State& state) {
  const Study study = study_of("nothing");
  Discard sink;
  double records = 0;
  for (auto step : state) {
    MemoryArchive archive;
    EngineOptions options{.threads = static_cast<int>(state.range(0))};
    options.archive = &archive;
    const RunResult result = run(study, options, sink);
    records += static_cast<double>(archive.records().at(0).size());
  }
  state.counters["seconds_a_record"] =
      benchmark::Counter(records, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(overhead_with_an_archive)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

// A run of a million records that are all there already, in one cell or in 10,000.
void resume_a_million(benchmark::State& state) {
  Study study = study_of("nothing");
  const Index cells = state.range(0);
  study.replicates = 1000000 / 38 / cells;
  const Cell first = study.cells[0];
  std::vector<Cell> all(static_cast<std::size_t>(cells), first);
  for (Index id = 0; id < cells; ++id) all[static_cast<std::size_t>(id)].id = id;
  study.cells = decltype(study.cells)(all);
  MemoryArchive archive;
  EngineOptions options{.threads = 1};
  options.archive = &archive;
  Discard sink;
  run(study, options, sink);
  for (auto step : state) run(study, options, sink);
  state.counters["records"] = static_cast<double>(study.replicates * cells * 38);
}
BENCHMARK(resume_a_million)->Arg(1)->Arg(1000)->Arg(26000)->Unit(benchmark::kMillisecond);

// The ratio of the two rates is what a second core is worth.
void scaling(benchmark::State& state) {
  run_kind(state, "busy");
}
BENCHMARK(scaling)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

void records_as_text(benchmark::State& state) {
  const auto records = doubles::run_study(doubles::plain_study()).records;
  for (auto step : state) benchmark::DoNotOptimize(records_csv(records));
  state.SetItemsProcessed(state.iterations() * static_cast<Index>(records.size()));
}
BENCHMARK(records_as_text);

}  // namespace
