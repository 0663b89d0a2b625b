#include "experiments/platform/bytes_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/require.hpp"

namespace quartic {

namespace {

/// 0 for "" and "B", 1 for "K", "KB" and "KIB", and so on; negative for other words.
int power_of_1024(std::string unit) {
  if (unit.ends_with("IB"))
    unit.resize(unit.size() - 2);
  else if (unit.size() > 1 && unit.ends_with("B"))
    unit.resize(unit.size() - 1);
  if (unit.empty()) return 0;
  const std::size_t power = unit.size() == 1 ? std::string_view("BKMGT").find(unit[0]) : std::string::npos;
  return power == std::string::npos ? -1 : static_cast<int>(power);
}

std::string capitals(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

std::string bytes_text(double bytes) {
  constexpr std::array units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
  std::size_t unit = 0;
  while (bytes >= 1023.5 && unit + 1 < units.size()) {
    bytes /= 1024;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", bytes, unit > 0 && bytes < 9.95 ? 1 : 0, units[unit]);
}

double parse_bytes(std::string_view text, std::string_view option) {
  double value = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  const int power = power_of_1024(capitals({end, static_cast<std::size_t>(last - end)}));
  require(
      error == std::errc{} && power >= 0 && value > 0 && std::isfinite(value),
      fmt::format(
          "{0} \"{1}\" is not an amount of memory (it takes a number above 0 and K, M, G or T). Write for "
          "example {0} 4G.",
          option, text));
  return value * std::pow(1024.0, power);
}

}  // namespace quartic
