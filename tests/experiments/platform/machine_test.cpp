#include "experiments/platform/machine.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <fstream>

#include "experiments/platform/memory.hpp"
#include "tests/support/scratch.hpp"

namespace quartic::machine_test {
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

TEST(Memory, IsLimitedByTheGroupsOfTheProcessAndThoseAroundThem) {
  const testing::Scratch scratch;
  const auto write = [&](const std::string& name, const std::string& text) {
    const std::filesystem::path path = scratch / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text << "\n";
  };
  const auto limit = [&](const std::string& groups) {
    write("groups", groups);
    return detail::memory_limit_of_groups(scratch / "groups", scratch / "fs");
  };
  EXPECT_EQ(limit("0::/"), INFINITY);
  write("fs/slurm/memory.max", "4000");
  write("fs/slurm/job/step/memory.max", "max");
  EXPECT_EQ(limit("0::/slurm/job/step"), 4000);
  write("fs/slurm/job/memory.max", "3000");
  EXPECT_EQ(limit("0::/slurm/job/step"), 3000);
  EXPECT_EQ(limit("0::/other"), INFINITY);
  write("fs/memory/batch/job/memory.limit_in_bytes", "2000");
  EXPECT_EQ(limit("9:cpu,memory:/batch/job\n0::/slurm/job"), 2000);
  EXPECT_EQ(limit("9:cpu:/batch/job\n1:name=systemd:/slurm"), INFINITY);
  write("fs/memory.max", "1000");
  EXPECT_EQ(limit("0::/slurm/job"), 1000);
  EXPECT_GT(machine_memory_bytes(), 1e6);
}

}  // namespace
}  // namespace quartic::machine_test
