#pragma once
/// What an exponent was read off, in the JSON of findings and of fits. What is not finite is null there.
#include <string>
#include <vector>

#include "laws/curves/readings.hpp"
#include "laws/statistics/warning.hpp"

namespace quartic {

/// [{"form": "power", "estimate": ..., "low": ..., "high": ..., "p": ..., "excluded": false}, ...].
std::string readings_json(const std::vector<Reading>& readings);
/// [{"kind": "narrow_range", "text": ...}, ...].
std::string warnings_json(const std::vector<LawWarning>& warnings);

}  // namespace quartic
