#pragma once
/// What a radiologist writes down of an x-ray: five findings for each place of the body.
#include <string>

#include "core/types.hpp"

namespace quartic {

/// Columns 5 k .. 5 k + 4 are the findings of place k, in this order.
enum class FindingKind {
  size,     ///< how large, skewed to the right: log-normal with sd 1/2 of its logarithm
  density,  ///< how bright: normal
  margin,   ///< how uneven its edge: normal
  present,  ///< whether it is there, which it is in 3 of 10 patients
  count     ///< how many, 0 to 6 (or more): Poisson with mean 1, cut off
};
inline constexpr Index findings_of_a_place = 5;

constexpr Index place_of(Index column) {
  return column / findings_of_a_place;
}
constexpr FindingKind kind_of(Index column) {
  return static_cast<FindingKind>(column % findings_of_a_place);
}

/// "size_3", "margin_17": the kind and the place.
std::string finding_name(Index column);

/// What the radiologist measures where the column of a table, of mean 0 and variance 1, has this value: size in
/// units of its median, density and margin as they are, present 0 or 1, count 0 to 6.
double natural_finding(FindingKind kind, double standardised);

/// Whether it catches the eye: a size, density or margin among the upper 30 %, a finding that is present, a count from
/// 2 on.
bool is_conspicuous(FindingKind kind, double standardised);

}  // namespace quartic
