#include "core/visible_text.hpp"

#include <gtest/gtest.h>

namespace quartic::visible_text_test {
namespace {

using namespace std::string_literals;

TEST(VisibleText, LeavesTextOfEveryScriptAlone) {
  const std::string text = "n = 5\t\"é\" \xE2\x80\x93 \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x93\x88\n";
  EXPECT_EQ(visible_text(text), text);
  EXPECT_EQ(visible_text(""), "");
}

TEST(VisibleText, ShowsWhatSteersATerminalByItsNumber) {
  EXPECT_EQ(visible_text("\033c\033[31m\033(0\033]0;x\007"),
            "\\u001bc\\u001b[31m\\u001b(0\\u001b]0;x\\u0007");
  EXPECT_EQ(visible_text("a\b\r\0\x7f z"s), "a\\u0008\\u000d\\u0000\\u007f z");
  EXPECT_EQ(visible_text("\xC2\x9B"
                         "31m"),
            "\\u009b31m");
}

TEST(VisibleText, ShowsMarksThatReorderText) {
  EXPECT_EQ(visible_text("\xE2\x80\xAE"
                         "abc\xE2\x81\xA9\xE2\x80\x8F\xD8\x9C\xE2\x80\xA8"),
            "\\u202eabc\\u2069\\u200f\\u061c\\u2028");
}

TEST(VisibleText, ShowsBytesThatTerminalsOfOneByteALetterTakeForCommands) {
  EXPECT_EQ(visible_text("\x9b"
                         "31m"),
            "\\x9b31m");
  EXPECT_EQ(visible_text("caf\xe9"), "caf\xe9");
  EXPECT_EQ(visible_text("\xC2"), "\xC2");
  EXPECT_EQ(visible_text("\xE0\x82\x9B"), "\xE0\\x82\\x9b");  // a longer form of U+009B
}

}  // namespace
}  // namespace quartic::visible_text_test
