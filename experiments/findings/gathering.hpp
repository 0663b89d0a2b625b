#pragma once
/// One study run by several people, each with a seed of their own, as one run with the replicates of all; beside it the
/// arms that are not the same in all groups.
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
  std::vector<std::string> own_arms;         ///< that each group has one of its own of; NaN in `cube`
  std::vector<Finding> findings;             ///< the claims of the study, held against all of them
  std::vector<std::vector<Finding>> groups;  ///< and against each group's, in the order of the groups

  bool is_own(const std::string& arm) const;
  /// Whether it is about such an arm: what all groups found together then says nothing.
  bool is_own(const Claim& claim) const;
};

/// An arm is the groups' own where their studies say different things of it, or where it names a model that is not here
/// (absent_models.hpp), of which no study says what it is.
///
/// Throws InvalidInput, which names the groups, for fewer than two, for studies that differ in more than their seed and
/// what they say of their arms, and for two groups of one seed, whose replicates are the same.
Gathering gather_runs(std::span<const GroupRun> groups);

}  // namespace quartic
