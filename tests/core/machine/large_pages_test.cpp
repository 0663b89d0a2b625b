#include "core/machine/large_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace quartic::detail::large_pages_test {
namespace {

TEST(LargePages, HoldSoManyCopies) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{3} << 20U}) {
    const auto numbers = filled_in_large_pages<std::vector<float>>(count, 2.5F);
    EXPECT_EQ(numbers.size(), count);
    EXPECT_TRUE(std::all_of(numbers.begin(), numbers.end(), [](float number) { return number == 2.5F; }));
  }
}

}  // namespace
}  // namespace quartic::detail::large_pages_test
