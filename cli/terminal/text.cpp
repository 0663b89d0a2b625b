#include "cli/terminal/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "cli/terminal/shown_text.hpp"
#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"

namespace quartic {

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  bool is_mark = false;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!is_mark && !continues && c != mark_of_ours) ++width;
    is_mark = c == mark_of_ours;
  }
  return width;
}

namespace {

std::string spaces_to(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ');
}

std::string wrapped_line(std::string_view line, std::size_t width, std::size_t indent) {
  std::istringstream words{std::string(line)};
  std::string word, out;
  std::size_t column = 0;
  while (words >> word) {
    const std::size_t length = display_width(word);
    if (column > 0 && column + 1 + length > width) {
      out += "\n" + std::string(indent, ' ');
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
  }
  return out;
}

std::string trailing_trimmed(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string pad_right(std::string_view text, std::size_t width) {
  return std::string(text) + spaces_to(text, width);
}

std::string pad_left(std::string_view text, std::size_t width) {
  return spaces_to(text, width) + std::string(text);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  const std::size_t room = std::max<std::size_t>(width > indent ? width - indent : 0, 20);
  std::istringstream lines{std::string(text)};
  std::string line, out;
  while (std::getline(lines, line)) {
    if (!out.empty()) out += "\n" + (line.empty() ? "" : std::string(indent, ' '));
    out += wrapped_line(line, room, indent);
  }
  return out;
}

std::string definition_list(const std::vector<NamedText>& entries, std::size_t width) {
  constexpr std::size_t widest_name = 26;
  std::size_t column = 0;
  for (const NamedText& entry : entries) {
    const std::size_t length = display_width(entry.name);
    if (length <= widest_name) column = std::max(column, length);
  }
  const std::size_t indent = column + 4;
  std::string out;
  for (const NamedText& entry : entries) {
    const std::string name = "  " + pad_right(entry.name, column) + "  ";
    out += name;
    if (display_width(name) > indent) out = trailing_trimmed(out) + "\n" + std::string(indent, ' ');
    out += wrapped(entry.text, width, indent) + "\n";
  }
  return out;
}

std::string aligned_table(const std::vector<std::string>& header,
                          const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const std::string& cell : header) widths.push_back(display_width(cell));
  for (const auto& row : rows)
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], display_width(row[k]));
  const auto line = [&](const std::vector<std::string>& row) {
    std::string out = "  ";
    for (std::size_t k = 0; k < row.size(); ++k)
      out += k == 0 ? pad_right(row[k], widths[k]) : "  " + pad_left(row[k], widths[k]);
    return trailing_trimmed(out) + "\n";
  };
  std::size_t total = 2 * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  std::string out = line(header) + "  " + std::string(total, '-') + "\n";
  for (const auto& row : rows) out += line(row);
  return out;
}

namespace {

/// "1.23e7", without the "+" and the zeros that C puts into exponents.
std::string scientific(double value) {
  const std::string text = fmt::format("{:.2e}", value);
  const std::size_t e = text.find('e');
  return text.substr(0, e + 1) + std::to_string(std::atoi(text.c_str() + e + 1));
}

}  // namespace

std::string short_number(double value) {
  if (std::isnan(value)) return "-";
  if (value == 0) return "0";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  const double size = std::abs(value);
  if (size >= 99999.5 || size < 1e-4) return scientific(value);
  if (size >= 999.5) return with_thousands(static_cast<Index>(std::llround(value)));
  const int digits = 2 - static_cast<int>(std::floor(std::log10(size * (1 + 1e-12))));
  return fmt::format("{:.{}f}", value, std::max(0, digits));
}

std::string with_standard_error(double mean, double standard_error) {
  constexpr double least = 1e-6;  // of the mean: nobody reads more digits
  if (!std::isfinite(mean) || !std::isfinite(standard_error) || !(standard_error > least * std::abs(mean)))
    return short_number(mean);
  const double size = std::max(std::abs(mean), standard_error);
  int power = size >= 99999.5 || size < 1e-4 ? static_cast<int>(std::floor(std::log10(size))) : 0;
  if (power != 0 && size / std::pow(10, power) >= 9.95) ++power;  // rounded, it would be ten
  const double unscaled = mean / std::pow(10, power), about = standard_error / std::pow(10, power);
  int decimals = -static_cast<int>(std::floor(std::log10(about)));
  if (about * std::pow(10, decimals) < 1.95) ++decimals;
  const auto units = static_cast<Index>(std::llround(about * std::pow(10, decimals)));
  const auto tens = static_cast<Index>(std::llround(std::pow(10, std::max(0, -decimals))));
  const double unit = std::pow(10, -decimals), rounded = std::round(unscaled / unit) * unit + 0.0;  // no -0
  const std::string text = decimals > 0 ? fmt::format("{:.{}f}", rounded, decimals)
                                        : with_thousands(static_cast<Index>(std::llround(rounded)));
  return fmt::format("{}({}){}", text, with_thousands(units * tens),
                     power == 0 ? "" : fmt::format("e{}", power));
}

std::string with_thousands(Index value) {
  std::string digits = std::to_string(std::abs(value));
  for (std::ptrdiff_t k = static_cast<std::ptrdiff_t>(digits.size()) - 3; k > 0; k -= 3)
    digits.insert(static_cast<std::size_t>(k), ",");
  return (value < 0 ? "-" : "") + digits;
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "unknown";
  if (seconds < 0.9995) return fmt::format("{:.2g} s", seconds);
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<Index>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  if (whole < 48 * 3600) return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
  return fmt::format("{:.1f} days", seconds / 86400);
}

unsigned long long parse_whole(std::string_view text, std::string_view option, WholeNumberRange range) {
  unsigned long long value = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  const bool understood =
      error == std::errc{} && end == last && value >= range.lowest && value <= range.highest;
  require(understood,
          fmt::format("{} was given \"{}\" (it takes a whole number from {} to {}). Write for example {} {}.",
                      option, text, range.lowest, range.highest, option, range.lowest + 1));
  return value;
}

double parse_positive(std::string_view text, std::string_view option) {
  std::string_view digits = text;
  if (digits.ends_with('%')) digits.remove_suffix(1);
  while (digits.ends_with(' ')) digits.remove_suffix(1);
  const double value = read_number(digits).value_or(nan);
  require(
      value > 0 && std::isfinite(value),
      fmt::format("{} was given \"{}\" (it takes a positive number, or one in percent). Write for example "
                  "{} 0.5.",
                  option, text, option));
  return text.ends_with('%') ? value / 100 : value;
}

std::string spaced(std::string_view name, char space) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', space);
  return text;
}

std::string filled(std::string text, std::initializer_list<std::pair<std::string_view, std::string>> places) {
  for (const auto& [name, with] : places) {
    const std::string place = "@" + std::string(name) + "@";
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + with.size()))
      text.replace(at, place.size(), with);
  }
  return text;
}

std::string suggestion(std::string_view misspelt, const std::vector<std::string>& names) {
  std::vector<std::string> distinct;
  for (const std::string& name : names)
    if (std::find(distinct.begin(), distinct.end(), name) == distinct.end()) distinct.push_back(name);
  const auto begun = [&](const std::string& name) {
    return misspelt.size() >= 3 && name.starts_with(misspelt);
  };
  const auto transposed = [&](const std::string& name) {
    return std::is_permutation(name.begin(), name.end(), misspelt.begin(), misspelt.end());
  };
  auto meant = std::find_if(distinct.begin(), distinct.end(), begun);
  if (meant == distinct.end()) meant = std::find_if(distinct.begin(), distinct.end(), transposed);
  return " " + did_you_mean(meant == distinct.end() ? misspelt : *meant, distinct,
                            "The choices are " + joined(distinct) + ".");
}

}  // namespace quartic
