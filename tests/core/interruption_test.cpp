#include "core/interruption.hpp"

#include <gtest/gtest.h>

#include <exception>
#include <thread>
#include <type_traits>

#include "core/interruption_flag.hpp"

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

TEST(Interruption, HandsTheFlagOfItsThreadOn) {
  std::atomic<bool> asked = false;
  EXPECT_EQ(interruption_flag(), nullptr);
  EXPECT_FALSE(is_asked_to_leave());
  {
    const Interruptible here(&asked);
    std::thread([flag = interruption_flag()] {
      const Interruptible there(flag);
      EXPECT_FALSE(is_asked_to_leave());
    }).join();
    asked = true;
    EXPECT_TRUE(is_asked_to_leave());
    EXPECT_EQ(interruption_flag(), &asked);
  }
  EXPECT_FALSE(is_asked_to_leave());
}

}  // namespace
}  // namespace quartic::interruption_test
