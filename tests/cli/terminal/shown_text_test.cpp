#include "cli/terminal/shown_text.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/terminal/console.hpp"

namespace quartic::shown_text_test {
namespace {

std::string printed(std::string_view text, bool colour) {
  std::ostringstream terminal;
  ShownText shown(*terminal.rdbuf(), colour);
  std::ostream(&shown) << text << std::flush;
  return terminal.str();
}

TEST(ShownText, ShowsWhatSteersATerminalAndPaintsWhatIsOurs) {
  const std::string text = Paint{true}.red("a\033cb") + "\033[31m";
  EXPECT_EQ(printed(text, true), "\033[31ma\\u001bcb\033[0m\\u001b[31m");
}

TEST(ShownText, HasNoEscapesWithoutColour) {
  EXPECT_EQ(printed("\xffr\xff", false), "\\xffr\\xff");
  EXPECT_EQ(printed("\xff?\xff", true), "\\xff?\\xff");
}

TEST(ShownText, HandsOnLinesWhenTheyEnd) {
  std::ostringstream terminal;
  ShownText shown(*terminal.rdbuf(), false);
  std::ostream out(&shown);
  out << "one\nt" << 'w' << "\xC2";
  EXPECT_EQ(terminal.str(), "one\n");
  out << "\x9b" << std::flush;  // the second half of a letter
  EXPECT_EQ(terminal.str(), "one\ntw\\u009b");
}

TEST(ShownText, LetsTheProgramItselfClearALine) {
  std::ostringstream terminal;
  ShownText shown(*terminal.rdbuf(), false);
  std::ostream out(&shown);
  out << "half";
  clear_line(out);
  EXPECT_EQ(terminal.str(), "half\r\033[K");
}

TEST(ShownText, TellsWhereNothingCanBeWritten) {
  struct Closed : std::streambuf {
  } closed;
  ShownText shown(closed, false);
  std::ostream out(&shown);
  out << "text" << std::flush;
  EXPECT_FALSE(out.good());
}

}  // namespace
}  // namespace quartic::shown_text_test
