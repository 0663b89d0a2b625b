#include "cli/report/html.hpp"

#include <gtest/gtest.h>

namespace quartic::html_test {
namespace {

TEST(Html, LetsNoTextBecomeMarkup) {
  EXPECT_EQ(html_text("<script>alert('1')</script> & \"x\""),
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
  EXPECT_EQ(html_text("\033c"), "\\u001bc");
  EXPECT_EQ(html_element("p", "a < b"), "<p>a &lt; b</p>\n");
  EXPECT_EQ(html_table({"<"}, {{">"}}).find("<>"), std::string::npos);
}

TEST(Html, TakesTheDrawingOutOfAFileOfSvg) {
  EXPECT_EQ(inline_svg("<?xml version=\"1.0\"?>\n<svg viewBox='0'><g/></svg>\n"),
            "<svg viewBox='0'><g/></svg>");
  EXPECT_EQ(inline_svg("no drawing"), "");
  EXPECT_EQ(inline_svg("</svg><svg"), "");
}

TEST(Html, PageAsksForNothingFromElsewhere) {
  const std::string page = html_page("a & b", "<p>text</p>");
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find("<title>a &amp; b</title>"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

}  // namespace
}  // namespace quartic::html_test
