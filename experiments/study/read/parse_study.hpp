#pragma once
/// Studies out of TOML: parsed, and validated whole before anything runs.
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/study/study.hpp"

namespace quartic {

/// What the caller changes in a study file before validation, in this order: effort, then overrides ("a.b" = "text").
struct StudyEdits {
  std::string effort;
  std::vector<std::pair<std::string, std::string>> overrides;
};

/// Parses and validates. `file` names the text in messages; the study may name the kinds in `catalogues`, and
/// keeps them. Throws InvalidInput with file, line, key and remedy.
Study parse_study(std::string_view text, std::string_view file, const StudyEdits& edits = {},
                  const Catalogues& catalogues = built_in_catalogues());

/// The built-in experiments: name -> TOML, compiled into the program.
const std::map<std::string, std::string, std::less<>>& built_in_studies();

/// Published results as studies, with what is printed as claims (docs/replications.md): name -> TOML, likewise.
const std::map<std::string, std::string, std::less<>>& replication_packs();

}  // namespace quartic
