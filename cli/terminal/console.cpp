#include "cli/terminal/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/terminal/shown_text.hpp"

namespace quartic {

namespace {

std::string painted(const Paint& paint, char letter, std::string_view text) {
  if (!paint.colour) return std::string(text);
  return std::string{mark_of_ours, letter} + std::string(text) + std::string{mark_of_ours, '0'};
}

void steer(std::ostream& stream, std::string_view escapes) {
  if (auto* shown = dynamic_cast<ShownText*>(stream.rdbuf()))
    shown->put_raw(escapes);
  else
    stream << escapes;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::size_t terminal_width(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::clamp<std::size_t>(size.ws_col, 60, 120);
}

bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = environment(name);
    if (!value.empty())
      return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace

std::string Paint::bold(std::string_view text) const {
  return painted(*this, 'b', text);
}
std::string Paint::green(std::string_view text) const {
  return painted(*this, 'g', text);
}
std::string Paint::red(std::string_view text) const {
  return painted(*this, 'r', text);
}
std::string Paint::yellow(std::string_view text) const {
  return painted(*this, 'y', text);
}

void clear_line(std::ostream& stream) {
  steer(stream, "\r\033[K");
}
void clear_screen(std::ostream& stream) {
  steer(stream, "\033[H\033[2J");
}

Console standard_console() {
  const bool out_is_terminal = isatty(STDOUT_FILENO) != 0;
  const bool err_is_terminal = isatty(STDERR_FILENO) != 0;
  const std::string terminal = environment("TERM");
  const bool colour = out_is_terminal && environment("NO_COLOR").empty() && terminal != "dumb";
  const int measured = out_is_terminal ? STDOUT_FILENO : STDERR_FILENO;
  // As long as the program: what it says last may come from a destructor.
  static ShownText out_text(*std::cout.rdbuf(), colour), err_text(*std::cerr.rdbuf(), false);
  static std::ostream out(&out_text), err(&err_text);
  return Console{.out = out,
                 .err = err,
                 .width = terminal_width(measured),
                 .paint = {colour},
                 .live = err_is_terminal && terminal != "dumb",
                 .unicode = speaks_utf8()};
}

}  // namespace quartic
