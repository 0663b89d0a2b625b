#include "core/machine/processor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <string>

namespace quartic::processor_test {
namespace {

/// Whether the system lists all of these for the first processor.
bool system_lists(std::initializer_list<const char*> instructions) {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line) && !line.starts_with("flags")) continue;
  return std::all_of(instructions.begin(), instructions.end(), [&](const char* name) {
    return (line + " ").find(" " + std::string(name) + " ") != std::string::npos;
  });
}

TEST(Processor, HasWhatTheSystemSaysOfIt) {
  EXPECT_TRUE(processor_has(InstructionSet::baseline));
  const bool avx2 = system_lists({"avx2", "fma"});
  EXPECT_EQ(processor_has(InstructionSet::avx2), avx2);
  EXPECT_EQ(processor_has(InstructionSet::avx512),
            avx2 && system_lists({"avx512f", "avx512bw", "avx512dq", "avx512vl"}));
}

[[gnu::always_inline]] inline void add_halves(double* out, const double* x, int count) {
  for (int i = 0; i < count; ++i) out[i] += 0.5 * x[i];
}

TEST(Processor, RunsALoopAsCompiledForIt) {
  std::array<double, 19> x{}, out{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
  detail::OnProcessor<add_halves>::run(out.data(), x.data(), static_cast<int>(x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_EQ(out[i], 0.5 * x[i]) << i;
}

}  // namespace
}  // namespace quartic::processor_test
