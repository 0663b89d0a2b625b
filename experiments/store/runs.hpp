#pragma once
/// The table runs: who wrote to a store, when and where.
#include <string>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// One run that wrote to the store.
struct StoredRun {
  Index id = 0;
  std::string version, git_revision, compiler, flags, cpu, instruction_set, blas, host;
  std::string shard, started, last_commit;      ///< "2/8"; times in UTC
  Index threads = 0, process = 0, records = 0;  ///< records: written
  double seconds = 0;                           ///< from its start to its last commit

  bool operator==(const StoredRun&) const = default;
};

namespace detail {

class Database;
class Statement;

/// Asks for all of them; a row of the answer.
std::string select_runs();
StoredRun read_run(const Statement& row);
std::vector<StoredRun> runs_in(const Database& database);
/// Adds a row and returns its id, whatever the run's own id is.
Index put_run(Database& database, const StoredRun& run);

}  // namespace detail
}  // namespace quartic
