#include "cli/protocol/markdown.hpp"

#include <gtest/gtest.h>

namespace quartic::markdown_test {
namespace {

TEST(Markdown, LeavesPlainTextAsItIs) {
  const std::string text =
      "When does looking at everything (200 candidates) beat 9 of 10? k^2, 0.5 - 1.5: never.";
  EXPECT_EQ(markdown_text(text), text);
}

TEST(Markdown, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(markdown_text("a|b"), "a\\|b");
  EXPECT_EQ(markdown_text("<script>"), "\\<script\\>");
  EXPECT_EQ(markdown_text("[x](http://y)"), "\\[x\\](http\\://y)");
  EXPECT_EQ(markdown_text("*a* _b_ `c` ~d~ #e"), "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\#e");
  EXPECT_EQ(markdown_text("&lt; \\"), "\\&lt; \\\\");
}

TEST(Markdown, BeginsNoListAndNoRule) {
  EXPECT_EQ(markdown_text("- a"), "\\- a");
  EXPECT_EQ(markdown_text("+ a"), "\\+ a");
  EXPECT_EQ(markdown_text("==="), "\\===");
  EXPECT_EQ(markdown_text("12. a"), "12\\. a");
  EXPECT_EQ(markdown_text("1) a"), "1\\) a");
  EXPECT_EQ(markdown_text(".5 of all"), ".5 of all");
}

TEST(Markdown, IsOneLineAndSteersNothing) {
  EXPECT_EQ(markdown_text("a\n# b\tc"), "a \\# b c");
  EXPECT_EQ(markdown_text("\x1b[2J").find('\x1b'), std::string::npos);
}

TEST(Markdown, FencesCodeByMoreThanItHolds) {
  EXPECT_EQ(markdown_code("a\n", "sh"), "```sh\na\n```\n");
  EXPECT_EQ(markdown_code("a", ""), "```\na\n```\n");
  EXPECT_EQ(markdown_code("x ````` y\n", ""), "``````\nx ````` y\n``````\n");
  EXPECT_EQ(markdown_code("```", ""), "````\n```\n````\n");
}

TEST(Markdown, TablesHoldTheirCells) {
  EXPECT_EQ(markdown_table({"a", "b"}, {{"1|2", "x\ny"}}), "| a | b |\n| --- | --- |\n| 1\\|2 | x y |\n");
}

}  // namespace
}  // namespace quartic::markdown_test
