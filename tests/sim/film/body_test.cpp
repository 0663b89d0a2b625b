#include "sim/film/body.hpp"

#include <gtest/gtest.h>

namespace quartic::body_test {
namespace {

using detail::Body;

TEST(Body, BodiesDifferBetweenPatientsAndNotWithinOne) {
  const Body one = detail::draw_body(Stream(1)), again = detail::draw_body(Stream(1)),
             other = detail::draw_body(Stream(2));
  EXPECT_EQ(one.width, again.width);
  EXPECT_EQ(one.rib_spacing, again.rib_spacing);
  EXPECT_NE(one.width, other.width);
  EXPECT_NE(one.exposure, other.exposure);
}

TEST(Body, LungsOpenBelowTheApexAndWidenDownwards) {
  const Body body;
  EXPECT_EQ(detail::lung_edges_at(body, body.apex - 0.01F).outer, 0);
  float last = 0;
  for (float v = body.apex + 0.03F; v < body.base; v += 0.05F) {
    const detail::LungEdges edges = detail::lung_edges_at(body, v);
    EXPECT_GT(edges.outer, last) << v;
    EXPECT_GT(edges.inner, 0) << v;
    last = edges.outer;
  }
  EXPECT_LT(last, body.width);
}

TEST(Body, TheRightDomeIsHigher) {
  const Body body;
  EXPECT_LT(detail::lung_floor_at(body, 0.34F, -1), detail::lung_floor_at(body, 0.34F, 1));
  EXPECT_LT(detail::lung_floor_at(body, 0.34F, 1), detail::lung_floor_at(body, 0.65F, 1));
}

}  // namespace
}  // namespace quartic::body_test
