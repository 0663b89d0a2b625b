#include "core/random/seed.hpp"

#include <gtest/gtest.h>

namespace quartic::seed_test {
namespace {

TEST(SeedFrom, IsTheFnv1aHashOfTheWord) {
  EXPECT_EQ(seed_from(""), 0x811C9DC5U);  // published test vectors of FNV-1a, 32 bits
  EXPECT_EQ(seed_from("a"), 0xE40C292CU);
  EXPECT_EQ(seed_from("foobar"), 0xBF9CF968U);
}

}  // namespace
}  // namespace quartic::seed_test
