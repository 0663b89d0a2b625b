#include "laws/statistics/aicc.hpp"

#include <gtest/gtest.h>

namespace quartic {
namespace {

TEST(Aicc, IsTheFormula) {
  EXPECT_NEAR(aicc(2.0, 20, 3), 20 * std::log(0.1) + 8 + 40.0 / 15, 1e-12);
}

TEST(Aicc, ChargesFewPointsMore) {
  EXPECT_GT(aicc(1, 8, 4) - aicc(1, 8, 3), aicc(1, 80, 4) - aicc(1, 80, 3));
  EXPECT_TRUE(std::isinf(aicc(1, 5, 4)));
}

}  // namespace
}  // namespace quartic
