#include "experiments/engine/sample.hpp"

#include <algorithm>
#include <new>

namespace quartic::detail {

namespace {

Index count_columns(const Truth& truth, View view) {
  return view ? std::ssize(view->columns) : truth.candidates();
}

Matrix draw_x(const WorldReplicate& replicate, const Truth& truth, View view, Range rows) {
  const Stream stream = replicate.stream();
  if (!view) return truth.x(rows, {0, truth.candidates()}, stream.child("train"));
  return read_rows(*view, truth.columns(rows, view->columns, stream.child("train")), rows,
                   stream.child("expert").child("train"));
}

MatrixF to_float(const WorldReplicate& replicate, const Truth& truth, View view, Range rows) {
  constexpr Index rows_at_once = 64;
  MatrixF x(rows.count, count_columns(truth, view));
  for (Index first = 0; first < rows.count; first += rows_at_once) {
    const Range block{first, std::min(rows_at_once, rows.count - first)};
    x.middleRows(first, block.count) = draw_x(replicate, truth, view, block).cast<float>();
  }
  return x;
}

}  // namespace

Truths::Truths(const Truth& drawn)
    : truth(drawn),
      judged(drawn.tested().value_or(drawn)),
      findings(drawn.findings()),
      judged_findings(judged.findings()) {}

Data draw_rows(const WorldReplicate& replicate, const Sample& sample, View view, Index count) {
  const Range rows{0, count};
  const Task task = replicate.task();
  const Truth& truth = sample.truths.seen_by(view);
  if (replicate.study().storage == Storage::floats)
    return {to_float(replicate, truth, view, rows), sample.y.head(count), task};
  return {draw_x(replicate, truth, view, rows), sample.y.head(count), task};
}

RowSource rows_on_demand(const WorldReplicate& replicate, const Sample& sample, View view) {
  const Task task = replicate.task();
  const Truths& truths = sample.truths;
  return {count_columns(truths.truth, view), task,
          [&replicate, seen = truths.seen_by(view), truth = truths.truth, view, task](Range rows) {
            return Data(draw_x(replicate, seen, view, rows), truth.y(rows, replicate.stream().child("train")),
                        task);
          }};
}

Sample draw_sample(const WorldReplicate& replicate, std::span<const Index> arms) {
  Truth truth = replicate.world.world.draw(truth_stream(replicate.cell, replicate.number));
  Sample sample{Truths(truth), truth.facts(), Vector(), std::nullopt, std::nullopt};
  if (replicate.study().storage == Storage::stream) return sample;
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
