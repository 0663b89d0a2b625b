#pragma once
/// What a study file may hold at most. Nobody writes more: it is a mistake, or meant to bring the program
/// down.
#include <string_view>

namespace quartic::detail {

inline constexpr std::size_t most_study_bytes = 16U << 20U;
inline constexpr std::size_t most_text_bytes = 10000;  ///< of one value; messages and reports repeat it
inline constexpr std::size_t most_name_bytes = 200;    ///< of one part of a key, and of an arm's name
inline constexpr std::size_t most_levels = 100;        ///< parts of a key, with those of the tables around it

/// Throws InvalidInput with file and line for a TOML text that is larger, or whose keys and lists nest
/// deeper: who reads it goes down level by level.
void require_modest(std::string_view text, std::string_view file);
/// Throws InvalidInput for a longer one. `what` is "a key" or "a text".
void require_short(std::string_view text, std::size_t most_bytes, std::string_view where,
                   std::string_view what);

}  // namespace quartic::detail
