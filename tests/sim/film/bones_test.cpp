#include "sim/film/bones.hpp"

#include <gtest/gtest.h>

namespace quartic::bones_test {
namespace {

using detail::Canvas;

TEST(Bones, OnlyAdd) {
  const Canvas bones = detail::with_bones(Canvas::Zero(128, 128), {});
  EXPECT_GE(bones.minCoeff(), 0);
  EXPECT_GT(bones.maxCoeff(), 0.15F);
  EXPECT_LT(bones.maxCoeff(), 0.8F);
}

TEST(Bones, RibsCrossEveryLungFromTopToBottom) {
  const Canvas bones = detail::with_bones(Canvas::Zero(256, 256), {});
  for (const Index column : {256 / 4, 3 * 256 / 4}) {
    int edges = 0;
    for (Index i = 40; i < 195; ++i) edges += bones(i - 1, column) < 0.05F && bones(i, column) >= 0.05F;
    EXPECT_GE(edges, 5) << column;
  }
}

TEST(Bones, DenserBonesAddInProportion) {
  const Canvas usual = detail::with_bones(Canvas::Zero(64, 64), {}),
               denser = detail::with_bones(Canvas::Zero(64, 64), {.bones = 2});
  EXPECT_TRUE(denser.isApprox(2 * usual, 1e-5F));
}

}  // namespace
}  // namespace quartic::bones_test
