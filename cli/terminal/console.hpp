#pragma once
/// Where the program writes, and what that place can show.
#include <ostream>
#include <string>
#include <string_view>

namespace quartic {

/// Wraps text in colour escapes, or leaves it as it is.
struct Paint {
  bool colour = false;

  std::string bold(std::string_view text) const;
  std::string green(std::string_view text) const;
  std::string red(std::string_view text) const;
  std::string yellow(std::string_view text) const;
};

struct Console {
  std::ostream& out;  ///< results
  std::ostream& err;  ///< messages and progress
  std::size_t width = 100;
  Paint paint = {};      ///< of `out`
  bool live = false;     ///< `err` is a terminal: a progress bar may redraw its line
  bool unicode = false;  ///< the terminal shows UTF-8
};

/// Standard output and error. Colour only on a terminal, and never when NO_COLOR is set; width from the
/// terminal, held between 60 and 120, and 100 where there is none.
Console standard_console();

}  // namespace quartic
