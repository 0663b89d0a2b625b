#include "cli/gnuplot/guide.hpp"

#include <algorithm>

namespace quartic {

namespace {

/// A box with room for the slopes and, at their ends, their names.
struct Box {
  double left, right, bottom, top;
  bool holds(const Place& place) const {
    return place.x > left && place.x < right && place.y > bottom && place.y < top;
  }
};

bool touches(const Box& box, const std::vector<Place>& line) {
  constexpr int steps = 24;
  if (line.size() == 1) return box.holds(line.front());
  for (std::size_t k = 1; k < line.size(); ++k)
    for (int step = 0; step <= steps; ++step) {
      const double share = static_cast<double>(step) / steps;
      if (box.holds({line[k - 1].x + share * (line[k].x - line[k - 1].x),
                     line[k - 1].y + share * (line[k].y - line[k - 1].y)}))
        return true;
    }
  return false;
}

}  // namespace

std::optional<Guide> find_guide(double decades_x, double decades_y,
                                const std::vector<std::vector<Place>>& lines) {
  constexpr double usual = 0.2, longest = 0.35, name_width = 0.07, name_height = 0.045;
  constexpr int tries = 14;
  // As long as keeps the names at its ends apart.
  const double length =
      std::max(std::min(usual * decades_x, usual * decades_y), 2.2 * name_height * decades_y);
  if (length > longest * decades_x) return std::nullopt;
  const double across = length / decades_x, down = length / decades_y;
  for (int i = 0; i <= tries; ++i)
    for (int j = 0; j <= tries; ++j) {
      const double free_x = 1 - across - name_width - 0.04, free_y = 1 - down - 2 * name_height - 0.04;
      const Place start{0.02 + free_x * i / tries, 0.02 + down + name_height + free_y * j / tries};
      const Guide guide{start, {start.x + across, start.y - down}, {start.x + across, start.y - down / 2}};
      const Box box{start.x - 0.01, guide.square.x + name_width, guide.square.y - name_height,
                    start.y + name_height};
      const auto lies_on = [&](const auto& line) { return touches(box, line); };
      if (std::none_of(lines.begin(), lines.end(), lies_on)) return guide;
    }
  return std::nullopt;
}

}  // namespace quartic
