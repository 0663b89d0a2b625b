#pragma once
/// Names beside points, where they hide neither points nor lines nor one another.
#include <string>
#include <vector>

#include "cli/gnuplot/guide.hpp"

namespace quartic {

/// A point of a panel, 0 to 1 along either axis, and its name.
struct NamedPoint {
  Place at;
  std::string name;
};

/// The middle of the left end of the name; where a thin line should lead there (`far`), its end at the name.
struct PlacedName {
  Place at;
  bool far;
  Place lead;
};

/// One for each point, in their order. Names that stand beside their points come first. The others are tried
/// all around at growing distances until neither they nor their thin lines meet anything; then they may lie on
/// lines; in a crowd their thin lines may cross points and one another, but no name. Where one finds no place,
/// all are placed anew, that one first. Panels are those of a sheet (780 x 560 pixels).
std::vector<PlacedName> place_names(const std::vector<NamedPoint>& points,
                                    const std::vector<std::vector<Place>>& lines);

}  // namespace quartic
