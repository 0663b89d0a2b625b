#pragma once
/// Views in a store, for queries in SQL.
#include <string>
#include <vector>

#include "experiments/study/arm.hpp"

namespace quartic::detail {

/// Makes, or makes anew, the table `cells` (cell, arm, series, settings) and the views `results` (a record a
/// row, with its cell, its arm and a column a swept setting), `averages` and `failures`. Returns their names.
/// The caller holds the lock of the folder. Throws InvalidInput, or MachineFailure on a full disk.
std::vector<std::string> make_views(const std::string& folder, const Study& study);

}  // namespace quartic::detail
