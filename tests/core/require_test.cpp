#include "core/require.hpp"

#include <gtest/gtest.h>

namespace quartic {
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

}  // namespace
}  // namespace quartic
