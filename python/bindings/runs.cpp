#include <malloc.h>
#include <pybind11/stl.h>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "core/require.hpp"
#include "experiments/adaptive/adaptive.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/findings/judged.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/store/export.hpp"
#include "experiments/store/reader.hpp"
#include "experiments/store/run_folder.hpp"
#include "experiments/store/views.hpp"
#include "experiments/study/study.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/arrow.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/record_table.hpp"
#include "python/bindings/watch.hpp"

namespace quartic::python {

namespace {

/// A finished run: immutable, shared by the arrays that show its numbers.
struct Run {
  explicit Run(Study ran)
      : study(std::move(ran)), records(std::make_shared<RecordTable>(arm_names(study), study.cells)) {}

  static std::vector<std::string> arm_names(const Study& study) {
    std::vector<std::string> names;
    for (const ArmSpec& arm : study.cells.front().arms) names.push_back(arm.name);
    return names;
  }
  void take(StoredResults results) {
    result = std::move(results.result);
    adaptive = std::move(results.adaptive);
    judged = judge(study, result.cube, adaptive ? adaptive_json(study, *adaptive) : "");
  }

  const Study study;
  std::shared_ptr<RecordTable> records;
  RunResult result;
  std::optional<AdaptiveReport> adaptive;
  Judged judged;
};
using RunPointer = std::shared_ptr<Run>;

/// Records go to a table, and to a folder where there is one.
struct Both final : RecordSink {
  RecordSink& first;
  RecordSink* second;
  Both(RecordSink& one, RecordSink* other) : first(one), second(other) {}
  void write(std::span<const Record> records) override {
    first.write(records);
    if (second) second->write(records);
  }
};

/// The folder of a run, held as long as it is written.
struct Folder {
  HeldFolder held;
  KeptRun kept;

  Folder(const std::string& path, const Study& study, const StoreOptions& options)
      : held(path), kept(held, study, options) {}
  void finish(const Run& run) {
    kept.finish(run.result, run.judged.json);
    detail::make_views(held.name(), run.study);
  }
};

struct Order {
  std::string folder;  ///< "": memory alone
  bool extend = false;
  int threads = 0;
  double memory_bytes = 0;
  Shard shard = {};
};

void require_same_study(const std::string& folder, const Study& study, bool extend = false) {
  if (!StoreReader::exists(folder)) {
    const std::optional<std::string> there = read_plain_file(folder + "/study.toml");
    require(
        !there || *there == study.text,
        "the folder " + folder +
            " holds the study.toml of another study, and no store. Choose another folder, or remove this one.");
    return;
  }
  require(extend || !StoreReader(folder).holds_another(study),
          "the folder " + folder +
              " holds another run (its study.toml differs from this study). Give extend=True to compute what "
              "is missing and replace the results by those of this study, or choose another folder.");
}

std::unique_ptr<Folder> open_folder(const Order& order, const Study& study) {
  if (order.folder.empty()) return nullptr;
  const py::gil_scoped_release release;
  require_same_study(order.folder, study, order.extend);
  return std::make_unique<Folder>(order.folder, study,
                                  StoreOptions{.threads = order.threads, .shard = order.shard});
}

/// While one lives, glibc keeps what is freed: a run makes and drops matrices by the thousand, and would have the pages
/// of each cleared anew. The last one hands what is free back to the system.
class KeptMemory {
 public:
  KeptMemory() {
    if (living()++ == 0) set(1 << 30, 1 << 30, 1 << 26);
  }
  KeptMemory(const KeptMemory&) = delete;
  KeptMemory& operator=(const KeptMemory&) = delete;
  ~KeptMemory() {
    if (--living() > 0) return;
    constexpr int usual = 128 << 10;  // glibc's
    set(1 << 25, usual, usual);
    malloc_trim(0);
  }

 private:
  static std::atomic<int>& living() {
    static std::atomic<int> count = 0;
    return count;
  }
  static void set(int mapped, int trimmed, int padding) {
    mallopt(M_MMAP_THRESHOLD, mapped);
    mallopt(M_TRIM_THRESHOLD, trimmed);
    mallopt(M_TOP_PAD, padding);
  }
};

/// What the calling thread tells the user of a run that goes on elsewhere.
struct Counters {
  std::atomic<Index> done = 0, total = 0;
  std::atomic<double> share = nan;
};

EngineOptions engine_options(const Order& order, Folder* folder, Flags& flags, Counters& counters) {
  EngineOptions engine{.threads = order.threads,
                       .memory_bytes = order.memory_bytes,
                       .progress =
                           [&counters](const Progress& now) {
                             counters.done = now.done;
                             counters.total = now.total;
                             counters.share = now.share;
                           },
                       .stop = &flags.stop,
                       .abandon = &flags.abandon,
                       .archive = folder ? &folder->kept.store : nullptr};
  engine.shard = order.shard;
  return engine;
}

StoredResults run_engine(const Study& study, const EngineOptions& engine, RecordSink& sink) {
  if (!study.adaptive) return {run(study, engine, sink), {}};
  AdaptiveRun ran = run_adaptively(study, engine, sink);
  return {std::move(ran.result), std::move(ran.report)};
}

RunPointer run_study(const Study& study, const Order& order, const py::object& progress) {
  auto ran = std::make_shared<Run>(study);
  const std::unique_ptr<Folder> folder = open_folder(order, study);
  Flags flags;
  Counters counters;
  const EngineOptions engine = engine_options(order, folder.get(), flags, counters);
  Both sink(*ran->records, folder ? &folder->kept.files : nullptr);
  const auto work = [&] {
    const KeptMemory kept_memory;
    StoredResults results = run_engine(ran->study, engine, sink);
    if (flags.abandon) return;  // finished fits are in the store, and nobody waits for what they came to
    ran->take(std::move(results));
    if (folder) folder->finish(*ran);
  };
  const auto tick = [&] {
    if (!progress.is_none()) progress(counters.done.load(), counters.total.load(), counters.share.load());
  };
  run_watched(work, flags, tick);
  tick();
  return ran;
}

RunPointer open_run(const std::string& folder, const Catalogues& kinds) {
  StoreReader store(folder);
  auto found = std::make_shared<Run>(store.study(kinds));
  const py::gil_scoped_release release;
  found->take(stored_results(store, found->study, *found->records));
  return found;
}

void require_part_of(const std::string& folder, const Study& study) {
  require(
      !StoreReader(folder).holds_another(study),
      "the folder " + folder +
          " holds another study than the one to be merged (their study.toml differ). Name folders of one study.");
}

/// The stores of shards in one folder.
RunPointer merge_runs(const Study& study, const std::vector<std::string>& folders, const std::string& out) {
  const py::gil_scoped_release release;
  for (const std::string& from : folders) require_part_of(from, study);
  auto merged = std::make_shared<Run>(study);
  require_same_study(out, study);
  Folder folder(out, study, {});
  for (const std::string& from : folders) folder.kept.store.take_over(from);
  folder.kept.store.finish();
  Both sink(*merged->records, &folder.kept.files);
  merged->take(stored_results(folder.kept.store, merged->study, sink));
  folder.finish(*merged);
  return merged;
}

/// A store has messages of failed fits as they were; where the fit stands is added whenever they are read.
void take_place_out(Record& record) {
  std::string& message = record.report.message;
  const std::string place = " [cell " + std::to_string(record.cell) + ", arm " + record.arm + ", n " +
                            std::to_string(record.n) + ", replicate " + std::to_string(record.replicate) +
                            "]";
  if (record.report.status == FitStatus::failed && message.ends_with(place))
    message.resize(message.size() - place.size());
}

/// The files of a run that was held in memory.
void save(const Run& run, const std::string& path) {
  const py::gil_scoped_release release;
  require_same_study(path, run.study);
  Folder folder(path, run.study, {.threads = run.result.threads});
  const RecordTable& table = *run.records;
  std::size_t first = 0;
  for (const Cell& cell : run.study.cells) {
    std::size_t last = first;
    while (last < table.rows() && table.cell()[last] == cell.id) ++last;
    std::vector<Record> records = table.records(first, last);
    folder.kept.files.write(records);
    for (Record& record : records) take_place_out(record);
    folder.kept.store.keep(run.study, cell, records);
    first = last;
  }
  folder.finish(run);
}

std::string summary_csv(const Run& run) {
  std::string text;
  write_summary_csv(run.study, run.result.cube, [&](std::string_view lines) { text += lines; });
  return text;
}

py::array cube(const RunPointer& run) {
  const CubeAxes& axes = run->result.cube.axes();
  return shown(run->result.cube.values().data(),
               {axes.cells, std::ssize(axes.arms), std::ssize(axes.sizes), axes.replicates, measure_count},
               kept(run));
}

/// A column of numbers of a run that is shown, not copied.
template <class T>
py::array column(const std::vector<T>& values, const py::object& owner) {
  py::array_t<T> array({std::ssize(values)}, values.data(), owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

/// Name -> array: all columns of records but the texts, in the order of records.csv; arms and statuses as positions in
/// lists of names.
py::dict columns(const Run& run) {
  const RecordTable& table = *run.records;
  const py::capsule owner = kept(run.records);
  py::dict result;
  result["cell"] = column(table.cell(), owner);
  result["arm"] = column(table.arm(), owner);
  result["n"] = column(table.n(), owner);
  result["replicate"] = column(table.replicate(), owner);
  result["status"] = column(table.status(), owner);
  table.for_each_measured(
      [&](const auto& measured) { result[py::str(measured.name)] = column(measured.values, owner); });
  return result;
}

/// Most of them are empty. Bytes that are no UTF-8 are shown as such.
py::list messages(const Run& run) {
  py::list list;
  const py::str nothing;
  for (const std::string& text : run.records->message())
    list.append(text.empty() ? nothing
                             : py::reinterpret_steal<py::str>(
                                   PyUnicode_DecodeUTF8(text.data(), std::ssize(text), "backslashreplace")));
  return list;
}

std::vector<std::string> measures() {
  return {measure_names.begin(), measure_names.end()};
}

}  // namespace

void bind_runs(py::module_& module) {
  py::class_<Run, RunPointer>(module, "Run")
      .def_property_readonly("study", [](const Run& run) { return run.study; })
      .def_property_readonly("cube", cube)
      .def_property_readonly("columns", columns)
      .def_property_readonly("messages", messages)
      .def_property_readonly("rows", [](const Run& run) { return run.records->rows(); })
      .def_property_readonly("measures", [](const Run&) { return measures(); })
      .def_property_readonly("arms", [](const Run& run) { return run.records->arms(); })
      .def_property_readonly("has_classes", [](const Run& run) { return run.records->has_classes(); })
      .def_property_readonly("findings_json", [](const Run& run) { return run.judged.json; })
      .def_property_readonly("summary_csv", summary_csv)
      .def_property_readonly("records_csv",
                             [](const Run& run) { return py::bytes(run.records->records_csv()); })
      .def_property_readonly("interrupted", [](const Run& run) { return run.result.interrupted; })
      .def_property_readonly("failed", [](const Run& run) { return run.result.failed; })
      .def_property_readonly("wall_seconds", [](const Run& run) { return run.result.wall_seconds; })
      .def_property_readonly("cpu_seconds", [](const Run& run) { return run.result.cpu_seconds; })
      .def("arrow_stream", [](const Run& run) { return arrow_stream(run.records, run.study.cells); })
      .def("save", save);
  module.def(
      "run",
      [](const Study& study, const std::string& folder, bool extend, int threads, double memory_bytes,
         Index shard, Index shards, const py::object& progress) {
        return run_study(study, {folder, extend, threads, memory_bytes, {shard, shards}}, progress);
      },
      py::arg("study"), py::arg("folder") = "", py::arg("extend") = false, py::arg("threads") = 0,
      py::arg("memory_bytes") = 0.0, py::arg("shard") = 1, py::arg("shards") = 1,
      py::arg("progress") = py::none());
  module.def("open", open_run);
  module.def("merge", merge_runs);
}

}  // namespace quartic::python
