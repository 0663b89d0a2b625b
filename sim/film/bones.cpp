#include "sim/film/bones.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/film/shapes.hpp"

namespace quartic::detail {

namespace {

/// A bone at one distance from the spine: its middle, its half-height there, and its density.
struct Section {
  float v = 0, half_height = 0, density = 0;
};

/// How far a bone of slope dv over du is crossed from top to bottom, of its thickness.
float slant(float slope) {
  return std::sqrt(1 + 4 * slope * slope);
}

/// 1 between two distances, with soft ends.
float span(float distance, float from, float to, float softness) {
  return soft_step((distance - from) / softness) * soft_step((to - distance) * (1 / 0.012F));
}

/// Where ribs end at the side of the chest.
float chest_edge(const Body& body, float v) {
  return lung_edges_at(body, v).outer + 0.03F;
}

/// Falls with x^1.5 from the spine to the side, after a hump.
Section back_rib(const Body& body, int k, float distance) {
  const auto number = static_cast<float>(k);
  const float x = distance * (1 / 0.75F), root = std::sqrt(x), hump = std::max(0.0F, x * (1 - x));
  const float steep = (0.055F + 0.010F * number) * body.rib_slope;
  const float v =
      body.apex - 0.055F + body.rib_offset + body.rib_spacing * number + steep * x * root - 0.12F * hump;
  const float slope = (1.5F * steep * root - 0.12F * (1 - 2 * x)) * (1 / 0.75F);
  return {v, 0.0145F * slant(slope), 0.17F * span(distance, 0.075F, chest_edge(body, v), 0.012F)};
}

/// Falls with (1 - x)^1.25 from the side to the middle, where it turns into cartilage and fades.
Section front_rib(const Body& body, int k, float distance) {
  const float x = std::max(0.0F, 1 - distance * (1 / 0.74F)), root = std::sqrt(std::sqrt(x));
  const float fall = 0.30F * body.rib_slope;
  const float v = body.apex + 0.105F + body.rib_offset + 0.083F * static_cast<float>(k) + fall * x * root;
  const float slope = 1.25F / 0.74F * fall * root;
  return {v, 0.018F * slant(slope), 0.105F * span(distance, 0.27F, chest_edge(body, v), 0.03F)};
}

Section clavicle(const Body& body, int, float distance) {
  const float x = (distance - 0.07F) * (1 / 0.62F), bend = x * (1 - x) * (1 - 2 * x);
  const float v = body.apex + 0.060F - 0.095F * x - 0.16F * bend;
  return {v, 0.0135F, 0.26F * span(distance, 0.075F, 0.69F, 0.01F)};
}

/// Across a hollow tube, d half-heights from its middle.
float tube(float d) {
  const float away = std::abs(d);
  return 0.55F * soft_step((1 - away) * (1 / 0.12F)) + 0.50F * soft_spot((away - 0.82F) * (1 / 0.28F));
}

struct Bone {
  Section (*at)(const Body& body, int k, float distance);
  int k = 0;
};

std::vector<Bone> list_bones() {
  std::vector<Bone> bones = {{clavicle, 0}};
  for (int k = 0; k < 10; ++k) bones.push_back({back_rib, k});
  for (int k = 0; k < 7; ++k) bones.push_back({front_rib, k});
  return bones;
}

/// Where a bone lies in one column of a film: measured from the spine at its height.
Section section_at(const Body& body, const Bone& bone, float u) {
  const float height = bone.at(body, bone.k, 0.4F).v;
  return bone.at(body, bone.k, std::min(0.9F, std::abs(u - spine_at(body, height))));
}

}  // namespace

Canvas with_bones(Canvas attenuation, const Body& body) {
  const Index side = attenuation.rows();
  for (const Bone& bone : list_bones())
    for (Index j = 0; j < side; ++j) {
      const Section section = section_at(body, bone, across(j, side));
      if (section.density == 0) continue;
      const Spot middle{0, section.v};
      const Patch patch = patch_around(middle, middle, 1.4F * section.half_height, side);
      const float density = body.bones * section.density, scale = 1 / section.half_height;
      for (Index i = patch.first_row; i < patch.last_row; ++i)
        attenuation(i, j) += density * tube((down(i, side) - section.v) * scale);
    }
  return attenuation;
}

}  // namespace quartic::detail
