#include <gtest/gtest.h>

#include "tests/cli/run_quartic.hpp"

namespace quartic::calibrate_test {
namespace {

using testing::Outcome;
using testing::run_on_terminal;
using testing::run_quartic;
using testing::Scratch;

TEST(Calibrate, RefusesAnUnknownEffort) {
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "calibrate --effort thorough");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("Choose classroom, standard or paper."), std::string::npos) << outcome.err;
  EXPECT_EQ(run_quartic(folder, "calibrate --studies 3").status, 2);
}

TEST(Calibrate, PrintsTheRowsThatAreWholeWhenItIsInterrupted) {
  const Outcome outcome =
      run_on_terminal({"calibrate", "--effort", "paper", "--threads", "1"}, {{"  1 of ", testing::ctrl_c}});
  EXPECT_EQ(outcome.status, 130);
  EXPECT_NE(outcome.out.find(" rows  "), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find(" left"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("95 % cover"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("power"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find(" rows are missing"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("Verdicts"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace quartic::calibrate_test
