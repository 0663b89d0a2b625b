#include "cli/terminal/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace quartic {

namespace {

std::string painted(const Paint& paint, std::string_view code, std::string_view text) {
  if (!paint.colour) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
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
  return painted(*this, "1", text);
}
std::string Paint::green(std::string_view text) const {
  return painted(*this, "32", text);
}
std::string Paint::red(std::string_view text) const {
  return painted(*this, "31", text);
}
std::string Paint::yellow(std::string_view text) const {
  return painted(*this, "33", text);
}

Console standard_console() {
  const bool out_is_terminal = isatty(STDOUT_FILENO) != 0;
  const bool err_is_terminal = isatty(STDERR_FILENO) != 0;
  const std::string terminal = environment("TERM");
  const bool colour = out_is_terminal && environment("NO_COLOR").empty() && terminal != "dumb";
  const int measured = out_is_terminal ? STDOUT_FILENO : STDERR_FILENO;
  return Console{.out = std::cout,
                 .err = std::cerr,
                 .width = terminal_width(measured),
                 .paint = {colour},
                 .live = err_is_terminal && terminal != "dumb",
                 .unicode = speaks_utf8()};
}

}  // namespace quartic
