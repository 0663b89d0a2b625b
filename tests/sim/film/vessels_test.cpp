#include "sim/film/vessels.hpp"

#include <gtest/gtest.h>

namespace quartic::vessels_test {
namespace {

TEST(Vessels, ThinOutFromTheHilaOutwards) {
  double near = 0, far = 0;
  for (std::uint64_t k = 0; k < 20; ++k) {
    const detail::Canvas vessels = detail::draw_vessels({}, Stream(k), 128);
    EXPECT_GE(vessels.minCoeff(), 0);
    EXPECT_LT(vessels.maxCoeff(), 0.6F);
    near += vessels.block(50, 40, 20, 16).mean();  // beside the right hilum
    far += vessels.block(50, 20, 20, 16).mean();
  }
  EXPECT_GT(near, 1.5 * far);
  EXPECT_GT(far, 0);
}

TEST(Vessels, DifferBetweenPatients) {
  EXPECT_NE(detail::draw_vessels({}, Stream(1), 64), detail::draw_vessels({}, Stream(2), 64));
  EXPECT_EQ(detail::draw_vessels({}, Stream(1), 64), detail::draw_vessels({}, Stream(1), 64));
}

}  // namespace
}  // namespace quartic::vessels_test
