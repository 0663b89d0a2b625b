#include "cli/gnuplot/place_labels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

constexpr double width = 780, height = 560;     // of the panel, pixels
constexpr double letter = 8, line_height = 18;  // of a name
constexpr double point_radius = 8;

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

std::vector<Box> boxes_along(const std::vector<std::vector<Place>>& lines, double across, double up) {
  constexpr int steps = 80;
  std::vector<Box> boxes;
  for (const std::vector<Place>& line : lines)
    for (std::size_t k = 1; k < line.size(); ++k)
      for (int step = 0; step <= steps; ++step) {
        const double share = static_cast<double>(step) / steps;
        boxes.push_back(box_about(across * (line[k - 1].x + share * (line[k].x - line[k - 1].x)),
                                  up * (line[k - 1].y + share * (line[k].y - line[k - 1].y)), 2));
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

Place centre_of(const NamedPoint& point) {
  return {width * point.at.x, height * point.at.y};
}

/// The place of a name that is nearest to its point.
Place lead_of(const Box& box, const NamedPoint& point) {
  const Place centre = centre_of(point);
  return {std::clamp(centre.x, box.left, box.right), std::clamp(centre.y, box.bottom, box.top)};
}

constexpr double beside = 12, farthest = 320, step = 8;  // from a point to its name
constexpr int directions = 24;

/// What a name keeps off besides points, names and thin lines, and what its own thin line keeps off.
enum class Manners { off_lines, on_lines, thin_line_over_points };

/// Names are placed one by one, and keep clear of what stands already.
class Placing {
 public:
  Placing(const std::vector<NamedPoint>& points, const std::vector<std::vector<Place>>& lines)
      : points_(points), along_(boxes_along(lines, width, height)), boxes_(points.size()) {
    for (const NamedPoint& point : points) {
      const Place centre = centre_of(point);
      dots_.push_back(box_about(centre.x, centre.y, point_radius));
    }
  }

  /// Whether the name of point k found a place from one of these distances on.
  bool place(std::size_t k, double from, double to, Manners manners) {
    for (double distance = from; distance < to; distance += step)
      for (int direction = 0; direction < directions; ++direction) {
        const Box box = box_of(points_[k], distance, 2 * std::numbers::pi * direction / directions);
        if (!box.inside() || meets_any(box, dots_) || meets_any(box, names_) || meets_any(box, leads_))
          continue;
        if (manners == Manners::off_lines && meets_any(box, along_)) continue;
        if (distance > beside && !keep_lead(k, box, manners)) continue;
        names_.push_back(box);
        boxes_[k] = {box, distance > beside, true};
        return true;
      }
    return false;
  }

  bool placed(std::size_t k) const { return boxes_[k].placed; }
  PlacedName name(std::size_t k) const {
    const Box box = placed(k) ? boxes_[k].box : box_of(points_[k], beside, 0);
    const Place lead = lead_of(box, points_[k]);
    return {{box.left / width, (box.bottom + box.top) / 2 / height},
            boxes_[k].far,
            {lead.x / width, lead.y / height}};
  }

 private:
  /// The thin line from point k to this box is taken, unless it meets something.
  bool keep_lead(std::size_t k, const Box& box, Manners manners) {
    const std::vector<Box> lead = boxes_along({{centre_of(points_[k]), lead_of(box, points_[k])}}, 1, 1);
    const bool over_points = manners == Manners::thin_line_over_points;
    for (const Box& part : lead) {
      if (!over_points && (meets_any(part, leads_) || meets_point(k, part))) return false;
      if (meets_any(part, names_)) return false;
    }
    leads_.insert(leads_.end(), lead.begin(), lead.end());
    return true;
  }

  /// A point other than k: near to k its middle, unless that is hidden by k.
  bool meets_point(std::size_t k, const Box& part) const {
    constexpr double middle = 4;
    const auto core = [&](std::size_t of) {
      const Place centre = centre_of(points_[of]);
      return box_about(centre.x, centre.y, middle);
    };
    for (std::size_t other = 0; other < points_.size(); ++other) {
      const bool near = dots_[k].meets(dots_[other]);
      if (part.meets(near ? core(other) : dots_[other]) && !core(k).meets(core(other))) return true;
    }
    return false;
  }

  struct Taken {
    Box box{};
    bool far = false, placed = false;
  };
  std::vector<NamedPoint> points_;
  std::vector<Box> along_, dots_, names_, leads_;  // of lines, points, names, thin lines
  std::vector<Taken> boxes_;
};

/// In this order; whether all have a place.
bool place_all(Placing& placing, const std::vector<std::size_t>& order) {
  for (const std::size_t k : order)
    static_cast<void>(placing.place(k, beside, beside + 1, Manners::off_lines));
  bool all = true;
  for (const Manners manners : {Manners::off_lines, Manners::on_lines, Manners::thin_line_over_points}) {
    all = true;
    for (const std::size_t k : order) all &= placing.placed(k) || placing.place(k, beside, farthest, manners);
  }
  return all;
}

}  // namespace

std::vector<PlacedName> place_names(const std::vector<NamedPoint>& points,
                                    const std::vector<std::vector<Place>>& lines) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Placing placing(points, lines);
  for (std::size_t attempt = 0; !place_all(placing, order) && attempt < points.size(); ++attempt) {
    std::stable_partition(order.begin(), order.end(), [&](std::size_t k) { return !placing.placed(k); });
    placing = Placing(points, lines);
  }
  std::vector<PlacedName> names;
  for (std::size_t k = 0; k < points.size(); ++k) names.push_back(placing.name(k));
  return names;
}

}  // namespace quartic
