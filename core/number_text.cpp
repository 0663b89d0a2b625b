#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#if !defined(__cpp_lib_to_chars)
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#endif

namespace quartic {

namespace {

#if defined(__cpp_lib_to_chars)

std::string write_digits(double value) {
  std::array<char, 32> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

std::string write_digits(double value, int digits) {
  std::array<char, 64> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::general, digits)
                             .ptr};
}

std::optional<NumberAtStart> read(std::string_view text) {
  NumberAtStart number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc{}) return std::nullopt;
  number.length = static_cast<std::size_t>(end - text.data());
  return number;
}

#else

std::string printed(const char* form, int digits, double value) {
  std::array<char, 400> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), form, digits, value);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

// Digits with a point and without an exponent: %f without needless zeros.
std::string plain(double value, int exponent, int digits) {
  return printed("%.*f", std::max(0, digits - 1 - exponent), value);
}

// As std::to_chars: the shorter of both forms, the plain one where they are equally long.
std::string write_digits(double value) {
  if (!std::isfinite(value)) return value < 0 ? "-inf" : "inf";
  int digits = 1;
  std::string best = printed("%.*e", digits - 1, value);
  while (std::strtod(best.c_str(), nullptr) != value) best = printed("%.*e", ++digits - 1, value);
  const int exponent = std::atoi(best.c_str() + best.find('e') + 1);
  const std::string other = plain(value, exponent, digits);
  return other.size() <= best.size() ? other : best;
}

std::string write_digits(double value, int digits) {
  return printed("%.*g", digits, value);
}

std::optional<NumberAtStart> read(std::string_view text) {
  constexpr std::string_view begins = "-.0123456789in";
  const std::string copy(text.substr(0, text.find_first_not_of("+-.0123456789eEinfatyINFATY")));
  if (copy.empty() || begins.find(copy.front()) == std::string_view::npos) return std::nullopt;
  char* end = nullptr;
  errno = 0;
  const double value = std::strtod(copy.c_str(), &end);
  const bool out_of_range = errno == ERANGE && (value == 0 || std::isinf(value));  // denormals set it too
  if (end == copy.c_str() || out_of_range) return std::nullopt;
  return NumberAtStart{value, static_cast<std::size_t>(end - copy.c_str())};
}

#endif

}  // namespace

std::string shortest(double value) {
  return std::isnan(value) ? "nan" : write_digits(value);
}

std::string with_digits(double value, int digits) {
  return write_digits(value, digits);
}

std::optional<NumberAtStart> number_at_start(std::string_view text) {
  return read(text);
}

std::optional<double> read_number(std::string_view text) {
  const std::optional<NumberAtStart> number = read(text);
  if (!number || number->length != text.size()) return std::nullopt;
  return number->value;
}

}  // namespace quartic
