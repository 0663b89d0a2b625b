#include "core/interruption.hpp"

#include <gtest/gtest.h>

#include <exception>
#include <thread>
#include <type_traits>

namespace quartic::interruption_test {
namespace {

TEST(Interruption, PointsDoNothingUnlessSomebodyAsks) {
  EXPECT_NO_THROW(interruption_point());
  std::atomic<bool> asked = false;
  const Interruptible here(&asked);
  EXPECT_NO_THROW(interruption_point());
  asked = true;
  EXPECT_THROW(interruption_point(), Interrupted);
}

TEST(Interruption, TheInnermostCountsAndTheOuterOneComesBack) {
  const std::atomic<bool> asked = true;
  const Interruptible outer(&asked);
  {
    const Interruptible inner(nullptr);
    EXPECT_NO_THROW(interruption_point());
  }
  EXPECT_THROW(interruption_point(), Interrupted);
}

TEST(Interruption, IsAskedOfOneThread) {
  const std::atomic<bool> asked = true;
  const Interruptible here(&asked);
  std::thread([] { EXPECT_NO_THROW(interruption_point()); }).join();
}

TEST(Interruption, IsNoStandardExceptionThatAHandlerOfFailuresWouldTake) {
  EXPECT_FALSE((std::is_base_of_v<std::exception, Interrupted>));
}

}  // namespace
}  // namespace quartic::interruption_test
