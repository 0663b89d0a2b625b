#pragma once
/// Numbers as the JSON of a run has them.
#include "core/types.hpp"

namespace quartic {

/// NaN for null, which stands for what is not finite.
template <class Json>
double json_number(const Json& value) {
  return value.is_number() ? value.template get<double>() : nan;
}

}  // namespace quartic
