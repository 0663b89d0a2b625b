#pragma once
/// A cell made ready to run, and the random numbers of its replicates.
#include <memory>
#include <vector>

#include "core/random/stream.hpp"
#include "experiments/engine/checkpoint_folder.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/streams.hpp"
#include "experiments/study/study.hpp"
#include "experiments/theory/arm_theory.hpp"

namespace quartic::detail {

/// A cell made ready once for all its replicates. The study must outlive it.
struct ReadyCell {
  const Study* study;
  Cell cell;
  std::vector<WorldAtSizes> worlds;
  std::vector<ArmModels> arms;  ///< in the order of cell.arms
  std::vector<std::unique_ptr<ArmTheory>> theory;
  Index replicates = 0;  ///< tasks: those of the arm that has most
  bool keeps_checkpoints = false;

  /// Whether the arm at this place sees every candidate: all but experts, whose models mostly see what they name.
  bool sees_all(Index arm) const;
};

/// Throws InvalidInput for kinds and options that the catalogues refuse.
ReadyCell make_ready(const Study& study, Cell cell);

/// Sizes n, ascending, of each arm of a cell.
using SizesByArm = std::vector<std::vector<Index>>;
/// All sizes of the arms that have this replicate.
SizesByArm every_size(const Study& study, const Cell& cell, Index replicate);

/// One replicate on one world of its cell: the sizes that share a truth.
struct WorldReplicate {
  const ReadyCell& cell;
  const WorldAtSizes& world;
  SizesByArm wanted;  ///< the fits to run; no fit depends on which others there are
  Index number = 0;
  const CheckpointFolder* checkpoints = nullptr;

  const std::vector<Index>& sizes_of(Index arm) const { return wanted[static_cast<std::size_t>(arm)]; }
  /// Those that any arm wants, ascending.
  std::vector<Index> sizes() const;
  Stream stream() const { return replicate_stream(study(), cell.cell.world.kind, number); }
  Stream truth_stream() const { return quartic::truth_stream(study(), cell.cell.world.kind, number); }
  Task task() const { return world.world.task(); }
  const Study& study() const { return *cell.study; }
  const ArmSpec& arm(Index position) const { return cell.cell.arms[static_cast<std::size_t>(position)]; }
};

}  // namespace quartic::detail
