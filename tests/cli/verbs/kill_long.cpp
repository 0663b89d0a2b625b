#include "tests/cli/killed_run.hpp"

namespace quartic::kill_long {
namespace {

TEST(Kill, LeavesTheSameBytesAtAThousandRandomMoments) {
  testing::KilledRun run(2);
  run.kill_often(1000);
  EXPECT_GE(run.kills(), 1000);
}

}  // namespace
}  // namespace quartic::kill_long
