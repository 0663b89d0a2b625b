#pragma once
/// The scripts of `quartic submit`: a job array, one shard of a study a task, and the merge after it. Text
/// in, text out.
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// What is submitted.
struct BatchJob {
  std::string study;                 ///< its name, for people
  std::string program;               ///< path of quartic
  std::string folder;                ///< absolute; holds scripts, study.toml, logs and shards
  Index shards = 1;                  ///< tasks
  std::vector<std::string> options;  ///< of sbatch, as the user gave them
};

/// Consecutive shards, first to last: one job array. Its task k runs shard first - 1 + k.
struct ShardRange {
  Index first = 1, last = 1;

  Index count() const { return last - first + 1; }
};

/// The shards in as few arrays as a cluster takes whose arrays have at most `most` tasks.
std::vector<ShardRange> shard_ranges(Index shards, Index most);

/// The words of --sbatch: parted by blanks; quotes and backslashes as in a shell. Throws InvalidInput for an
/// open quote, a line break, and options that are submit's own (--array, --dependency, --output, --wrap ...).
std::vector<std::string> sbatch_words(std::string_view text);

/// bash; `sbatch --array=1-COUNT array.sbatch FIRST-1`. A task that a signal ended or the machine failed puts
/// itself into the queue again, five times at most.
std::string array_script(const BatchJob& job);
std::string merge_script(const BatchJob& job);

}  // namespace quartic
