#include "sim/film/chest.hpp"

#include <cmath>
#include <span>
#include <vector>

#include "sim/film/shapes.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

/// What all points of one line have in common.
struct Line {
  float v = 0, spine = 0;
  LungEdges lung;
  float vertebrae = 0;  ///< density of the spine
  float trachea = 0;
};

Line line_at(const Body& body, float v) {
  const double turns = 2 * (v - body.apex) / 0.06 + 40;  // half-turns of a cosine, one turn a vertebra
  const double part = turns - 2 * std::floor(turns / 2);
  const auto wave = static_cast<float>(cosine_pi(part <= 1 ? part : 2 - part));
  return {v, spine_at(body, v), lung_edges_at(body, v), 0.20F * (0.72F + 0.28F * wave),
          0.30F * soft_step((0.40F - v) * (1 / 0.012F))};
}

/// The heart is an ellipse, its long axis from the upper right of the patient to the lower left.
struct Heart {
  float u = 0, v = 0;
  float along_u = 0, along_v = 0;  ///< the long axis over its half-length
  float beside_u = 0, beside_v = 0;
};

Heart place_heart(const Body& body) {
  constexpr float cosine = 0.766F, sine = 0.643F;  // of 40 degrees
  const float half_length = 0.205F * body.heart, half_width = 0.135F * body.heart;
  return {body.heart_u,         body.base - body.heart_height,
          cosine / half_length, sine / half_length,
          -sine / half_width,   cosine / half_width};
}

[[gnu::always_inline]] inline float heart_at(const Heart& heart, float x, float v) {
  const float du = (x - heart.u) * 0.5F, dv = v - heart.v;
  const float a = du * heart.along_u + dv * heart.along_v, b = du * heart.beside_u + dv * heart.beside_v;
  return soft_step((1 - std::sqrt(a * a + b * b)) * (1 / 0.05F));
}

/// A round spot by the squares of distances.
[[gnu::always_inline]] inline float disc(float x, float v, Spot middle, float radius) {
  const float du = (x - middle.u) * 0.5F, dv = v - middle.v;
  return std::sqrt(du * du + dv * dv) * (1 / radius);
}

/// How much a ray through the trunk meets, by the power 0.8 of its chord (a form without powers, within 4 %).
[[gnu::always_inline]] inline float trunk_at(const Body& body, float x, float v) {
  const float shoulder = soft_step((v - 0.075F - 0.1F * x * x) * (1 / 0.018F));
  const float half = 0.25F + (body.width - 0.25F) * shoulder;
  const float share = x / half;
  const float q = positive(1 - share * share);
  return std::sqrt(q) * (1.25F - 0.25F * q);
}

/// Between the lungs: the shadow of the middle, vertebrae, the aortic knob, less the trachea; and the hila.
[[gnu::always_inline]] inline float middle_at(const Line& line, float x, float distance) {
  const float shadow = 0.17F * soft_spot(distance * (1 / 0.13F));
  const float spine = line.vertebrae * soft_step((0.082F - distance) * (1 / 0.012F));
  const float knob = 0.16F * soft_step((1 - disc(x, line.v, {0.10F, 0.335F}, 0.048F)) * (1 / 0.12F));
  const float trachea = line.trachea * soft_spot(x * (1 / 0.04F));
  const float hila = 0.15F * (soft_spot(disc(x, line.v, {-0.185F, 0.455F}, 0.045F)) +
                              soft_spot(disc(x, line.v, {0.185F, 0.44F}, 0.045F)));
  return shadow + spine + knob + hila - trachea;
}

/// One line, from left to right.
void draw_line(const Body body, const Heart heart, const Line line, std::span<const float> us,
               float* attenuation, float* air) {
  const float stomach_v = body.base + 0.085F;
  for (std::size_t j = 0; j < us.size(); ++j) {
    const float x = us[j] - line.spine, distance = std::abs(x);
    const float trunk = trunk_at(body, x, line.v);
    const float floor =
        soft_step((lung_floor_at(body, distance, std::copysign(1.0F, x)) - line.v) * (1 / 0.009F));
    const float lung = soft_step((line.lung.outer - distance) * (1 / 0.016F)) *
                       soft_step((distance - line.lung.inner) * (1 / 0.014F)) * floor;
    const float muscle = heart_at(heart, x, line.v);
    const float open = lung * (1 - 0.92F * muscle);
    const float stomach = soft_step((1 - disc(x, line.v, {0.33F, stomach_v}, 0.05F)) * (1 / 0.25F));
    const float below = (0.16F - 0.30F * stomach) * (1 - floor);
    attenuation[j] = body.thickness * (1.55F * trunk - 0.98F * open + 0.13F * muscle) +
                     (middle_at(line, x, distance) + below) * (1 - positive(1 - 3 * trunk));
    air[j] = open;
  }
}

}  // namespace

Chest draw_chest(const Body& body, Index side) {
  Chest chest{Canvas(side, side), Canvas(side, side)};
  const Heart heart = place_heart(body);
  std::vector<float> us;
  for (Index j = 0; j < side; ++j) us.push_back(across(j, side));
  for (Index i = 0; i < side; ++i)
    draw_line(body, heart, line_at(body, down(i, side)), us, chest.attenuation.row(i).data(),
              chest.air.row(i).data());
  return chest;
}

}  // namespace quartic::detail
