#pragma once
/// From attenuation to a film: what an X-ray set, a screen and a developer make of it.
#include "sim/film/body.hpp"

namespace quartic::detail {

/// All that the rays meet, in points of which each pixel of the film has `group` x `group`.
struct Shadow {
  Canvas attenuation, air;
  Index group = 1;
};

/// Grey levels from 0 (black) to 1. In this order: transmission e^(-1.35 attenuation), with clouds where there is air;
/// scatter (22 % of it, blurred by 0.07 sides); quantum noise (1 % at 128 pixels, as its root); logarithm; blur by
/// 0.004 sides; unsharp mask of 0.025 sides; a fixed sigmoid curve. No step looks at the picture's own extremes.
/// Streams of the patient: "texture", "quanta".
Canvas expose(const Shadow& shadow, const Body& body, const Stream& patient);

}  // namespace quartic::detail
