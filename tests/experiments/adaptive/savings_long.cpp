// What adaptive replicates save in a built-in study, and whether their intervals hold the truth there: the
// exponents of gradient descent. savings_statistics.cpp asks the same of the lasso's.
#include <gtest/gtest.h>

#include "tests/experiments/adaptive/savings.hpp"

namespace quartic::savings_long {
namespace {

using testing::built_in;
using testing::coverage_of_draws;
using testing::expect_honest;
using testing::saving_of;

Study for_gradient_descents_exponents() {
  return built_in("nine", {{"replicates", "{ between = [50, 20000] }"},
                           {"sizes", "[50, 100, 200, 400]"},
                           {"world.roughness", "[0.5, 1.5, 2.5]"},
                           {"target",
                            "{ law = \"compute_exponent\", arm = \"sgd\", "
                            "form = \"power\", half_width = 0.3 }"}});
}

TEST(AdaptiveStatistics, TakeAThirdOfAUniformGridsFlopsForGradientDescentsExponents) {
  EXPECT_LE(saving_of(for_gradient_descents_exponents(), 100).all_arms, 1.0 / 3);
}

TEST(AdaptiveStatistics, CoverGradientDescentsExponents) {
  expect_honest(coverage_of_draws(for_gradient_descents_exponents()));
}

}  // namespace
}  // namespace quartic::savings_long
