#pragma once
/// The rows of one truth as every arm of a replicate sees them.
#include <optional>
#include <span>
#include <vector>

#include "core/data.hpp"
#include "core/model.hpp"
#include "core/world.hpp"
#include "experiments/engine/cell.hpp"
#include "experiments/engine/risk.hpp"
#include "models/linear/moments.hpp"

namespace quartic::detail {

/// One drawn truth from all sides. Experts (whoever has a view) see findings where cases have some.
struct Truths {
  /// Throws InvalidInput for a source that has no number of rows.
  explicit Truths(const Truth& drawn);

  Truth truth;                    ///< whose rows are trained on
  Truth judged;                   ///< under whose law rules are judged
  std::optional<Truth> findings;  ///< of truth
  std::optional<Truth> judged_findings;
  std::vector<Truths> sources;  ///< related tasks, whose rows are there to be learned from first

  const Truth& seen_by(View view) const { return view && findings ? *findings : truth; }
  const Truth& judge_of(View view) const { return view && judged_findings ? *judged_findings : judged; }
  const Truth& of_experts() const { return findings ? *findings : truth; }
};

struct Sample {
  Truths truths;
  Facts facts;                ///< of the truth that is trained on
  Vector y;                   ///< empty where rows are not held
  std::optional<Data> whole;  ///< all candidates, as many rows as an arm takes that sees them
  std::optional<Moments> moments;
};

/// Without moments; with all candidates where one of these arms has no expert and rows are held. Throws InvalidInput
/// where rows are not held and there are sources.
Sample draw_sample(const WorldReplicate& replicate, std::span<const Index> arms);

/// So many training rows as the arm sees them, and with them all rows of every source, held as the study asks. Those of
/// source t draw from the replicate's stream / "source" / t, and what an expert misreads there from "expert" / "source" / t.
Data draw_rows(const WorldReplicate& replicate, const Sample& sample, View view, Index count);

/// The same rows, drawn as they are asked for. `replicate`, and `view`, must outlive the source.
RowSource rows_on_demand(const WorldReplicate& replicate, const Sample& sample, View view);

/// Whether the model would use moments.
bool needs_anything(const Model& model);

/// Computes once what at least two of these models, all on all candidates, need.
void share_moments(Sample& sample, std::span<const Index> sizes, std::span<const Model> models);

}  // namespace quartic::detail
