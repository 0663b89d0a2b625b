#include "cli/terminal/text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "cli/terminal/console.hpp"
#include "core/require.hpp"

namespace quartic::text_test {
namespace {

TEST(Text, IsWrappedWithinItsWidthWithoutLosingWords) {
  const std::string text = "one two three four five six seven eight nine ten eleven twelve";
  std::istringstream lines(wrapped(text, 30, 4)), words(text);
  std::string line, all;
  while (std::getline(lines, line)) {
    EXPECT_LE(line.size(), 30U);
    all += " " + line;
  }
  std::istringstream seen(all);
  std::string expected, found;
  while (words >> expected) {
    ASSERT_TRUE(seen >> found);
    EXPECT_EQ(found, expected);
  }
}

TEST(Text, KeepsEmptyLinesBetweenParagraphs) {
  EXPECT_EQ(wrapped("a\n\nb", 40), "a\n\nb");
}

TEST(Text, MeasuresCodePointsAndNotMarksOfColour) {
  EXPECT_EQ(display_width("\xC3\xA9t\xC3\xA9"), 3U);
  EXPECT_EQ(display_width(Paint{true}.bold("bold")), 4U);
}

TEST(Tables, AlignTheirColumns) {
  EXPECT_EQ(aligned_table({"n", "error"}, {{"10", "1"}, {"1,000", "0.25"}}),
            "  n      error\n  ------------\n  10         1\n  1,000   0.25\n");
}

TEST(Numbers, HaveThreeSignificantDigits) {
  EXPECT_EQ(short_number(0.1), "0.100");
  EXPECT_EQ(short_number(1), "1.00");
  EXPECT_EQ(short_number(12.34), "12.3");
  EXPECT_EQ(short_number(1401.2), "1,401");
  EXPECT_EQ(short_number(0.00123), "0.00123");
  EXPECT_EQ(short_number(1.5e9), "1.50e9");
  EXPECT_EQ(short_number(-2.5e-7), "-2.50e-7");
  EXPECT_EQ(short_number(INFINITY), "inf");
  EXPECT_EQ(short_number(99999.6), "1.00e5");
  EXPECT_EQ(short_number(std::nan("")), "-");
}

TEST(Numbers, EndWhereTheirStandardErrorBegins) {
  EXPECT_EQ(with_standard_error(0.05284, 0.00041), "0.0528(4)");
  EXPECT_EQ(with_standard_error(0.11234, 0.0123), "0.112(12)");
  EXPECT_EQ(with_standard_error(0.991, 0.2), "1.0(2)");
  EXPECT_EQ(with_standard_error(0.25, 0.0196), "0.25(2)");
  EXPECT_EQ(with_standard_error(1894, 310), "1,900(300)");
  EXPECT_EQ(with_standard_error(1894.3, 2), "1,894(2)");
  EXPECT_EQ(with_standard_error(63949, 52123), "60,000(50,000)");
  EXPECT_EQ(with_standard_error(1.22e5, 4.1e4), "1.2(4)e5");
  EXPECT_EQ(with_standard_error(3.217e-6, 1.1e-8), "3.217(11)e-6");
  EXPECT_EQ(with_standard_error(-0.5, 0.03), "-0.50(3)");
  EXPECT_EQ(with_standard_error(0.001, 0.5), "0.0(5)");
  EXPECT_EQ(with_standard_error(-0.001, 0.5), "0.0(5)");
  EXPECT_EQ(with_standard_error(9.9999e5, 5e3), "1.000(5)e6");
}

TEST(Numbers, StandAsTheyAreWithoutAStandardError) {
  EXPECT_EQ(with_standard_error(0.05284, std::nan("")), "0.0528");
  EXPECT_EQ(with_standard_error(0.05284, 0), "0.0528");
  EXPECT_EQ(with_standard_error(1, 1e-12), "1.00");
  EXPECT_EQ(with_standard_error(std::nan(""), 0.1), "-");
  EXPECT_EQ(with_standard_error(INFINITY, 0.1), "inf");
}

TEST(Numbers, AreGroupedByThousands) {
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1500), "1,500");
  EXPECT_EQ(with_thousands(-1234567), "-1,234,567");
}

TEST(Durations, AreSaidInWords) {
  EXPECT_EQ(duration(0.25), "0.25 s");
  EXPECT_EQ(duration(7.53), "7.5 s");
  EXPECT_EQ(duration(125), "2 min 05 s");
  EXPECT_EQ(duration(12000), "3 h 20 min");
  EXPECT_EQ(duration(std::nan("")), "unknown");
}

TEST(Spaced, PutsAnotherCharacterInThePlaceOfUnderscores) {
  EXPECT_EQ(spaced("floor_offset"), "floor offset");
  EXPECT_EQ(spaced("floor_offset", '-'), "floor-offset");
}

TEST(Filled, ReplacesEveryPlaceByItsText) {
  EXPECT_EQ(filled("@a@ and @b@, @a@", {{"a", "1"}, {"b", "@a@"}}), "1 and @a@, 1");
}

TEST(WholeNumbers, AreHeldToTheirRange) {
  EXPECT_EQ(parse_whole("12", "--threads", {1, 100}), 12U);
  for (const char* text : {"0", "101", "-3", "2.5", "two", ""})
    EXPECT_THROW(parse_whole(text, "--threads", {1, 100}), InvalidInput) << text;
}

TEST(PositiveNumbers, MayBePercentages) {
  EXPECT_EQ(parse_positive("5%", "--target"), 0.05);
  EXPECT_EQ(parse_positive("11.5 %", "--target"), 0.115);
  EXPECT_EQ(parse_positive("1e9", "--unit"), 1e9);
  for (const char* text : {"", "%", "0", "-1", "nan", "inf", "5 x", "few"})
    EXPECT_THROW(parse_positive(text, "--target"), InvalidInput) << text;
}

TEST(Suggestions, NameTheNearestOrAllChoices) {
  const std::vector<std::string> names = {"figure2", "xray"};
  EXPECT_EQ(suggestion("figrue2", names), " Did you mean \"figure2\"?");
  EXPECT_EQ(suggestion("fig", names), " Did you mean \"figure2\"?");
  EXPECT_EQ(suggestion("something_else", names), " The choices are figure2, xray.");
}

}  // namespace
}  // namespace quartic::text_test
