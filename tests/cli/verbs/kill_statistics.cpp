#include "tests/cli/killed_run.hpp"

namespace quartic::kill_statistics {
namespace {

TEST(Kill, LeavesTheSameBytesAtTwoHundredRandomMoments) {
  testing::KilledRun run(1);
  run.kill_often(200);
  EXPECT_GE(run.kills(), 200);
}

}  // namespace
}  // namespace quartic::kill_statistics
