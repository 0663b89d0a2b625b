#include "core/machine/processor.hpp"

#include <gtest/gtest.h>

#include <array>

namespace quartic {
namespace {

TEST(Processor, HasEachSetUpToItsOwn) {
  EXPECT_TRUE(processor_has(InstructionSet::baseline));
  EXPECT_TRUE(processor_has(processor_instructions()));
  EXPECT_EQ(processor_has(InstructionSet::avx512), processor_instructions() == InstructionSet::avx512);
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
}  // namespace quartic
