#pragma once
/// What a study says of its results, as findings.json has it.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/findings/findings.hpp"

namespace quartic {

struct Judged {
  std::vector<Finding> findings;
  std::optional<CausesFinding> causes;      ///< of a study that has a table of them
  std::optional<RemediesFinding> remedies;  ///< likewise
  std::string json;                         ///< the text of findings.json
};

/// Holds the claims of the study against its results; `adaptive` is what adaptive_json() says of a study with adaptive
/// replicates, else empty.
Judged judge(const Study& study, const Cube& cube, std::string_view adaptive);

}  // namespace quartic
