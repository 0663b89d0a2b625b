#include "cli/terminal/shown_text.hpp"

#include <utility>

#include "core/visible_text.hpp"

namespace quartic {

namespace {

std::string shown(std::string_view text, bool colour) {
  std::string out;
  while (true) {
    const std::size_t at = text.find(mark_of_ours);
    out += visible_text(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
    const std::string_view escape = colour && !text.empty() ? escape_of(text.front()) : std::string_view();
    out += escape.empty() ? "\\xff" : escape;
    if (!escape.empty()) text.remove_prefix(1);
  }
}

}  // namespace

std::string_view escape_of(char letter) {
  switch (letter) {
    case 'b':
      return "\033[1m";
    case 'g':
      return "\033[32m";
    case 'r':
      return "\033[31m";
    case 'y':
      return "\033[33m";
    case '0':
      return "\033[0m";
    default:
      return "";
  }
}

bool ShownText::hand_on(std::string_view text) {
  const std::string safe = shown(text, colour_);
  const auto size = static_cast<std::streamsize>(safe.size());
  return target_.sputn(safe.data(), size) == size;
}

std::streamsize ShownText::xsputn(const char* bytes, std::streamsize count) {
  const std::string_view text(bytes, static_cast<std::size_t>(count));
  const std::size_t lines = text.rfind('\n') + 1;  // 0 where no line ends
  waiting_ += text.substr(0, lines);
  if (lines > 0 && !hand_on(std::exchange(waiting_, ""))) return 0;
  waiting_ += text.substr(lines);
  return count;
}

ShownText::int_type ShownText::overflow(int_type c) {
  const char one = traits_type::to_char_type(c);
  return xsputn(&one, 1) == 1 ? c : traits_type::eof();
}

int ShownText::sync() {
  const bool done = hand_on(std::exchange(waiting_, ""));
  return target_.pubsync() == 0 && done ? 0 : -1;
}

void ShownText::put_raw(std::string_view bytes) {
  sync();
  target_.sputn(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace quartic
