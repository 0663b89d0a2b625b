#pragma once
/// Text of others, made safe to look at.
#include <string>
#include <string_view>

namespace quartic {

/// The text with every character that steers a terminal, or reorders what stands beside it, shown by its
/// number: control characters but LF and TAB (ESC is "\u001b"), DEL, those of U+0080 to U+009F, line
/// separators and marks of direction. A byte from 80 to 9F that belongs to no UTF-8 is "\x9b". Within a text
/// of JSON or TOML such a number stands for the same character.
std::string visible_text(std::string_view text);

}  // namespace quartic
