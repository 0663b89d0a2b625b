#include "core/require.hpp"

#include <gtest/gtest.h>

namespace quartic::require_test {
namespace {

TEST(Require, PassesWhatHolds) {
  EXPECT_NO_THROW(require(true, "never seen"));
}

TEST(Require, ThrowsTheMessageAsItStands) {
  try {
    require(false, "n = 0 (a fit needs rows). Give at least one.");
    FAIL() << "nothing was thrown";
  } catch (const InvalidInput& error) {
    EXPECT_STREQ(error.what(), "n = 0 (a fit needs rows). Give at least one.");
  }
}

TEST(Require, TellsTheOptionsAtFault) {
  try {
    require(false, "order = 3 (there are 2 columns). Lower it.", {"order", "columns"});
    FAIL() << "nothing was thrown";
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.options(), (std::vector<std::string>{"order", "columns"}));
  }
}

}  // namespace
}  // namespace quartic::require_test
