#pragma once
/// What differs between the bodies of patients and says nothing of their lesions.
#include <cmath>

#include "core/random/stream.hpp"
#include "sim/film/canvas.hpp"

namespace quartic::detail {

/// Half-widths and offsets by u are measured from the spine, which leans. "Right" is the patient's right, at the left
/// of the film.
struct Body {
  float width = 0.9F;                 ///< half of the chest, of u
  float lean = 0;                     ///< u by which the spine moves from the top of the film to the bottom
  float turn = 0;                     ///< u by which the middle of the chest lies aside
  float apex = 0.135F, base = 0.77F;  ///< v of the top and the floor of the lungs
  float floor_difference = 0.02F;     ///< v by which the right floor lies higher, and the left one lower
  float rib_spacing = 0.0765F;        ///< v
  float rib_offset = 0;               ///< v
  float rib_slope = 1;
  float heart = 1;                                 ///< its size, of the usual
  float heart_u = 0.125F, heart_height = 0.107F;   ///< its middle: u, and v above the floor of the lungs
  float thickness = 1, exposure = 1, texture = 1;  ///< of the usual
  float vessels = 1, bones = 1;                    ///< their density, of the usual
};

/// Of this patient: the normals of its child "body".
Body draw_body(const Stream& patient);

/// u of the spine at height v.
inline float spine_at(const Body& body, float v) {
  return body.turn + body.lean * (v - 0.5F);
}

/// The edges of both lungs at one height, as distances by u from the spine; outer <= inner where there is no lung.
struct LungEdges {
  float outer = 0, inner = 0;
};
LungEdges lung_edges_at(const Body& body, float v);

/// v of a lung's floor, a dome, at this distance from the spine; side is -1 for the right lung, 1 for the left one.
[[gnu::always_inline]] inline float lung_floor_at(const Body& body, float distance, float side) {
  const float away = (distance - 0.34F) * (1 / 0.36F);
  const float outwards = 0.5F * (away + std::abs(away));
  return body.base + side * body.floor_difference + 0.025F * (away * away) + 0.085F * (outwards * outwards);
}

}  // namespace quartic::detail
