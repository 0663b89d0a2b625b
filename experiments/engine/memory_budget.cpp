#include "experiments/engine/memory_budget.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "experiments/platform/memory.hpp"
#include "models/linear/moments.hpp"

namespace quartic::detail {

namespace {

constexpr double word = sizeof(double);

/// What all replicates have in common: the first one's truth.
struct Sizing {
  const WorldAtSizes& world;
  Index candidates;
  Facts facts;
  double rows() const { return static_cast<double>(world.sizes.back()); }
};

Sizing make_sizing(const ReadyCell& cell, const WorldAtSizes& world) {
  const Truth truth = world.world.draw(truth_stream(cell, 0));
  return {world, truth.candidates(), truth.facts()};
}

double stored_word(const ReadyCell& cell) {
  return cell.study->storage == Storage::floats ? sizeof(float) : word;
}

struct ArmNeeds {
  Needs shared;
  double working = 0;  ///< bytes of the model's own
};

// Of one arm at these sizes, over its models.
ArmNeeds collect_needs(const ReadyCell& cell, std::size_t arm, const Sizing& sizing, Index columns) {
  ArmNeeds needs;
  for (const ModelAtSizes& at : cell.arms[arm].at(sizing.world.sizes, sizing.facts, columns)) {
    needs.shared = needs.shared | at.model.needs();
    const Index rows = at.sizes.back();
    const double kept = cell.keeps_checkpoints ? at.model.checkpoint_bytes(rows, columns) : 0;
    needs.working = std::max(needs.working, at.model.working_bytes(rows, columns) + kept);
  }
  return needs;
}

Index count_columns(const ArmSpec& arm, const Sizing& sizing) {
  return arm.expert ? arm.expert->correct + arm.expert->wrong : sizing.candidates;
}

// Rows on demand: a few hundred at a time, whatever the size.
TaskMemory stream_memory(const ReadyCell& cell, const Sizing& sizing) {
  constexpr double drawn_at_once = 3 * 256;
  TaskMemory memory;
  for (const ArmSpec& arm : cell.cell.arms)
    memory.working =
        std::max(memory.working, drawn_at_once * static_cast<double>(count_columns(arm, sizing)) * word);
  return memory;
}

TaskMemory world_memory(const ReadyCell& cell, const Sizing& sizing, Sharing sharing) {
  if (cell.study->storage == Storage::stream) return stream_memory(cell, sizing);
  TaskMemory memory{.held = 3 * sizing.rows() * word, .working = 0};
  const std::span<const Index> sizes = sizing.world.sizes;
  Needs shared;
  bool whole = false;
  for (std::size_t i = 0; i < cell.cell.arms.size(); ++i) {
    const ArmSpec& arm = cell.cell.arms[i];
    const Index columns = count_columns(arm, sizing);
    const double numbers = sizing.rows() * static_cast<double>(columns);
    const ArmNeeds needs = collect_needs(cell, i, sizing, columns);
    double working = numbers * word + needs.working;
    if (arm.expert || sharing == Sharing::nothing) working += Moments::bytes(columns, sizes, needs.shared);
    if (arm.expert)
      memory.held += numbers * stored_word(cell);
    else
      shared = shared | needs.shared, whole = true;
    memory.working = std::max(memory.working, working);
  }
  if (whole) memory.held += sizing.rows() * static_cast<double>(sizing.candidates) * stored_word(cell);
  if (whole && sharing == Sharing::moments) memory.held += Moments::bytes(sizing.candidates, sizes, shared);
  return memory;
}

TaskMemory larger(const TaskMemory& a, const TaskMemory& b) {
  return {std::max(a.held, b.held), std::max(a.working, b.working)};
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

Budget make_budget(const StudyMemory& memory, double bytes, int threads) {
  for (Sharing sharing : {Sharing::moments, Sharing::nothing}) {
    const TaskMemory task = sharing == Sharing::moments ? memory.sharing : memory.alone;
    if (task.total() > bytes) continue;
    const double spare = bytes - task.total();  // of one task with one fit at a time
    const int workers = static_cast<int>(std::min<double>(threads, 1 + spare / std::max(task.working, 1.0)));
    const double left = bytes - workers * task.working;
    const int tasks = static_cast<int>(std::clamp<double>(left / std::max(task.held, 1.0), 1, threads));
    return {tasks, workers, sharing, task};
  }
  const TaskMemory task = memory.alone;
  throw InvalidInput(
      fmt::format("one replicate needs {} of memory and {} are allowed (it holds {} of rows, and a fit works "
                  "on {} more). Raise "
                  "--memory, set storage = \"float\", or lower the largest size or the number of candidates.",
                  bytes_text(task.total()), bytes_text(std::max(bytes, 0.0)), bytes_text(task.held),
                  bytes_text(task.working)));
}

}  // namespace quartic::detail
