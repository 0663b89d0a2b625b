#include "sim/film/exposure.hpp"

#include <cmath>

#include "sim/film/grain.hpp"
#include "sim/film/shapes.hpp"

namespace quartic::detail {

namespace {

constexpr float contrast = 1.35F;

/// Each pixel by itself.
template <class Function>
Canvas mapped(Canvas canvas, Function function) {
  float* pixel = canvas.data();
  const Index count = canvas.size();
  for (Index k = 0; k < count; ++k) pixel[k] = function(pixel[k]);
  return canvas;
}
template <class Function>
Canvas mapped(Canvas canvas, const Canvas& other, Function function) {
  float* pixel = canvas.data();
  const float* beside = other.data();
  const Index count = canvas.size();
  for (Index k = 0; k < count; ++k) pixel[k] = function(pixel[k], beside[k]);
  return canvas;
}

Canvas transmit(const Shadow& shadow) {
  return averaged(mapped(shadow.attenuation, [](float a) { return film_exponential(-contrast * a); }),
                  shadow.group);
}

Canvas with_clouds(Canvas light, const Shadow& shadow, const Body& body, const Stream& patient) {
  const Index side = light.rows();
  constexpr float height = 0.030F;
  const Canvas clouds = resampled(draw_clouds(patient.child("texture"), 64), side)
                            .cwiseProduct(averaged(shadow.air, shadow.group));
  const float scale = -contrast * height * body.texture;
  return mapped(std::move(light), clouds,
                [=](float i, float cloud) { return i * film_exponential(scale * cloud); });
}

/// Scatter is so smooth that 32 x 32 points hold it.
Canvas with_scatter(Canvas light) {
  constexpr Index coarse = 32;
  const Canvas scatter = resampled(blurred(resampled(light, coarse), 0.07F), light.rows());
  return mapped(std::move(light), scatter, [](float i, float more) { return i + 0.22F * more; });
}

/// On a lattice of 128 nodes, through whose splines noise has half the deviation of the nodes' at 128 pixels.
Canvas with_quanta(Canvas light, const Stream& patient) {
  const Canvas noise = resampled(draw_nodes(patient.child("quanta"), 128), light.rows());
  return mapped(std::move(light), noise, [](float i, float z) { return i + 0.020F * z * std::sqrt(i); });
}

float film_curve(float density) {
  constexpr float middle = 1.05F, width = 0.42F;
  constexpr float black = 0.075F, white = 1.0F;  // the curve where no body is, and through the belly
  const float level = 1 / (1 + film_exponential((middle - density) * (1 / width)));
  return (level - black) * (1 / (white - black));
}

}  // namespace

Canvas expose(const Shadow& shadow, const Body& body, const Stream& patient) {
  Canvas light = with_scatter(with_clouds(transmit(shadow), shadow, body, patient));
  light = with_quanta(std::move(light), patient);
  const float exposure = body.exposure;
  constexpr float least = 1e-4F;
  Canvas density = mapped(std::move(light),
                          [=](float i) { return -film_logarithm(least + positive(exposure * i - least)); });
  if (density.rows() > 64) density = blurred(density, 0.004F);
  const Canvas smooth = blurred(density, 0.025F);
  return mapped(std::move(density), smooth,
                [](float sharp, float soft) { return film_curve(sharp + 0.55F * (sharp - soft)); });
}

}  // namespace quartic::detail
