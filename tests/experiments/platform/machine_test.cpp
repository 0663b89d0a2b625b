#include "experiments/platform/machine.hpp"

#include <gtest/gtest.h>

#include <cctype>

namespace quartic {
namespace {

TEST(Machine, HasANameAndAProcessor) {
  EXPECT_FALSE(cpu_model().empty());
  EXPECT_FALSE(instruction_set().empty());
  EXPECT_FALSE(host_name().empty());
}

TEST(Machine, WritesTheTimeAsIso8601Does) {
  const std::string now = now_in_utc();
  ASSERT_EQ(now.size(), 20u);
  const std::string pattern = "dddd-dd-ddTdd:dd:ddZ";
  for (std::size_t i = 0; i < pattern.size(); ++i)
    EXPECT_TRUE(pattern[i] == 'd' ? std::isdigit(static_cast<unsigned char>(now[i])) != 0
                                  : pattern[i] == now[i])
        << now;
}

}  // namespace
}  // namespace quartic
