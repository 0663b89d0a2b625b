#pragma once
/// Who computed the records of a study: fits have the same bits for one build of the program, one BLAS and
/// one kind of processor, and a store may hold those of several.
#include <string>
#include <vector>

#include "experiments/store/runs.hpp"

namespace quartic {

struct Study;
struct Shard;

/// One program on one kind of processor.
struct Builder {
  std::string version, git_revision, compiler, flags, instruction_set, blas;
  std::vector<std::string> cpus = {};  ///< models of its processors, on which bits do not depend
  Index records = 0;                   ///< that it computed

  /// What distinguishes it from another as far as bits may depend on it: "BLAS A, there B; ..."; "" for
  /// nothing.
  std::string differences(const Builder& other) const;
};

/// Those of what a store has of a study, in the order of their first runs, and how many fits it lacks.
struct StudyBuilders {
  std::vector<Builder> builders = {};
  Index missing = 0;

  /// And this program, which will compute what is missing, with no records yet where it is a further one.
  std::vector<Builder> and_this() const;
};

/// This program on this machine.
Builder this_builder();

namespace detail {

class Database;
class Demand;

StudyBuilders builders_in(const Database& database, const Demand& demand);
/// The builder of a run.
Builder builder_of(const StoredRun& run);

}  // namespace detail
}  // namespace quartic
