#include "experiments/platform/clock.hpp"

#include <gtest/gtest.h>

namespace quartic::clock_test {
namespace {

TEST(CpuClock, CountsTheThreadWithinTheProcess) {
  const double process = process_seconds(), thread = thread_seconds();
  const auto start = std::chrono::steady_clock::now();
  double sum = 0;
  while (thread_seconds() <= thread) sum += seconds_since(start);
  EXPECT_GE(sum, 0);
  EXPECT_GT(process_seconds(), process);
  EXPECT_GE(process_seconds(), thread_seconds());
}

}  // namespace
}  // namespace quartic::clock_test
