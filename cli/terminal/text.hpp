#pragma once
/// Text for people: wrapped paragraphs, aligned tables, numbers, times and sizes in words.
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/types.hpp"
#include "core/words.hpp"

namespace quartic {

/// Columns that UTF-8 text takes on a terminal (one a code point; marks of colour take none).
std::size_t display_width(std::string_view text);
/// Text padded with spaces to `width` columns, at the right or at the left end.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

/// Paragraphs (separated by "\n") broken at spaces so that no line is longer than `width`; every line but the
/// first begins with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

/// Two columns: names, and explanations wrapped beside them. Ends with a newline.
struct NamedText {
  std::string name, text;
};
std::string definition_list(const std::vector<NamedText>& entries, std::size_t width);

/// A header, a rule and rows; the first column is aligned left, the others right. Ends with a newline.
std::string aligned_table(const std::vector<std::string>& header,
                          const std::vector<std::vector<std::string>>& rows);

/// Three significant digits, and all before the point: "0.0123", "12.3", "1,234", "1.23e7"; "-" for NaN.
std::string short_number(double value);
/// The mean with its standard error in units of its last digit, and no digit more: "0.0528(4)" is 0.0528 +- 0.0004,
/// "0.112(12)" 0.112 +- 0.012; "1,900(300)", "1.2(4)e5". The error has one digit, below 2 two. As short_number() where
/// the error is not known, 0, or less than a millionth of the mean.
std::string with_standard_error(double mean, double standard_error);
/// The name with another character in the place of _: "compute exponent".
std::string spaced(std::string_view name, char space = ' ');
/// "1,500".
std::string with_thousands(Index value);
/// "0.8 s", "2 min 05 s", "3 h 20 min"; "unknown" for NaN.
std::string duration(double seconds);
/// A whole number in [lowest, highest]; `option` names it in the InvalidInput thrown otherwise.
struct WholeNumberRange {
  unsigned long long lowest, highest;
};
unsigned long long parse_whole(std::string_view text, std::string_view option, WholeNumberRange range);
/// A positive number, "12.5%" as 0.125; `option` names it in the InvalidInput thrown otherwise.
double parse_positive(std::string_view text, std::string_view option);

/// The text with every @name@ of these replaced.
std::string filled(std::string text, std::initializer_list<std::pair<std::string_view, std::string>> places);
/// " Did you mean "near"?" where one of the names is near, else " The choices are a, b, c.".
std::string suggestion(std::string_view misspelt, const std::vector<std::string>& names);

}  // namespace quartic
