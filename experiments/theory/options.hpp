#pragma once
/// Options of a world or model as theory reads them.
#include <string>
#include <string_view>

#include "core/options.hpp"

namespace quartic {

/// Those set, and for the rest the defaults of the model or world of this kind: whoever changes a default
/// changes its theory. A kind that the catalogue does not have adds nothing.
OptionValues model_options(std::string_view kind, const OptionValues& set);
OptionValues world_options(std::string_view kind, const OptionValues& set);

/// Of one option. NaN where it is not there, and for a word where a number is asked for; "" and false where
/// there is no such word or flag.
double number_option(const OptionValues& options, std::string_view name);
std::string word_option(const OptionValues& options, std::string_view name);
bool flag_option(const OptionValues& options, std::string_view name);

}  // namespace quartic
