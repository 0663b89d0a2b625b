#include "experiments/engine/sample.hpp"

#include <algorithm>
#include <new>

#include "core/require.hpp"

namespace quartic::detail {

namespace {

Index count_columns(const Truth& truth, View view) {
  return view ? std::ssize(view->columns) : truth.candidates();
}

/// Rows of the target, or of a source, as an arm sees them.
struct Drawn {
  const WorldReplicate& replicate;
  const Truth& truth;  ///< whose columns these are
  View view;
  std::optional<std::uint64_t> source = {};

  Stream stream_of(const Stream& parent) const {
    return source ? parent.child("source").child(*source) : parent.child("train");
  }
  Stream stream() const { return stream_of(replicate.stream()); }
  Matrix x(Range rows) const;
  MatrixF x_as_float(Range rows) const;
  Data data(Vector y) const;
};

Matrix Drawn::x(Range rows) const {
  if (!view) return truth.x(rows, {0, truth.candidates()}, stream());
  return read_rows(*view, truth.columns(rows, view->columns, stream()), rows,
                   stream_of(replicate.stream().child("expert")));
}

MatrixF Drawn::x_as_float(Range rows) const {
  constexpr Index rows_at_once = 64;
  MatrixF whole(rows.count, count_columns(truth, view));
  for (Index first = 0; first < rows.count; first += rows_at_once) {
    const Range block{first, std::min(rows_at_once, rows.count - first)};
    whole.middleRows(first, block.count) = x(block).cast<float>();
  }
  return whole;
}

// With as many rows as labels.
Data Drawn::data(Vector y) const {
  const Range rows{0, y.size()};
  const Task task = replicate.task();
  if (replicate.study().storage == Storage::floats) return {x_as_float(rows), std::move(y), task};
  return {x(rows), std::move(y), task};
}

std::vector<Data> draw_sources(const WorldReplicate& replicate, std::span<const Truths> sources, View view) {
  std::vector<Data> drawn;
  for (const Truths& source : sources) {
    const Drawn rows{replicate, source.seen_by(view), view, drawn.size()};
    drawn.push_back(rows.data(source.truth.y({0, source.truth.rows().value()}, rows.stream())));
  }
  return drawn;
}

}  // namespace

Truths::Truths(const Truth& drawn)
    : truth(drawn),
      judged(drawn.tested().value_or(drawn)),
      findings(drawn.findings()),
      judged_findings(judged.findings()) {
  for (const Truth& source : drawn.sources()) {
    require(source.rows().has_value(),
            "a source of the world has rows without end (all of them are drawn before a model "
            "reads the first). Say how many there are.");
    sources.emplace_back(source);
  }
}

Data draw_rows(const WorldReplicate& replicate, const Sample& sample, View view, Index count) {
  const Data rows = Drawn{replicate, sample.truths.seen_by(view), view}.data(sample.y.head(count));
  if (sample.truths.sources.empty()) return rows;
  return rows.with_sources(draw_sources(replicate, sample.truths.sources, view));
}

RowSource rows_on_demand(const WorldReplicate& replicate, const Sample& sample, View view) {
  const Task task = replicate.task();
  const Truths& truths = sample.truths;
  return {count_columns(truths.truth, view), task,
          [&replicate, seen = truths.seen_by(view), truth = truths.truth, view, task](Range rows) {
            const Drawn drawn{replicate, seen, view};
            return Data(drawn.x(rows), truth.y(rows, drawn.stream()), task);
          }};
}

Sample draw_sample(const WorldReplicate& replicate, std::span<const Index> arms) {
  Truth truth = replicate.world.world.draw(replicate.truth_stream());
  Sample sample{Truths(truth), truth.facts(), Vector(), std::nullopt, std::nullopt};
  if (replicate.study().storage == Storage::stream) {
    require(
        sample.truths.sources.empty(),
        "the world has sources, and rows are not held (models read all of each source's rows before the first of "
        "the target). Use another storage.");
    return sample;
  }
  sample.y = truth.y({0, replicate.sizes().back()}, replicate.stream().child("train"));
  Index rows = 0;
  for (const Index arm : arms)
    if (replicate.cell.sees_all(arm)) rows = std::max(rows, replicate.sizes_of(arm).back());
  if (rows > 0) sample.whole = draw_rows(replicate, sample, nullptr, rows);
  return sample;
}

bool needs_anything(const Model& model) {
  const Needs needs = model.needs();
  return needs.row_gram || needs.column_gram || needs.row_factor;
}

void share_moments(Sample& sample, std::span<const Index> sizes, std::span<const Model> models) {
  Needs needs;
  int users = 0;
  for (const Model& model : models) {
    needs = needs | model.needs();
    users += needs_anything(model);
  }
  if (users < 2) return;
  try {
    sample.moments.emplace(sample.whole->with_real_labels(), sizes, needs);
  } catch (const std::bad_alloc&) {  // every model then computes what it needs, to the same bits
    sample.moments.reset();
  }
}

}  // namespace quartic::detail
