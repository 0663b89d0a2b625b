#include <gtest/gtest.h>

#include "tests/cli/run_quartic.hpp"

namespace quartic::calibrate_test {
namespace {

using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;

TEST(Calibrate, RefusesAnUnknownEffort) {
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "calibrate --effort thorough");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("Choose classroom, standard or paper."), std::string::npos) << outcome.err;
  EXPECT_EQ(run_quartic(folder, "calibrate --studies 3").status, 2);
}

}  // namespace
}  // namespace quartic::calibrate_test
