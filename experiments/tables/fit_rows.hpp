#pragma once
/// The rows of a table as numbers.
#include <string>
#include <vector>

#include "experiments/tables/fit.hpp"

namespace quartic::detail {

/// The usable rows of one group, in the order of the table.
struct FitRows {
  std::string group;
  std::vector<Index> places;                 ///< in the table
  Vector errors, data, compute, parameters;  ///< all but errors: empty where there is no such column
  std::vector<std::string> replicates;       ///< empty where there is no such column
  Index excluded = 0;                        ///< records that did not converge
};

struct ReadRows {
  FitQuestion question;  ///< every column named that is there
  std::vector<FitRows> groups;
  Index left_out = 0;
};

ReadRows read_rows(const CsvTable& table, FitQuestion question);

/// "FILE:LINE: ".
std::string render_place(const CsvTable& table, Index row);

}  // namespace quartic::detail
