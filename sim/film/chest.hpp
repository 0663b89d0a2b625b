#pragma once
/// The soft parts of a chest: trunk, lungs, heart, and what lies between and below.
#include "sim/film/body.hpp"

namespace quartic::detail {

struct Chest {
  Canvas attenuation;
  Canvas air;  ///< the share of air that a ray meets, from 0 to 1: lungs less the heart
};

/// In side x side points.
Chest draw_chest(const Body& body, Index side);

}  // namespace quartic::detail
