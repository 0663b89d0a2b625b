#pragma once
/// What is painted on: attenuation over the film, in points finer than its pixels or not.
///
/// Places on a film: u runs from -1 (left) to 1 (right), v from 0 (top) to 1 (bottom); distances, radii and widths
/// are in sides of the film, so that a picture is the same whatever its number of pixels.
#include "core/types.hpp"

namespace quartic::detail {

/// side x side, a row a line of the picture.
using Canvas = MatrixF;

/// Where the middle of pixel j of `side` lies.
inline float across(Index j, Index side) {
  return (static_cast<float>(j) + 0.5F) * 2 / static_cast<float>(side) - 1;
}
inline float down(Index i, Index side) {
  return (static_cast<float>(i) + 0.5F) / static_cast<float>(side);
}

struct Spot {
  float u = 0, v = 0;
};

/// A part of the canvas: rows and columns [first, last).
struct Patch {
  Index first_row = 0, last_row = 0, first_column = 0, last_column = 0;
};
/// All pixels within this reach (sides of the film) of both ends.
Patch patch_around(Spot one, Spot other, float reach, Index side);

/// A line that grows thinner and fainter, with round ends.
struct Stroke {
  Spot from, to;
  float width_from = 0, width_to = 0;  ///< half-widths, sides of the film
  float ink_from = 0, ink_to = 0;
};
/// The larger of what is there and the stroke: strokes that meet do not add up.
Canvas with_stroke(Canvas canvas, const Stroke& stroke);
/// What is there and a round spot of this half-width, ink soft_spot(distance/width).
Canvas with_spot(Canvas canvas, Spot at, float width, float ink);

/// The picture with rows and columns averaged in groups of so many.
Canvas averaged(const Canvas& canvas, Index group);
/// The same picture in side x side pixels: the mean, over each new pixel, of the smooth surface of which the old
/// pixels are the control points (quadratic splines; the last pixel goes on beyond the edge).
Canvas resampled(const Canvas& canvas, Index side);
/// Convolved with a Gaussian of this standard deviation (sides of the film), cut at three of them; the last pixel
/// goes on beyond the edge. Sums are taken outwards from the middle.
Canvas blurred(const Canvas& canvas, float deviation);

}  // namespace quartic::detail
