// What adaptive replicates save in a built-in study, and whether their intervals hold the truth there: the
// exponent of the lasso. savings_long.cpp asks the same of gradient descent's.
#include <gtest/gtest.h>

#include "tests/experiments/adaptive/savings.hpp"

namespace quartic::savings_statistics {
namespace {

using testing::built_in;
using testing::coverage_of_draws;
using testing::expect_honest;
using testing::saving_of;

Study for_the_lassos_exponent() {
  return built_in("data_exponent", {{"replicates", "{ between = [50, 20000] }"},
                                    {"target",
                                     "{ law = \"data_exponent\", arm = \"lasso\", from = 200, "
                                     "form = \"power\", half_width = 0.03 }"}});
}

TEST(AdaptiveStatistics, TakeAThirdOfAUniformGridsFlopsForTheLassosExponent) {
  EXPECT_LE(saving_of(for_the_lassos_exponent(), 100).all_arms, 1.0 / 3);
}

TEST(AdaptiveStatistics, CoverTheLassosExponent) {
  expect_honest(coverage_of_draws(for_the_lassos_exponent()));
}

}  // namespace
}  // namespace quartic::savings_statistics
