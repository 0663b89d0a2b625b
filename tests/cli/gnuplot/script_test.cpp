#include "cli/gnuplot/script.hpp"

#include <gtest/gtest.h>

namespace quartic::script_test {
namespace {

TEST(PictureScript, FillsEveryPlaceOfEveryTemplate) {
  const std::string script = gnuplot_script(
      {.name = "a_picture", .data = "a.dat", .settings = picture_part("errors"), .drawing = "  plot 1\n"});
  EXPECT_EQ(script.find('@'), std::string::npos) << script;
  EXPECT_TRUE(
      script.starts_with("# Draws a_picture.svg and a_picture.png from a.dat: edit, then run  gnuplot"))
      << script;
  EXPECT_NE(script.find("\nset logscale xy\n"), std::string::npos) << script;
  EXPECT_TRUE(script.ends_with("  unset output\n}\n")) << script;
}

TEST(PictureScript, LeavesTextOfStudiesAlone) {
  const std::string script =
      gnuplot_script({.name = "p", .data = "d", .settings = "", .drawing = "@name@ @size@\n"});
  EXPECT_NE(script.find("@name@ @size@\n"), std::string::npos);
}

TEST(GnuplotString, StandsInSingleQuotesWhereGnuplotPutsNothingInItsPlace) {
  EXPECT_EQ(gnuplot_string("a \"b\" `c` \\ @d"), "'a \"b\" `c` \\ @d'");
  EXPECT_EQ(gnuplot_string("it's\ntwo"), "'it\u2019s'.\"\\n\".'two'");
  EXPECT_EQ(gnuplot_string("\033c"), "'\\u001bc'");
}

TEST(GnuplotTic, IsNoFormat) {
  EXPECT_EQ(gnuplot_tic("5 %s"), "'5 %%s'");
}

TEST(GnuplotField, StaysOnItsLine) {
  EXPECT_EQ(gnuplot_field("a \"b\"\n1 2 \\n"), "\"a 'b' 1 2  n\"");
}

TEST(PictureNumbers, AreWrittenAsPeopleWriteThem) {
  EXPECT_EQ(raised("k^2, k^12 or 10^-7, k^q, k^(2/e), ^"),
            "k\u00b2, k\u00b9\u00b2 or 10\u207b\u2077, k^q, k^(2/e), ^");
  EXPECT_EQ(picture_number(1398.2), "1,398");
  EXPECT_EQ(picture_number(3.36e7), "3.36\u00b710\u2077");
  EXPECT_EQ(picture_number(0.0215), "0.0215");
}

}  // namespace
}  // namespace quartic::script_test
