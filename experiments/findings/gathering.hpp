#pragma once
/// One study run by several people, each with a seed of their own, as one run with the replicates of all.
#include <span>
#include <string>
#include <vector>

#include "experiments/findings/findings.hpp"

namespace quartic {

/// A group's run.
struct GroupRun {
  std::string name;
  const Study& study;
  const Cube& cube;
};

struct Gathering {
  Cube cube;                                 ///< the replicates of all groups, one group after another
  std::vector<Finding> findings;             ///< the claims of the study, held against all of them
  std::vector<std::vector<Finding>> groups;  ///< and against each group's, in the order of the groups
};

/// Throws InvalidInput, which names the groups, for fewer than two, for studies that differ in more than their seed, and
/// for two groups of one seed, whose replicates are the same.
Gathering gather_runs(std::span<const GroupRun> groups);

}  // namespace quartic
