#pragma once
/// The rows of one truth as every arm of a replicate sees them.
#include <optional>
#include <span>

#include "core/data.hpp"
#include "core/model.hpp"
#include "core/world.hpp"
#include "experiments/engine/cell.hpp"
#include "experiments/engine/risk.hpp"
#include "models/linear/moments.hpp"

namespace quartic::detail {

struct Sample {
  Truth truth;
  Facts facts;
  Vector y;                   ///< empty where rows are not held
  std::optional<Data> whole;  ///< all candidates, as many rows as an arm takes that sees them
  std::optional<Moments> moments;
};

/// Without moments; with all candidates where one of these arms has no expert and rows are held.
Sample draw_sample(const WorldReplicate& replicate, std::span<const Index> arms);

/// So many training rows as the arm sees them, held as the study asks.
Data draw_rows(const WorldReplicate& replicate, const Sample& sample, View view, Index count);

/// The same rows, drawn as they are asked for. `replicate`, and `view`, must outlive the source.
RowSource rows_on_demand(const WorldReplicate& replicate, const Sample& sample, View view);

/// Whether the model would use moments.
bool needs_anything(const Model& model);

/// Computes once what at least two of these models, all on all candidates, need.
void share_moments(Sample& sample, std::span<const Index> sizes, std::span<const Model> models);

}  // namespace quartic::detail
