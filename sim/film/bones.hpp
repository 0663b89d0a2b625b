#pragma once
/// Ribs and clavicles.
#include "sim/film/body.hpp"

namespace quartic::detail {

/// The canvas with what ten pairs of back ribs, seven of front ribs and the clavicles add: hollow tubes, whose walls
/// are seen along their edges. That back and front ribs cross is what makes a chest of it.
Canvas with_bones(Canvas attenuation, const Body& body);

}  // namespace quartic::detail
