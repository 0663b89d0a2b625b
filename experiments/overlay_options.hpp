#pragma once
/// Options of a world or model as theory reads them.
#include <string>
#include <string_view>

#include "core/options.hpp"

namespace quartic {

/// The value that is set, else the default named here. A word where a number is asked for is NaN.
double number_option(const OptionValues& options, std::string_view name, double otherwise);
std::string word_option(const OptionValues& options, std::string_view name, const std::string& otherwise);
bool flag_option(const OptionValues& options, std::string_view name, bool otherwise);

}  // namespace quartic
