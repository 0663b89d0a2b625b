// What the store costs: records written and read a second, and keys of series.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "experiments/results/record_key.hpp"
#include "experiments/store/record_store.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/scratch.hpp"

namespace {

using namespace quartic;

constexpr Index record_count = 1000000, records_a_task = 10;

Study study_of_all() {
  Study study = doubles::plain_study();
  study.replicates = record_count;
  return study;
}

/// What a task leaves: plain records of one arm.
std::vector<Record> task_of(Index replicate) {
  std::vector<Record> records;
  for (Index n = 1; n <= records_a_task; ++n) {
    Record record{.arm = "expert", .n = n, .replicate = replicate};
    record.excess_risk = record.normalised_error = 1.0 / static_cast<double>(n + replicate);
    record.error_se = 0;
    record.report.parameters = n;
    record.report.cost.fit_flops = 1e3 * static_cast<double>(n);
    records.push_back(std::move(record));
  }
  return records;
}

void fill(const std::string& folder, const Study& study) {
  RecordStore store(folder, study);
  const Cell cell = study.cells[0];
  for (Index replicate = 0; replicate < record_count / records_a_task; ++replicate)
    store.keep(study, cell, task_of(replicate));
  store.finish();
}

void write_a_million_records(benchmark::State& state) {
  const Study study = study_of_all();
  for (auto _ : state) {
    const testing::Scratch scratch;
    fill(scratch / "", study);
  }
  state.SetItemsProcessed(state.iterations() * record_count);
}
BENCHMARK(write_a_million_records)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

// As a resumed run does: the whole file is checked, then every record is read and its checksum compared.
void find_a_million_records(benchmark::State& state) {
  const testing::Scratch scratch;
  const Study study = study_of_all();
  fill(scratch / "", study);
  for (auto _ : state) {
    RecordStore store(scratch / "", study);
    Index found = 0;
    store.for_each_finished(study, study.cells[0], [&](Record&) { ++found; });
    if (found != record_count) state.SkipWithError("records are missing");
  }
  state.SetItemsProcessed(state.iterations() * record_count);
}
BENCHMARK(find_a_million_records)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void key_of_a_series(benchmark::State& state) {
  const Study study = parse_study(built_in_studies().at("figure2"), "figure2");
  const SeriesKeys keys(study);
  const Cell cell = study.cells[0];
  for (auto _ : state) benchmark::DoNotOptimize(keys.key(cell, cell.arms.back()));
}
BENCHMARK(key_of_a_series);

}  // namespace
