#pragma once
/// Runs again some of the fits that a store has, and nothing else: verification and replay.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/engine/engine.hpp"
#include "experiments/store/reader.hpp"

namespace quartic {

/// What the store has, and what came out now.
struct RecomputedRecord {
  FoundRecord stored;
  Record computed;
  /// Names of the columns whose bits differ: none where the record is what it was. Times are not compared.
  std::vector<std::string> differences() const;
};

/// Runs the fits whose records `wanted` picks, as the study runs them, and returns them in study order. Takes
/// threads, memory and stop from the options. Throws as run does.
std::vector<RecomputedRecord> recompute(const StoreReader& store, const Study& study,
                                        const EngineOptions& options,
                                        const std::function<bool(const FoundRecord&)>& wanted);

/// Picks whole tasks (a replicate of a cell, all its arms and sizes) at random: the same ones for the same
/// study and share, and at least one where the store has any.
class TaskSample {
 public:
  TaskSample(const StoreReader& store, const Study& study, double share);
  bool operator()(const FoundRecord& found) const;
  Index tasks() const { return tasks_; }

 private:
  std::uint64_t draw_place(const FoundRecord& found) const;

  std::uint64_t seed_, limit_;  ///< tasks whose place is at most the limit
  Index tasks_ = 0;
};

}  // namespace quartic
