#pragma once
/// The rows of a table as numbers.
#include <map>
#include <string>
#include <vector>

#include "experiments/study/cells.hpp"
#include "experiments/tables/fit.hpp"

namespace quartic::detail {

/// The usable rows of one group, in the order of the table.
struct FitRows {
  std::string group;
  CellSettings settings;      ///< of a sweep: those that concern the group
  std::string cell;           ///< of a sweep: the first that has these fits
  bool costed = true;         ///< false: it is read over its sizes alone, no row has its computing
  std::vector<Index> places;  ///< in the table
  Vector errors, data, compute, parameters;  ///< all but errors: empty where there is no such column
  std::vector<std::string> replicates;       ///< empty where there is none
  std::vector<std::string> clusters;         ///< empty where there is none
  std::map<double, Index> lost;              ///< of each size of data: records that did not converge
  Index excluded = 0;                        ///< all of them
  std::string problem;                       ///< the first thing that no fit can use; "" where all is well
  std::string note;                          ///< what was left out
};

struct ReadRows {
  FitQuestion question;     ///< every column named that is there, "" for the others
  bool is_records = false;  ///< of quartic itself
  std::vector<FitRows> groups = {};
  Index left_out = 0;
  std::vector<std::string> notes = {};
};

/// Replicates of a table without sizes of data are over its computing, which is its `data` too.
ReadRows read_rows(const CsvTable& table, FitQuestion question);

}  // namespace quartic::detail
