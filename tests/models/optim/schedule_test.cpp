#include "models/optim/schedule.hpp"

#include <gtest/gtest.h>

namespace quartic::detail::schedule_test {
namespace {

double factor(ScheduleKind kind, Index step) {
  return Schedule{.kind = kind, .epochs = 20, .steps_per_epoch = 4}.factor(step);
}

TEST(Schedule, FallsAsItsKindSays) {
  EXPECT_EQ(factor(ScheduleKind::constant, 79), 1);
  EXPECT_EQ(factor(ScheduleKind::cosine, 0), 1);
  EXPECT_NEAR(factor(ScheduleKind::cosine, 40), 0.5, 1e-15);  // ten epochs of twenty
  EXPECT_DOUBLE_EQ(factor(ScheduleKind::inverse_time, 40), 0.5);
  EXPECT_EQ(factor(ScheduleKind::step, 39), 1);
  EXPECT_DOUBLE_EQ(factor(ScheduleKind::step, 40), 0.1);
}

TEST(Schedule, RisesInAStraightLineFirst) {
  const Schedule warm{.steps_per_epoch = 4, .warm_up = 2};  // eight steps
  EXPECT_EQ(warm.factor(0), 0.125);
  EXPECT_EQ(warm.factor(3), 0.5);
  EXPECT_EQ(warm.factor(7), 1);
  EXPECT_EQ(warm.factor(100), 1);
}

}  // namespace
}  // namespace quartic::detail::schedule_test
