#include "cli/protocol/markdown.hpp"

#include <algorithm>

#include "core/visible_text.hpp"

namespace quartic {

namespace {

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + markdown_text(cell) + " |";
  return line + "\n";
}

}  // namespace

std::string markdown_text(std::string_view text) {
  constexpr std::string_view always = "\\`*_[]<>#|~&$@", at_the_start = "-+=";
  const std::string seen = visible_text(text);
  std::string out;
  bool numeral = true;  // so far: "1." would begin a list
  for (std::size_t k = 0; k < seen.size(); ++k) {
    const char c = seen[k];
    const bool starts = k == 0 && at_the_start.find(c) != std::string_view::npos;
    const bool ends = k + 1 == seen.size() || seen[k + 1] == ' ';
    const bool numbers = numeral && k > 0 && ends && (c == '.' || c == ')');
    const bool addresses = c == ':' && seen.compare(k, 3, "://") == 0;
    if (always.find(c) != std::string_view::npos || starts || numbers || addresses) out += '\\';
    out += c == '\n' || c == '\t' ? ' ' : c;
    numeral = numeral && c >= '0' && c <= '9';
  }
  return out;
}

std::string markdown_table(const std::vector<std::string>& header,
                           const std::vector<std::vector<std::string>>& rows) {
  std::string out = line_of(header) + "|";
  for (std::size_t k = 0; k < header.size(); ++k) out += " --- |";
  out += "\n";
  for (const std::vector<std::string>& row : rows) out += line_of(row);
  return out;
}

std::string markdown_code(std::string_view text, std::string_view language) {
  std::size_t longest = 2;
  for (std::size_t first = 0; first < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of('`', first), text.size());
    longest = std::max(longest, end - first);
    first = std::max(end, first + 1);
  }
  const std::string fence(longest + 1, '`');
  return fence + std::string(language) + "\n" + std::string(text) + (text.ends_with('\n') ? "" : "\n") +
         fence + "\n";
}

}  // namespace quartic
