#include "cli/gnuplot/place_labels.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::place_labels_test {
namespace {

struct Rectangle {
  double left, right, bottom, top;
};
Rectangle box_of(const PlacedName& name, const NamedPoint& point) {
  const double x = 780 * name.at.x, y = 560 * name.at.y;
  return {x, x + 8 * static_cast<double>(point.name.size()), y - 9, y + 9};
}

TEST(PlaceNames, KeepsNamesOfACrowdApart) {
  std::vector<NamedPoint> points;
  for (int k = 0; k < 10; ++k)
    points.push_back({{0.5 + 0.01 * k, 0.5 + 0.007 * k}, "system number " + std::to_string(k)});
  const std::vector<PlacedName> names = place_names(points, {{{0, 1}, {1, 0}}});
  for (std::size_t a = 0; a < names.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const Rectangle one = box_of(names[a], points[a]), two = box_of(names[b], points[b]);
      EXPECT_FALSE(one.left < two.right && two.left < one.right && one.bottom < two.top &&
                   two.bottom < one.top)
          << a << " and " << b;
    }
}

TEST(PlaceNames, LeavesANameAloneBesideItsPoint) {
  const std::vector<PlacedName> names = place_names({{{0.5, 0.5}, "alone"}}, {});
  EXPECT_FALSE(names[0].far);
  EXPECT_NEAR(names[0].at.x, 0.5 + 12.0 / 780, 1e-9);
  EXPECT_NEAR(names[0].at.y, 0.5, 1e-9);
}

TEST(PlaceNames, LeadsNoLineThroughAnotherNameOrItsOwn) {
  std::vector<NamedPoint> points;
  for (int k = 0; k < 10; ++k)
    points.push_back({{0.3 + 0.01 * k, 0.5 + 0.007 * k}, "system number " + std::to_string(k)});
  const std::vector<PlacedName> names = place_names(points, {{{0, 1}, {1, 0}}});
  for (std::size_t a = 0; a < names.size(); ++a)
    for (std::size_t b = 0; b < names.size() && names[a].far; ++b) {
      const Rectangle box = box_of(names[b], points[b]);
      for (double share = 0; share < 0.99; share += 0.01) {
        const double x = 780 * (points[a].at.x + share * (names[a].lead.x - points[a].at.x)),
                     y = 560 * (points[a].at.y + share * (names[a].lead.y - points[a].at.y));
        EXPECT_FALSE(x > box.left && x < box.right && y > box.bottom && y < box.top) << a << " and " << b;
      }
    }
}

}  // namespace
}  // namespace quartic::place_labels_test
