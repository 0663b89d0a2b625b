#pragma once
/// What a study says of its results, as findings.json has it.
#include <optional>
#include <string>
#include <vector>

#include "experiments/adaptive/report.hpp"
#include "experiments/findings/findings.hpp"

namespace quartic {

struct Judged {
  std::vector<Finding> findings;
  std::optional<CausesFinding> causes;  ///< of a study that has a table of them
  std::string json;                     ///< the text of findings.json
};

/// Holds the claims of the study against its results; `adaptive` of a study with adaptive replicates, else null.
Judged judge(const Study& study, const Cube& cube, const AdaptiveReport* adaptive);

}  // namespace quartic
