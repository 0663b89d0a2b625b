#pragma once
/// The slopes of k^2 and k^4 (of k and k^2 where k is one over the error), drawn where no line is.
#include <optional>
#include <vector>

namespace quartic {

/// A place of a panel: 0 to 1 along either axis.
struct Place {
  double x, y;
};

/// Where the two begin, and where they end.
struct Guide {
  Place start, square, fourth;
};

/// What grows as k^q, with k = error^(-1/2), has an error that falls as its power -2/q: by one decade a
/// decade for k^2, by half of one for k^4. With k = 1/error these are k and k^2. `decades_*` are the lengths of the axes; a guide lies within the
/// panel, away from all of these lines. Nothing where there is no room.
std::optional<Guide> find_guide(double decades_x, double decades_y,
                                const std::vector<std::vector<Place>>& lines);

}  // namespace quartic
