#include "core/facts.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"

namespace quartic::facts_test {
namespace {

TEST(ErrorScale, IsTheSignalOrWhatTheBestRuleGainsOverAConstant) {
  EXPECT_EQ(error_scale({{"signal", 3.0}}, Task::regression), 3);
  EXPECT_EQ(error_scale({{"bayes_error", 0.125}, {"constant_error", 0.5}}, Task::classification), 0.375);
  EXPECT_THROW(error_scale({}, Task::regression), InvalidInput);
  EXPECT_THROW(error_scale({{"signal", 3.0}, {"bayes_error", 0.1}}, Task::classification), InvalidInput);
}

}  // namespace
}  // namespace quartic::facts_test
