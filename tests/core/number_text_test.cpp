#include "core/number_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace quartic::number_text_test {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(NumberText, ReadsBackToTheSameBits) {
  for (const double value : {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 123456789.123, -0.0, 0x1p70}) {
    const std::optional<double> back = read_number(shortest(value));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, value);
    EXPECT_EQ(std::signbit(*back), std::signbit(value));
  }
}

TEST(NumberText, IsTheShortest) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(3), "3");
  EXPECT_EQ(shortest(100000), "1e+05");
  EXPECT_EQ(shortest(123456), "123456");
  EXPECT_EQ(shortest(1e-5), "1e-05");
  EXPECT_EQ(shortest(0.0001), "1e-04");
  EXPECT_EQ(shortest(0.00012), "0.00012");
  EXPECT_EQ(shortest(0x1p70), "1180591620717411303424");
  EXPECT_EQ(shortest(-infinite), "-inf");
  for (const double sign : {1, -1}) EXPECT_EQ(shortest(std::copysign(std::nan(""), sign)), "nan");
}

TEST(NumberText, TakesAsManyDigitsAsAskedFor) {
  EXPECT_EQ(with_digits(1.0 / 3, 3), "0.333");
  EXPECT_EQ(with_digits(123456, 3), "1.23e+05");
  EXPECT_EQ(with_digits(2, 3), "2");
}

TEST(NumberText, SaysHowFarANumberGoes) {
  const auto number = number_at_start("1.5e3)");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->value, 1500);
  EXPECT_EQ(number->length, 5u);
  EXPECT_FALSE(read_number("1.5e3)"));
}

TEST(NumberText, RefusesWhatIsNone) {
  for (const char* text : {"", "+1", " 1", "e5", "x", "1e999", "-"}) EXPECT_FALSE(read_number(text)) << text;
  EXPECT_EQ(read_number("inf"), infinite);
  EXPECT_TRUE(std::isnan(*read_number("nan")));
}

}  // namespace
}  // namespace quartic::number_text_test
