#pragma once
/// Where the program writes, and what that place can show.
#include <ostream>
#include <string>
#include <string_view>

namespace quartic {

/// Wraps text in marks of colour (cli/terminal/shown_text.hpp), or leaves it as it is.
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

/// On a terminal: removes the line that the cursor is in; everything.
void clear_line(std::ostream& stream);
void clear_screen(std::ostream& stream);

/// Standard output and error, which show what would steer a terminal by its number. Colour only on a
/// terminal, and never when NO_COLOR is set; width from the
/// terminal, held between 60 and 120, and 100 where there is none.
Console standard_console();

}  // namespace quartic
