#pragma once
/// Options as theory wants them: those set, and the defaults of the built-in kind.
#include <string_view>
#include <utility>

#include "experiments/study/catalogues.hpp"
#include "experiments/study/formulas.hpp"

namespace quartic::testing {

inline OptionValues world_options(std::string_view kind, OptionValues set = {}) {
  return with_defaults(built_in_catalogues().world(kind).options, std::move(set));
}

inline OptionValues model_options(std::string_view kind, OptionValues set = {}) {
  return with_defaults(built_in_catalogues().model(kind).options, std::move(set));
}

}  // namespace quartic::testing
