#include "cli/terminal/interrupt.hpp"

#include <gtest/gtest.h>
#include <signal.h>

namespace quartic::interrupt_test {
namespace {

void (*handler_of(int number))(int) {
  struct sigaction now {};
  sigaction(number, nullptr, &now);
  return now.sa_handler;
}

TEST(Interrupt, AsksFirstAndDropsThen) {
  const InterruptGuard guard;
  EXPECT_FALSE(guard.stop());
  raise(SIGINT);
  EXPECT_TRUE(guard.stop());
  EXPECT_FALSE(guard.abandon());
  raise(SIGTERM);
  EXPECT_TRUE(guard.abandon());
  EXPECT_EQ(guard.signal(), SIGINT);
  EXPECT_EQ(handler_of(SIGTERM), SIG_DFL);
}

// As nohup has it.
TEST(Interrupt, LeavesAnIgnoredSignalIgnoredWhateverComes) {
  signal(SIGHUP, SIG_IGN);
  {
    const InterruptGuard guard;
    EXPECT_EQ(handler_of(SIGHUP), SIG_IGN);
    raise(SIGINT);
    raise(SIGINT);
    EXPECT_TRUE(guard.abandon());
    EXPECT_EQ(handler_of(SIGHUP), SIG_IGN);
  }
  EXPECT_EQ(handler_of(SIGHUP), SIG_IGN);
  signal(SIGHUP, SIG_DFL);
}

}  // namespace
}  // namespace quartic::interrupt_test
