#pragma once
/// Records as lines of JSON.
#include <string>

#include "experiments/store/reader.hpp"

namespace quartic::detail {

/// One object; what was not measured is null, and what is not finite 1e999. `settings` is JSON.
std::string record_json(const FoundRecord& found, const std::string& settings);

}  // namespace quartic::detail
