#pragma once
/// Options of a world or model as theory reads them.
#include <string>
#include <string_view>

#include "core/options.hpp"

namespace quartic {

/// The value of one option. A number that is missing or a word is NaN; a missing word is "", a missing flag
/// false.
double number_option(const OptionValues& options, std::string_view name);
std::string word_option(const OptionValues& options, std::string_view name);
bool flag_option(const OptionValues& options, std::string_view name);

/// The step of linear_sgd with these options where it is a number and there is one pass, else NaN.
double one_pass_step(const OptionValues& options);

}  // namespace quartic
