#include "experiments/engine/memory_budget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "experiments/engine/fit.hpp"
#include "experiments/platform/memory.hpp"
#include "models/linear/moments.hpp"

namespace quartic::detail {

namespace {

constexpr double word = sizeof(double);

/// Related tasks, all together.
struct SourceSizes {
  double count = 0, rows = 0;
  double truth_bytes = 0;  ///< what their truths hold

  /// Their rows and labels.
  double held(double columns, double stored) const { return rows * (columns * stored + word); }
  /// What a model may make of them: one table of all their rows, and the coefficients of each.
  double copied(double columns) const { return rows * (columns + 1) * word + count * columns * word; }
};

SourceSizes find_sources(const Truths& truths) {
  constexpr double each = 1024, numbers_a_column = 4;
  SourceSizes sizes;
  for (const Truths& source : truths.sources) {
    sizes.count += 1;
    sizes.rows += static_cast<double>(source.truth.rows().value());
    sizes.truth_bytes += each + numbers_a_column * word * static_cast<double>(source.truth.relevant().size());
  }
  return sizes;
}

/// What all replicates have in common: the first one's truth.
struct Sizing {
  const WorldAtSizes& world;
  Truths truths;
  SourceSizes sources;
  Index candidates;
  Facts facts;
  bool tested_elsewhere;  ///< under another law: how cases are recorded there takes four numbers a candidate
};

double rows_of(std::span<const Index> sizes) {
  return sizes.empty() ? 0 : static_cast<double>(sizes.back());
}

/// Those of the world that the arm may be given.
std::vector<Index> sizes_of(const ReadyCell& cell, const ArmSpec& arm, const Sizing& sizing) {
  std::vector<Index> sizes = sizing.world.sizes;
  std::erase_if(sizes, [&](Index n) { return count_replicates(*cell.study, arm, n) == 0; });
  return sizes;
}

Sizing make_sizing(const ReadyCell& cell, const WorldAtSizes& world) {
  Truth truth = world.world.draw(truth_stream(*cell.study, cell.cell.world.kind, 0));
  Truths truths(truth);
  const SourceSizes sources = find_sources(truths);
  return {world, std::move(truths), sources, truth.candidates(), truth.facts(), truth.tested().has_value()};
}

double stored_word(const ReadyCell& cell) {
  return cell.study->storage == Storage::floats ? sizeof(float) : word;
}

Index count_columns(const ReadyCell& cell, std::size_t position, const Sizing& sizing) {
  if (cell.sees_all(static_cast<Index>(position))) return sizing.candidates;
  return most_named(*cell.cell.arms[position].expert, sizing.truths.of_experts()).all();
}

/// One arm at one model: a fit of all these sizes, or one of each.
struct FitMemory {
  Model model;
  std::span<const Index> sizes;
  Index columns;
  bool alone = true;         ///< its moments are its own
  bool from_floats = false;  ///< rows are held in single precision
  SourceSizes sources = {};  ///< to which the model may be fitted as to these rows

  // Rows as double, where they are held as float and are not taken a block at a time.
  double copied() const {
    if (!model.copies_rows()) return 0;
    const bool by_tiles = model.needs().column_gram && sizes.front() >= columns;
    return from_floats && !by_tiles ? word * static_cast<double>(sizes.back()) * static_cast<double>(columns)
                                    : 0;
  }
  double bytes(bool keeps_checkpoints) const {
    double most = 0;
    for (const Index n : sizes)
      most = std::max(most, model.working_bytes(n, columns) +
                                (keeps_checkpoints ? model.checkpoint_bytes(n, columns) : 0));
    return most + copied() + (alone ? Moments::bytes_alone(columns, sizes, model.needs()) : 0) +
           before_these_rows();
  }
  // Of the sources: what was made of them is held while these rows are fitted.
  double before_these_rows() const {
    if (sources.count == 0) return 0;
    return sources.copied(static_cast<double>(columns)) +
           model.working_bytes(static_cast<Index>(sources.rows), columns);
  }
};

/// The rows of all candidates, and the moments that arms on them share, where two models or more want some.
struct SharedNeeds {
  Needs needs;
  Index users = 0;
  std::vector<Index> sizes;  ///< of arms that see all candidates
};

SharedNeeds find_shared(const ReadyCell& cell, const Sizing& sizing) {
  SharedNeeds shared;
  for (std::size_t i = 0; i < cell.cell.arms.size(); ++i) {
    const ArmSpec& arm = cell.cell.arms[i];
    if (!cell.sees_all(static_cast<Index>(i))) continue;
    const std::vector<Index> sizes = sizes_of(cell, arm, sizing);
    if (sizes.size() > shared.sizes.size()) shared.sizes = sizes;  // some have further sizes, or all the same
    for (const ModelAtSizes& at : cell.arms[i].at(sizes, sizing.facts, sizing.candidates)) {
      if (!needs_anything(at.model)) continue;
      shared.needs = shared.needs | at.model.needs();
      shared.users += arm.select_oracle ? std::ssize(at.sizes) : 1;
    }
  }
  return shared;
}

// Fresh rows on which rules are judged that have no risk in closed form: a few hundred at a time. Rows on
// demand: likewise, whatever the size, and a rule a size.
double drawn_bytes(const ReadyCell& cell, const Sizing& sizing, Index columns) {
  const bool streams = cell.study->storage == Storage::stream;
  const double tables = sizing.tested_elsewhere ? 5 : 3;  // those as they were, and as they are recorded
  const double drawn_at_once =
      tables * (streams ? 256 : static_cast<double>(test_rows_at_once(sizing.candidates)));
  const double rules = streams ? 2 * static_cast<double>(sizing.world.sizes.size()) : 0;
  const double of_rules = sizing.tested_elsewhere ? 3 * static_cast<double>(sizing.candidates) * word : 0;
  return (drawn_at_once + rules) * static_cast<double>(streams ? columns : sizing.candidates) * word +
         of_rules;
}

// As an arm's expert may tell it: what a model holds depends on how many names it is told.
Model advised_model(const ArmSpec& arm, const Model& model, const Sizing& sizing) {
  if (!arm.expert || !model.takes_advice()) return model;
  std::vector<Index> named(
      static_cast<std::size_t>(most_named(*arm.expert, sizing.truths.of_experts()).all()));
  std::iota(named.begin(), named.end(), Index{0});
  return model.advised(named);
}

TaskMemory arm_memory(const ReadyCell& cell, std::size_t position, const Sizing& sizing, bool shares) {
  const ArmSpec& arm = cell.cell.arms[position];
  const bool sees_all = cell.sees_all(static_cast<Index>(position));
  const Index columns = count_columns(cell, position, sizing);
  const bool streams = cell.study->storage == Storage::stream;
  TaskMemory memory{.working = drawn_bytes(cell, sizing, columns), .fits = 0};
  const std::vector<Index> sizes = sizes_of(cell, arm, sizing);
  const double refitted = arm.expert && arm.expert->wrong_sign > 0
                              ? word * rows_of(sizes) * static_cast<double>(columns)
                              : 0;  // the rows of the columns whose signs are allowed
  for (const ModelAtSizes& at : cell.arms[position].at(sizes, sizing.facts, columns)) {
    memory.fits += shares_sizes(*cell.study, arm, at.model) ? 1 : std::ssize(at.sizes);
    const FitMemory fit{advised_model(arm, at.model, sizing),   at.sizes,      columns, !sees_all || !shares,
                        cell.study->storage == Storage::floats, sizing.sources};
    if (!streams) memory.working = std::max(memory.working, fit.bytes(cell.keeps_checkpoints) + refitted);
  }
  if (!sees_all && !streams)
    memory.held = rows_of(sizes) * static_cast<double>(columns) * stored_word(cell) +
                  sizing.sources.held(static_cast<double>(columns), stored_word(cell));
  return memory;
}

TaskMemory world_memory(const ReadyCell& cell, const Sizing& sizing, Sharing sharing) {
  const bool streams = cell.study->storage == Storage::stream;
  const SharedNeeds shared = find_shared(cell, sizing);
  const bool shares = sharing == Sharing::moments && shared.users > 1 && !streams;
  TaskMemory memory{.held = streams ? 0 : 3 * rows_of(sizing.world.sizes) * word, .fits = 0};
  for (std::size_t i = 0; i < cell.cell.arms.size(); ++i) {
    const TaskMemory arm = arm_memory(cell, i, sizing, shares);
    memory.held += arm.held;
    memory.working = std::max(memory.working, arm.working);
    memory.fits += arm.fits;
  }
  if (!streams)
    memory.held += rows_of(shared.sizes) * static_cast<double>(sizing.candidates) * stored_word(cell);
  memory.held += sizing.sources.truth_bytes;
  if (sizing.tested_elsewhere) memory.held += 4 * word * static_cast<double>(sizing.candidates);
  if (!streams && !shared.sizes.empty())
    memory.held += sizing.sources.held(static_cast<double>(sizing.candidates), stored_word(cell));
  if (shares) memory.held += Moments::bytes(sizing.candidates, shared.sizes, shared.needs);
  return memory;
}

TaskMemory larger(const TaskMemory& a, const TaskMemory& b) {
  return {std::max(a.held, b.held), std::max(a.working, b.working), std::max(a.fits, b.fits)};
}

// With as many threads as there is room for; none where not one task fits.
std::optional<Budget> busiest(const TaskMemory& task, Sharing sharing, const Room& room) {
  std::optional<Budget> best;
  for (int tasks = static_cast<int>(std::min<Index>(room.threads, std::max<Index>(1, room.tasks))); tasks > 0;
       --tasks) {
    const double workers =
        (room.bytes / kept_by_allocators - tasks * task.held) / std::max(task.working, 1.0);
    if (workers < tasks) continue;
    const Budget budget{tasks, static_cast<int>(std::min<double>(room.threads, workers)), sharing, task};
    if (!best || budget.fits() > best->fits()) best = budget;
  }
  return best;
}

}  // namespace

TaskMemory task_memory(const ReadyCell& cell, Sharing sharing) {
  TaskMemory memory;
  for (const WorldAtSizes& world : cell.worlds)
    memory = larger(memory, world_memory(cell, make_sizing(cell, world), sharing));
  return memory;
}

void StudyMemory::include(const StudyMemory& other) {
  sharing = larger(sharing, other.sharing);
  alone = larger(alone, other.alone);
}

StudyMemory study_memory(const ReadyCell& cell) {
  StudyMemory memory;
  for (const WorldAtSizes& world : cell.worlds) {
    const Sizing sizing = make_sizing(cell, world);
    memory.include(
        {world_memory(cell, sizing, Sharing::moments), world_memory(cell, sizing, Sharing::nothing)});
  }
  return memory;
}

Budget make_budget(const StudyMemory& memory, const Room& room) {
  if (const auto budget = busiest(memory.sharing, Sharing::moments, room)) return *budget;
  if (const auto budget = busiest(memory.alone, Sharing::nothing, room)) return *budget;
  const TaskMemory task = memory.alone;
  throw InvalidInput(fmt::format(
      "one replicate needs {} of memory and {} are left for it (it holds {} of rows, and a fit works on {} "
      "more; the program takes {} for itself). Raise --memory, set storage = \"float\", or lower the largest "
      "size or the number of candidates.",
      bytes_text(task.total()), bytes_text(std::max(room.bytes, 0.0)), bytes_text(task.held),
      bytes_text(task.working), bytes_text(program_bytes)));
}

}  // namespace quartic::detail
