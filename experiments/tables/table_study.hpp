#pragma once
/// A study of a table: systems that others have built and published. Nothing is simulated; lines are fitted.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "laws/statistics/regression.hpp"
#include "laws/statistics/verdict.hpp"

namespace quartic {

/// Where the numbers stand. `unit`: operations in one unit of the column of computing; a study that does not
/// say it leaves it to the column's name.
struct TableSource {
  std::string name;  ///< of a built-in table, or a path that ends in .csv
  std::string label, error = "error", compute = "compute";
  double unit = 1;
};

/// A claim about the exponent of computing q, C ~ (1/(error - floor))^q.
struct TableClaim {
  std::string says;
  std::optional<Regression> regression;  ///< nothing: whichever of forward and reverse is right
  std::optional<double> floor;           ///< nothing: whichever of the study's floors is right
  Expectation expectation;
};

struct TableStudy {
  std::string name, title, question, source;
  std::string effort;  ///< in force, or ""
  std::string text;    ///< canonical TOML, as it runs
  std::uint64_t seed = 1;
  Index resamples = 2000;
  double confidence = 0.95;
  TableSource table;
  std::vector<double> floors = {0};  ///< ascending, from 0 up
  std::vector<double> targets;       ///< errors to project to
  std::string hardware;              ///< of the table of conversions; "": its first
  std::vector<std::string> compare;  ///< two systems of the table by label, or none
  std::vector<TableClaim> claims;
};

/// Whether a study file is about a table: it has [table] and no [world]. Throws InvalidInput where it is not
/// TOML.
bool is_table_study(std::string_view text, std::string_view file);

/// Parses and validates, edits as for parse_study. Throws InvalidInput with file, line, key and remedy.
TableStudy parse_table_study(std::string_view text, std::string_view file, const StudyEdits& edits = {});

/// name -> TOML, compiled into the program: "recorded".
const std::map<std::string, std::string, std::less<>>& built_in_table_studies();

}  // namespace quartic
