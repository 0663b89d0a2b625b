#pragma once
/// Numbers as text and back, with the same bits under every standard library.
///
/// std::to_chars and std::from_chars where the library has them for double (libstdc++ 11, libc++ 20), else
/// printf and strtod in the C locale, which take longer.
#include <optional>
#include <string>
#include <string_view>

namespace quartic {

/// The shortest text that reads back to the same bits: "0.1", "1e+100"; "nan", "inf" and "-inf" as such.
std::string shortest(double value);
/// The same with at most so many digits that count, as printf's %g.
std::string with_digits(double value, int digits);

/// What the text begins with, and how many characters it takes.
struct NumberAtStart {
  double value = 0;
  std::size_t length = 0;
};
/// Digits with a point or an exponent ("-1.5e3"), "inf" or "nan", without a plus sign or blanks before.
/// Nothing where no such number begins the text, or its value is too large or too small for a double.
std::optional<NumberAtStart> number_at_start(std::string_view text);
/// The same where nothing else follows.
std::optional<double> read_number(std::string_view text);

}  // namespace quartic
