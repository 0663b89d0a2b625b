#pragma once
/// Names beside points, where they hide neither points nor lines nor one another.
#include <string>
#include <vector>

#include "cli/pictures/guide.hpp"

namespace quartic {

/// A point of a panel, 0 to 1 along either axis, and its name.
struct NamedPoint {
  Place at;
  std::string name;
};

/// The middle of the left end of the name; `far` where a thin line should lead there.
struct PlacedName {
  Place at;
  bool far;
};

/// One for each point, in their order. A name is tried in twelve directions at growing distances until it
/// meets nothing, then until it meets no other name or point. Panels are those of a sheet (780 x 560
/// pixels).
std::vector<PlacedName> place_names(const std::vector<NamedPoint>& points,
                                    const std::vector<std::vector<Place>>& lines);

}  // namespace quartic
