#pragma once
/// What closed forms ask of their numbers.
#include <string_view>

namespace quartic::detail {

/// Throws InvalidInput, with the name of the number, unless it is finite and no less than `least`.
void require_at_least(std::string_view what, double number, double least);

}  // namespace quartic::detail
