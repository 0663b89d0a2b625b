#include "cli/pictures/place_labels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

constexpr double width = 780, height = 560;       // of the panel, pixels
constexpr double letter = 8.2, line_height = 18;  // of a name
constexpr double point_radius = 7;

struct Box {
  double left, right, bottom, top;
  bool meets(const Box& other) const {
    return left < other.right && other.left < right && bottom < other.top && other.bottom < top;
  }
  bool inside() const { return left >= 0 && right <= width && bottom >= 0 && top <= height; }
};

Box box_about(double x, double y, double radius) {
  return {x - radius, x + radius, y - radius, y + radius};
}

std::vector<Box> boxes_along(const std::vector<std::vector<Place>>& lines) {
  constexpr int steps = 80;
  std::vector<Box> boxes;
  for (const std::vector<Place>& line : lines)
    for (std::size_t k = 1; k < line.size(); ++k)
      for (int step = 0; step <= steps; ++step) {
        const double share = static_cast<double>(step) / steps;
        boxes.push_back(box_about(width * (line[k - 1].x + share * (line[k].x - line[k - 1].x)),
                                  height * (line[k - 1].y + share * (line[k].y - line[k - 1].y)), 2));
      }
  return boxes;
}

/// The name in this direction and distance from its point.
Box box_of(const NamedPoint& point, double distance, double angle) {
  const double length = letter * static_cast<double>(display_width(point.name));
  const double x = width * point.at.x + distance * std::cos(angle),
               y = height * point.at.y + distance * std::sin(angle);
  const double left = std::cos(angle) > 0.3 ? x : std::cos(angle) < -0.3 ? x - length : x - length / 2;
  return {left, left + length, y - line_height / 2, y + line_height / 2};
}

bool meets_any(const Box& box, const std::vector<Box>& others) {
  return std::any_of(others.begin(), others.end(), [&](const Box& other) { return box.meets(other); });
}

}  // namespace

std::vector<PlacedName> place_names(const std::vector<NamedPoint>& points,
                                    const std::vector<std::vector<Place>>& lines) {
  constexpr int directions = 12;
  const std::vector<Box> along = boxes_along(lines);
  std::vector<Box> taken;
  for (const NamedPoint& point : points)
    taken.push_back(box_about(width * point.at.x, height * point.at.y, point_radius));
  std::vector<PlacedName> placed;
  for (const NamedPoint& point : points) {
    Box best = box_of(point, 12, 0);
    double reached = 12;
    const auto try_all = [&](const std::vector<Box>& obstacles) {
      for (double distance = 12; distance < 160; distance += 8)
        for (int k = 0; k < directions; ++k) {
          const Box box = box_of(point, distance, 2 * std::numbers::pi * k / directions);
          if (!box.inside() || meets_any(box, taken) || meets_any(box, obstacles)) continue;
          best = box;
          reached = distance;
          return true;
        }
      return false;
    };
    if (!try_all(along)) static_cast<void>(try_all({}));
    taken.push_back(best);
    placed.push_back({{best.left / width, (best.bottom + best.top) / 2 / height}, reached > 24});
  }
  return placed;
}

}  // namespace quartic
