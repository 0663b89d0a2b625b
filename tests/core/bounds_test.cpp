#include "core/bounds.hpp"

#include <gtest/gtest.h>

namespace quartic::bounds_test {
namespace {

TEST(Bounds, TakeTheirEndsUnlessThoseAreOpen) {
  EXPECT_TRUE(from_to(1, 8, "").take(1));
  EXPECT_TRUE(from_to(1, 8, "").take(8));
  EXPECT_FALSE(from_to(1, 8, "").take(8.5));
  EXPECT_TRUE(at_least(0, "").take(0));
  EXPECT_FALSE(above(0, "").take(0));
  EXPECT_TRUE(share("").take(0));
  EXPECT_FALSE(share("").take(1));
  EXPECT_FALSE(between_0_and_1("").take(0));
}

TEST(Bounds, RefuseWhatIsNoFiniteNumberUnlessTheyTakeEverything) {
  EXPECT_FALSE(at_least(0, "").take(infinity));
  EXPECT_FALSE(at_least(0, "").take(nan));
  EXPECT_FALSE(from_to(0, 1, "").take(nan));
  EXPECT_TRUE(Bounds{}.take(nan));
  EXPECT_TRUE(Bounds{}.take(-infinity));
}

TEST(Bounds, AreToldInWords) {
  EXPECT_EQ(to_string(from_to(1, 1e9, "")), "from 1 to 1000000000");
  EXPECT_EQ(to_string(at_least(0, "")), "of 0 or more");
  EXPECT_EQ(to_string(above(0, "")), "above 0");
  EXPECT_EQ(to_string(share("")), "of at least 0 and below 1");
  EXPECT_EQ(to_string(between_0_and_1("")), "above 0 and below 1");
  EXPECT_EQ(to_string(from_to(0.1, 20, "")), "from 0.1 to 20");
  EXPECT_EQ(to_string(Bounds{.most = 3}), "of at most 3");
  EXPECT_EQ(to_string(Bounds{}), "");
}

constexpr OnlyWith validated = {"penalty", {"cv", "cv_1se"}};
constexpr OnlyWith unscaled = {"signal_to_noise", {}, from_to(0, 0, "")};
constexpr OnlyWith stopped = {"validation", {}, above(0, "")};

TEST(OnlyWith, HoldsForItsWordsAndItsNumbers) {
  EXPECT_TRUE(validated.holds(std::string("cv_1se")));
  EXPECT_FALSE(validated.holds(std::string("theory")));
  EXPECT_FALSE(validated.holds(std::string()));
  EXPECT_FALSE(validated.holds(0.1));
  EXPECT_TRUE(unscaled.holds(0.0));
  EXPECT_FALSE(unscaled.holds(4.0));
  EXPECT_TRUE(stopped.holds(0.2));
  EXPECT_FALSE(stopped.holds(Index{0}));
}

TEST(OnlyWith, IsToldInWords) {
  EXPECT_EQ(to_string(validated), "penalty = \"cv\" or \"cv_1se\"");
  EXPECT_EQ(to_string(unscaled), "signal_to_noise = 0");
  EXPECT_EQ(to_string(stopped), "validation above 0");
}

}  // namespace
}  // namespace quartic::bounds_test
