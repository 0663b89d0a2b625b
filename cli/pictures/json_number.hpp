#pragma once
/// Numbers as the JSON of a run has them.
#include <nlohmann/json.hpp>

#include "core/types.hpp"

namespace quartic {

/// NaN for null, which stands for what is not finite.
inline double json_number(const nlohmann::json& value) {
  return value.is_number() ? value.get<double>() : nan;
}

}  // namespace quartic
