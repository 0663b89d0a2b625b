#include "sim/findings/finding.hpp"

#include <array>
#include <cmath>

#include "sim/findings/units.hpp"

namespace quartic {

std::string finding_name(Index column) {
  constexpr std::array names = {"size", "density", "margin", "present", "count"};
  return names[static_cast<std::size_t>(kind_of(column))] + ("_" + std::to_string(place_of(column)));
}

double natural_finding(FindingKind kind, double standardised) {
  using namespace detail;
  switch (kind) {
    case FindingKind::size:
      return (1 + size_deviation * standardised) * size_mean;
    case FindingKind::present:
      return std::rint(present_mean + present_deviation * standardised);
    case FindingKind::count:
      return std::rint(count_mean + count_deviation * standardised);
    default:
      return standardised;
  }
}

bool is_conspicuous(FindingKind kind, double standardised) {
  switch (kind) {
    case FindingKind::size:
      return standardised > detail::conspicuous_size;
    case FindingKind::present:
      return standardised > 0;
    case FindingKind::count:
      return detail::count_mean + detail::count_deviation * standardised > 1.5;
    default:
      return standardised > detail::upper_30_percent;
  }
}

}  // namespace quartic
