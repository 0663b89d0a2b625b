#include "core/visible_text.hpp"

#include <array>
#include <cstdio>

namespace quartic {

namespace {

/// The character at the beginning of a text.
struct Letter {
  char32_t code;
  std::size_t bytes;
  bool is_utf8;
};

unsigned byte_at(std::string_view text, std::size_t place) {
  return static_cast<unsigned char>(text[place]);
}

// The code of a byte that is no UTF-8 is the byte. Longer forms than needed are none.
Letter first_letter(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  const std::size_t bytes = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (bytes == 1) return {first, 1, true};
  if (bytes == 0 || first > 0xf4 || bytes > text.size()) return {first, 1, false};
  char32_t code = first & (0xffU >> (bytes + 1));
  for (std::size_t k = 1; k < bytes; ++k) {
    if ((byte_at(text, k) & 0xc0U) != 0x80) return {first, 1, false};
    code = code << 6U | (byte_at(text, k) & 0x3fU);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[bytes] || code > 0x10ffff) return {first, 1, false};
  return {code, bytes, true};
}

bool steers(const Letter& letter) {
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 6> marks = {
      {{0x80, 0x9f}, {0x61c, 0x61c}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069}, {0x7f, 0x7f}}};
  if (letter.code < 0x20) return letter.code != '\n' && letter.code != '\t';
  for (const Range& range : marks)
    if (letter.code >= range.first && letter.code <= range.last) return true;
  return false;
}

std::string number_of(const Letter& letter) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), letter.is_utf8 ? "\\u%04x" : "\\x%02x",
                static_cast<unsigned>(letter.code));
  return text.data();
}

}  // namespace

std::string visible_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Letter letter = first_letter(text);
    if (steers(letter))
      out += number_of(letter);
    else
      out += text.substr(0, letter.bytes);
    text.remove_prefix(letter.bytes);
  }
  return out;
}

}  // namespace quartic
