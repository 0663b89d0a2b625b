#pragma once
/// Vessels of the lungs.
#include "sim/film/body.hpp"

namespace quartic::detail {

/// How dense vessels are over side x side points, where all of it is air: from each hilum trees run outward, fork and
/// thin out. Of this patient: the normals of its child "vessels".
Canvas draw_vessels(const Body& body, const Stream& patient, Index side);

}  // namespace quartic::detail
