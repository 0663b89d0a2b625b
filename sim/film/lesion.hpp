#pragma once
/// Lesions: what findings say of them, and how they look.
#include <span>
#include <vector>

#include "sim/film/body.hpp"

namespace quartic::detail {

/// How one lesion looks; lengths in sides of the film.
struct Lesion {
  float radius = 0;
  float density = 0;      ///< attenuation through its middle
  float spiculation = 0;  ///< standard deviation of its outline, of the radius
  Index specks = 0;       ///< of lime
  float lime = 0;         ///< attenuation through a speck
};

/// Of a place's five standardised details - size, density, margin, present, count - see film.hpp.
Lesion make_lesion(std::span<const double> details);

/// Where place k of a patient lies: fixed in the lungs of a body, and aside by the first two normals of the patient's
/// child "places", child k. Odd k are in the left lung. The first ten are apart; of more, lesions overlap.
Spot place_lesion(const Body& body, const Stream& patient, Index k);

/// What the lesions of all places add, over side x side points: the first lesion in place 0, ...
Canvas draw_lesions(const Body& body, std::span<const Lesion> lesions, const Stream& patient, Index side);

}  // namespace quartic::detail
