#pragma once
/// Lesions: what findings say of them, and how they look.
#include <span>

#include "core/random/stream.hpp"
#include "sim/film/canvas.hpp"

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

/// What the lesions of all places add, over side x side points: the first lesion in place 0, with its middle at the
/// first spot, ... (sim/film/places.hpp). Outline, spicules and specks come from the patient's child "places", child k.
/// Precondition: as many spots as lesions.
Canvas draw_lesions(std::span<const Lesion> lesions, std::span<const Spot> spots, const Stream& patient,
                    Index side);

}  // namespace quartic::detail
