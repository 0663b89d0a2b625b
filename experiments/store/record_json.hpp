#pragma once
/// Records as lines of JSON.
#include <string>

#include "experiments/store/reader.hpp"

namespace quartic::detail {

/// {"world.noise":"2"}: the swept settings of a cell, as the study has them.
std::string settings_json(const Cell& cell);
/// One object; what was not measured is null, and what is not finite 1e999. `settings` is JSON.
std::string record_json(const FoundRecord& found, const std::string& settings);

}  // namespace quartic::detail
