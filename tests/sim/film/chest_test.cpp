#include "sim/film/chest.hpp"

#include <gtest/gtest.h>

namespace quartic::chest_test {
namespace {

constexpr Index side = 100;

struct At {
  detail::Chest chest = detail::draw_chest({}, side);
  float air(float u, float v) const { return chest.air(row(v), column(u)); }
  float attenuation(float u, float v) const { return chest.attenuation(row(v), column(u)); }
  static Index row(float v) { return static_cast<Index>(v * side); }
  static Index column(float u) { return static_cast<Index>((u + 1) / 2 * side); }
};

TEST(Chest, LungsHoldAirAndTheRestDoesNot) {
  const At at;
  EXPECT_GT(at.air(-0.4F, 0.4F), 0.95F);
  EXPECT_GT(at.air(0.4F, 0.4F), 0.95F);
  EXPECT_EQ(at.air(0, 0.4F), 0);         // the middle
  EXPECT_EQ(at.air(-0.4F, 0.95F), 0);    // the belly
  EXPECT_EQ(at.air(0.95F, 0.5F), 0);     // beside the body
  EXPECT_LT(at.air(0.2F, 0.65F), 0.2F);  // the heart, more to the patient's left
  EXPECT_GT(at.air(-0.3F, 0.65F), 0.9F);
}

TEST(Chest, TheMiddleIsDenserThanBellyThanLungsThanAir) {
  const At at;
  EXPECT_GT(at.attenuation(0, 0.6F), at.attenuation(-0.4F, 0.95F));
  EXPECT_GT(at.attenuation(-0.4F, 0.95F), at.attenuation(-0.4F, 0.4F) + 0.5F);
  EXPECT_GT(at.attenuation(-0.4F, 0.4F), 0.2F);
  EXPECT_EQ(at.attenuation(-0.98F, 0.5F), 0);
}

TEST(Chest, ALargerHeartLeavesLessAir) {
  EXPECT_LT(detail::draw_chest({.heart = 1.2F}, side).air.sum(),
            detail::draw_chest({.heart = 0.9F}, side).air.sum());
}

}  // namespace
}  // namespace quartic::chest_test
