#pragma once
/// Chest films, drawn from what is true of a patient.
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// A chest from the front, side x side, top line first, the patient's right at the left: grey from 0 (black, air) to 1
/// (white, bone), now and then a little beyond. A pure function, with the same bits everywhere: plain arithmetic in
/// single precision, normals of the stream's children, and no step that looks at the picture's own extremes.
///
/// `findings` are details of lesions, each of mean 0 and variance 1, five for each place k = 0, 1, ... of the lungs:
/// size, density, margin, present, count (sim/findings/finding.hpp; a last place that is not whole is left out). Of a
/// lesion, in sides of the film:
///     radius 0.028 + 0.010 size, from 0.008 to 0.080;
///     attenuation through its middle 0.42 + 0.08 density, from 0.20 to 0.70 (a back rib: 0.17);
///     outline uneven by 9 + 7 margin per cent of the radius, from 0 to 22, with spicules in proportion;
///     round(1 + count) specks of lime.
/// Where present is not above 0, all of this is drawn with a quarter of the attenuation: a shadow that is easily missed,
/// in which what is said of it can be read only badly. The first ten places are apart; further ones overlap. With
/// `wander` lesions leave their places, at 1 for anywhere in the lungs (sim/film/places.hpp): a picture then does not
/// tell which place a lesion belongs to.
///
/// All lengths are in sides, so that a patient looks the same at any number of pixels. The body, its ribs and vessels,
/// texture, exposure and noise come from the stream alone ("body", "vessels", "places", "texture", "quanta"): they say
/// nothing of the findings. Some 0.35 ms at 32 pixels, 2.3 at 128, 9 at 256 (one core of 2024). Precondition: side > 0,
/// 0 <= wander <= 1.
Matrix draw_film(const Vector& findings, const Stream& patient, Index side, double wander = 0);

/// What pixels are standardised by: near the mean and the deviation of all pixels of many films.
inline constexpr double film_mean = 0.43, film_deviation = 0.36;

}  // namespace quartic
