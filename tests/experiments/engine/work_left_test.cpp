#include "experiments/engine/work_left.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::detail::work_left_test {
namespace {

/// Two arms of 100 fits: one of them takes 1000 times the other.
WorkLeft two_arms(Index cheap, Index dear) {
  WorkLeft work(2);
  work.expect(0, 100);
  work.expect(1, 100);
  for (Index k = 0; k < cheap; ++k) work.count(0, 1);
  for (Index k = 0; k < dear; ++k) work.count(1, 1000);
  return work;
}

TEST(WorkLeft, WeighsFitsByTheirOperations) {
  EXPECT_NEAR(two_arms(50, 50).share_done(100), 0.5, 1e-12);
  EXPECT_NEAR(two_arms(100, 10).share_done(90), (100 + 10000.0) / (100 + 100000.0), 1e-12);
  EXPECT_NEAR(two_arms(10, 100).share_done(90), (10 + 100000.0) / (100 + 100000.0), 1e-12);
  EXPECT_EQ(two_arms(100, 100).share_done(0), 1);
}

TEST(WorkLeft, TakesAnArmThatHasNotBegunForAnAverageOne) {
  EXPECT_NEAR(two_arms(100, 0).share_done(100), 0.5, 1e-12);
}

TEST(WorkLeft, SharesWhatIsLeftOutAmongTheArmsThatAreOpen) {
  EXPECT_NEAR(two_arms(50, 50).share_done(40), 50050 / (50050 + 20020.0),
              1e-12);  // an archive had the others
}

TEST(WorkLeft, KnowsNothingBeforeAFitHasEndedOrWhereNobodyKnowsWhatItTook) {
  EXPECT_TRUE(std::isnan(two_arms(0, 0).share_done(200)));
  WorkLeft work(1);
  work.expect(0, 2);
  work.count(0, nan);
  EXPECT_TRUE(std::isnan(work.share_done(1)));
}

}  // namespace
}  // namespace quartic::detail::work_left_test
