#include "cli/killed_run.hpp"

namespace quartic {
namespace {

TEST(Kill, LeavesTheSameBytesAtTwoHundredRandomMoments) {
  testing::KilledRun run(1);
  run.kill_often(200);
  EXPECT_GE(run.kills(), 200);
}

TEST(Kill, LeavesTheSameBytesAtAThousandRandomMoments) {
  testing::KilledRun run(2);
  run.kill_often(1000);
  EXPECT_GE(run.kills(), 1000);
}

}  // namespace
}  // namespace quartic
