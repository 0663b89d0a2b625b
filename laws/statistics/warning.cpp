#include "laws/statistics/warning.hpp"

#include <array>

namespace quartic {

std::string_view to_string(WarningKind kind) {
  constexpr std::array<std::string_view, 6> names = {"edge_of_range", "window_dependence", "leverage",
                                                     "narrow_range",  "heavy_tail",        "excluded_fits"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace quartic
