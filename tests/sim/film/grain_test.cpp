#include "sim/film/grain.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::grain_test {
namespace {

using detail::Canvas;

TEST(Grain, NodesAreTheNormalsOfTheStream) {
  const Canvas nodes = detail::draw_nodes(Stream(1), 5);
  Stream stream(1);
  for (Index i = 0; i < 5; ++i)
    for (Index j = 0; j < 5; ++j) EXPECT_EQ(nodes(i, j), static_cast<float>(stream.normal()));
}

// 200 lattices of 64 x 64: their neighbours are alike, those far apart less so.
TEST(Grain, CloudsAreSmoothOnAllScales) {
  double square = 0, near = 0, far = 0;
  constexpr int count = 200;
  for (std::uint64_t k = 0; k < count; ++k) {
    const Canvas clouds = detail::draw_clouds(Stream(2).child(k), 64);
    square += clouds(30, 30) * clouds(30, 30);
    near += clouds(30, 30) * clouds(30, 32);
    far += clouds(30, 30) * clouds(30, 55);
  }
  EXPECT_NEAR(square / count, 1, 5 * std::sqrt(2.0 / count));
  EXPECT_GT(near / square, 0.5);
  EXPECT_LT(far / square, near / square - 0.2);
}

}  // namespace
}  // namespace quartic::grain_test
