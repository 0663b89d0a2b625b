#include "cli/gnuplot/script.hpp"

#include <array>
#include <cmath>

#include "cli/terminal/text.hpp"
#include "core/options.hpp"
#include "core/visible_text.hpp"

namespace quartic {

std::string picture_part(std::string_view name,
                         std::initializer_list<std::pair<std::string_view, std::string>> places) {
  return filled(picture_templates().find(name)->second, places);
}

std::string gnuplot_string(std::string_view text) {
  std::string out = "'";
  for (const char c : visible_text(text)) {
    if (c == '\'')
      out += "\u2019";
    else if (c == '\n')
      out += R"('."\n".')";
    else
      out += c;
  }
  return out + "'";
}

std::string gnuplot_field(std::string_view text) {
  std::string out = "\"";
  for (const char c : visible_text(text)) out += c == '"' ? '\'' : c == '\n' || c == '\\' ? ' ' : c;
  return out + "\"";
}

std::string gnuplot_tic(std::string_view text) {
  std::string out;
  for (const char c : gnuplot_string(text)) out += c == '%' ? "%%" : std::string(1, c);
  return out;
}

std::string raised(std::string_view text) {
  static constexpr std::array<const char*, 10> digits = {"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                                         "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  const auto is_digit = [&](std::size_t k) { return k < text.size() && text[k] >= '0' && text[k] <= '9'; };
  std::string out;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const bool negative = k + 1 < text.size() && text[k + 1] == '-';
    std::size_t next = k + (negative ? 2 : 1);
    if (text[k] != '^' || !is_digit(next)) {
      out += text[k];
      continue;
    }
    if (negative) out += "\u207b";
    for (; is_digit(next); ++next) out += digits[static_cast<std::size_t>(text[next] - '0')];
    k = next - 1;
  }
  return out;
}

std::string picture_number(double value) {
  const std::string text = short_number(value);
  const std::size_t power = text.find('e');
  return power == std::string::npos
             ? text
             : text.substr(0, power) + "\u00b7" + raised("10^" + text.substr(power + 1));
}

std::string gnuplot_number(double value) {
  return std::isfinite(value) ? shortest(value) : "nan";
}

std::string gnuplot_script(const PictureScript& script) {
  return picture_part("script", {{"name", script.name},
                                 {"data", script.data},
                                 {"grid", script.grid},
                                 {"size", script.size},
                                 {"settings", script.settings},
                                 {"drawing", script.drawing}});
}

}  // namespace quartic
