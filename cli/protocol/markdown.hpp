#pragma once
/// Markdown out of anybody's text.
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

/// The one way into a document of Markdown: the text as its reader should see it, on one line, whatever it says. What
/// would be markup or HTML is escaped, what steers is shown by its number (core/visible_text.hpp).
std::string markdown_text(std::string_view text);
/// A table; cells are texts, and become markdown_text.
std::string markdown_table(const std::vector<std::string>& header,
                           const std::vector<std::vector<std::string>>& rows);
/// The text as it is, within a fence that it does not hold. Ends with a newline.
std::string markdown_code(std::string_view text, std::string_view language);

}  // namespace quartic
