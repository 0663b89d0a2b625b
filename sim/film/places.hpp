#pragma once
/// Where the lesions of a patient lie.
#include <vector>

#include "sim/film/body.hpp"

namespace quartic::detail {

/// The home of place k of a patient: fixed in the lungs of a body, and aside by the first two normals of the patient's
/// child "places", child k. Odd k are in the left lung. The first ten are apart; of more, lesions overlap.
Spot home_of(const Body& body, const Stream& patient, Index k);

/// What keeps lesions of a patient apart where they wander: their middles are so far from one another, in sides of the
/// film, where there is room. Ten fit.
inline constexpr float room_of_a_lesion = 0.07F;

/// Where places 0 .. count - 1 of a patient lie. With wander = 0 at home. With 1 anywhere: evenly over the area of both
/// lungs, of which the left one, beside the heart, has 42 %, wherever the place is at home. Between, that share of the
/// way from home to there; in the other lung with the chance wander/2, a little less in the left one. In the order of
/// places each takes the first of 32 such spots that leaves room_of_a_lesion to those before it, else the one that leaves
/// most: of where one lies its number can hardly be told. Spots come from the words of child "wander" of the place's
/// child, so that a patient's first places lie the same whatever the count. Some 32 count^2 operations. Precondition:
/// 0 <= wander <= 1.
std::vector<Spot> place_lesions(const Body& body, const Stream& patient, Index count, float wander);

}  // namespace quartic::detail
