#include "core/bytes_text.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"

namespace quartic::bytes_text_test {
namespace {

constexpr double kib = 1024, mib = 1024 * kib, gib = 1024 * mib;

TEST(Bytes, AreReadWithTheirUnits) {
  EXPECT_EQ(parse_bytes("1000", "--memory"), 1000);
  EXPECT_EQ(parse_bytes("4G", "--memory"), 4 * gib);
  for (const char* text : {"2K", "2k", "2KB", "2 KiB", "2048", "2048B"})
    EXPECT_EQ(parse_bytes(text, "--memory"), 2 * kib) << text;
  EXPECT_EQ(parse_bytes("1.5 MB", "--memory"), 1.5 * mib);
}

TEST(Bytes, AreSaidInTheUnitsInWhichTheyAreRead) {
  EXPECT_EQ(bytes_text(17), "17 bytes");
  EXPECT_EQ(bytes_text(1.5 * mib), "1.5 MiB");
  EXPECT_EQ(bytes_text(640 * gib), "640 GiB");
  EXPECT_EQ(bytes_text(1023.9 * kib), "1.0 MiB");
  for (const char* text : {"1M", "4G", "2T"})
    EXPECT_EQ(bytes_text(parse_bytes(text, "--memory")), std::string{text[0]} + ".0 " + text[1] + "iB");
}

TEST(Bytes, RefuseWhatIsNotAnAmount) {
  for (const char* text : {"", "G", "-1G", "0", "4X", "4GG", "nan", "inf"})
    EXPECT_THROW(parse_bytes(text, "--memory"), InvalidInput) << text;
}

}  // namespace
}  // namespace quartic::bytes_text_test
