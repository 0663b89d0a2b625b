#pragma once
/// Two runs side by side: errors of the fits that both have, replicate by replicate, and claims.
#include <optional>
#include <string>
#include <vector>

#include "experiments/findings/findings.hpp"

namespace quartic {

struct ComparedRun {
  const Study& study;
  const Cube& cube;
};

/// Normalised errors of one arm at one size of a cell, over the replicates in which both runs have one. Runs
/// of one seed share their random numbers, which cancel in the difference.
struct ErrorDifference {
  CellSettings settings;  ///< of the cell, which both runs have
  std::string arm;
  Index n = 0;
  Index replicates = 0;
  double mean_a = nan, mean_b = nan;
  Interval
      difference;  ///< mean of b - a, and Student's 95 % interval of it; none for fewer than two replicates
};

/// A claim in a cell, as one run or both answer it: the same words about the same law of the same arm.
struct ComparedClaim {
  std::optional<Finding> a, b;
};

struct RunComparison {
  std::vector<ErrorDifference> errors;  ///< by cell, arm and size, in the order of the first study
  std::vector<ComparedClaim>
      claims;  ///< those of the first study in its order, then those of the other alone
};

/// Cells are shared that have the same settings; of studies without a sweep the one cell that each has,
/// whatever its world is. Throws InvalidInput, which says what there is, where no fit is shared.
RunComparison compare_runs(const ComparedRun& a, const ComparedRun& b);

/// {"schema_version":1,"errors":[{settings, arm, n, replicates, mean_a, mean_b, difference, low, high}],
/// "claims":[{says, settings, arm, law, a, b}]}, where a and b are null or {estimate, low, high, verdict};
/// NaN and infinity are null. Indented by two blanks, ended by LF.
std::string comparison_json(const RunComparison& comparison);

}  // namespace quartic
