#pragma once
/// A small world, small models and a sink that keeps everything: what the tests of the engine run.
#include <array>
#include <atomic>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/options.hpp"
#include "experiments/engine/engine.hpp"
#include "tests/support/cell_edit.hpp"

namespace quartic::doubles {

/// y = sum of the first `relevant` columns + noise, x iid normal.
struct PlainTable {
  Index candidate_count, relevant_count;
  double noise;

  Index candidates() const { return candidate_count; }
  std::vector<Index> relevant() const {
    std::vector<Index> columns;
    for (Index j = 0; j < relevant_count; ++j) columns.push_back(j);
    return columns;
  }
  Facts facts() const {
    return {{"candidates", static_cast<double>(candidate_count)},
            {"relevant", static_cast<double>(relevant_count)},
            {"noise", noise},
            {"signal", static_cast<double>(relevant_count)}};
  }
  Matrix x(Range rows, Range columns, Stream train) const {
    Matrix block(rows.count, columns.count);
    for (Index i = 0; i < rows.count; ++i) {
      Stream row = train.child(static_cast<std::uint64_t>(rows.first + i)).child("x");
      Vector all(candidate_count);
      row.fill_normal({all.data(), static_cast<std::size_t>(candidate_count)});
      block.row(i) = all.segment(columns.first, columns.count).transpose();
    }
    return block;
  }
  Matrix columns(Range rows, std::span<const Index> list, Stream train) const {
    const Matrix all = x(rows, {0, candidate_count}, std::move(train));
    Matrix some(rows.count, static_cast<Index>(list.size()));
    for (Index j = 0; j < some.cols(); ++j) some.col(j) = all.col(list[static_cast<std::size_t>(j)]);
    return some;
  }
  Vector mean(Range rows, Stream train) const {
    return x(rows, {0, relevant_count}, std::move(train)).rowwise().sum();
  }
  Vector y(Range rows, Stream train) const {
    Vector labels(rows.count);
    for (Index i = 0; i < rows.count; ++i)
      labels(i) = noise * train.child(static_cast<std::uint64_t>(rows.first + i)).child("noise").normal();
    return labels + mean(rows, std::move(train));
  }
  Vector error_of(const LinearRule& rule) const {
    Vector difference = rule.coefficients;
    difference.head(relevant_count).array() -= 1;
    return difference;
  }
};

struct ExactTable : PlainTable {
  double excess_risk(const LinearRule& rule) const { return error_of(rule).squaredNorm(); }
};

/// `exact` decides whether the table knows the risk of a rule.
struct PlainWorld {
  Index candidates = 20;
  Index relevant = 3;
  double noise = 1;
  bool exact = true;

  static std::span<const Option<PlainWorld>> options() {
    static constexpr std::array table = {
        Option<PlainWorld>{"candidates", &PlainWorld::candidates, "columns"},
        Option<PlainWorld>{"relevant", &PlainWorld::relevant, "columns that matter"},
        Option<PlainWorld>{"noise", &PlainWorld::noise, "standard deviation"},
        Option<PlainWorld>{"exact", &PlainWorld::exact, "whether risks are exact"}};
    return table;
  }
  std::string name() const { return "plain"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  Truth draw(Stream) const {
    const PlainTable table{candidates, relevant, noise};
    if (exact) return ExactTable{table};
    return table;
  }
};

/// b = shrink X'y / n: a few lines whose arithmetic differs by n, and by stream where it jitters.
struct Marginal {
  double shrink = 1;
  double jitter = 0;
  Index fails_at = 0;    // throws at this size
  Index starves_at = 0;  // runs out of memory at this size
  Index breaks_at = 0;   // ends as a failed fit at this size, with a rule all the same
  double working = 0;    // bytes it says it holds

  static std::span<const Option<Marginal>> options() {
    static constexpr std::array table = {Option<Marginal>{"shrink", &Marginal::shrink, "factor"},
                                         Option<Marginal>{"jitter", &Marginal::jitter, "random part"},
                                         Option<Marginal>{"fails_at", &Marginal::fails_at, "size"},
                                         Option<Marginal>{"starves_at", &Marginal::starves_at, "size"},
                                         Option<Marginal>{"breaks_at", &Marginal::breaks_at, "size"},
                                         Option<Marginal>{"working", &Marginal::working, "bytes"}};
    return table;
  }
  std::string name() const { return "marginal"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  double working_bytes(Index, Index) const { return working; }
  Fit fit(const Data& data, Stream stream) const {
    if (data.rows() == fails_at) throw std::runtime_error("this size, of all sizes, \"fails\"");
    if (data.rows() == starves_at) throw std::bad_alloc();
    const DenseView x(data);
    LinearRule rule{shrink / static_cast<double>(data.rows()) * (x.matrix().transpose() * data.y()), 0};
    rule.coefficients(0) += jitter * stream.normal();
    FitReport report;
    report.status = data.rows() == breaks_at ? FitStatus::failed : FitStatus::converged;
    report.parameters = data.columns();
    report.cost.fit_flops = 2.0 * static_cast<double>(data.rows() * data.columns());
    return {rule, report};
  }
  std::vector<Fit> fit_path(const Data& data, Stream stream) const {
    std::vector<Fit> path;
    for (double factor : {0.25, 0.5, 1.0})
      path.push_back(Marginal{shrink * factor, 0, 0, 0, 0}.fit(data, stream.child("same")));
    return path;
  }
};

inline Catalogues catalogues() {
  return {{{"plain", "a small world", describe(PlainWorld::options()),
            [](const OptionValues& values) { return World(with_options(PlainWorld::options(), values)); }}},
          {{"marginal", "a small model", describe(Marginal::options()),
            [](const OptionValues& values) { return Model(with_options(Marginal::options(), values)); }}}};
}

/// Two arms on one world, four replicates, four sizes.
inline Study plain_study() {
  Study study;
  study.name = "plain";
  study.text = "title = \"plain\"\n";
  study.seed = 7;
  study.replicates = 4;
  study.sizes = {5, 10, 20, 40};
  study.catalogues = catalogues();
  Cell cell;
  cell.world = {"plain", {}};
  cell.arms.push_back(
      {.name = "expert", .model = {"marginal", {}}, .expert = Expert{2, 1, Forgets::at_random}});
  cell.arms.push_back({.name = "flexible", .model = {"marginal", {{"jitter", 0.1}}}, .expert = {}});
  study.cells = {cell};
  return study;
}

/// Cells whose candidates grow from 8 on: what the flexible arm works on.
inline Study growing_study(Index cells) {
  Study study = plain_study();
  std::vector<Cell> list;
  for (Index k = 0; k < cells; ++k) {
    Cell cell = study.cells[0];
    cell.id = k;
    cell.world.options["candidates"] = 8 + k;
    cell.settings = {{"world.candidates", std::to_string(8 + k)}};
    list.push_back(std::move(cell));
  }
  study.cells = CellGrid(std::move(list));
  return study;
}

struct KeepAll final : RecordSink {
  std::vector<Record> records;
  void write(std::span<const Record> more) override {
    records.insert(records.end(), more.begin(), more.end());
  }
};

struct Ran {
  std::vector<Record> records;
  RunResult result;
};

inline Ran run_study(const Study& study, const EngineOptions& options = {.threads = 1}) {
  KeepAll sink;
  RunResult result = run(study, options, sink);
  return {std::move(sink.records), std::move(result)};
}

}  // namespace quartic::doubles
