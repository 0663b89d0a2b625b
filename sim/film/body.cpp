#include "sim/film/body.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/film/shapes.hpp"

namespace quartic::detail {

Body draw_body(const Stream& patient) {
  std::array<double, 16> z{};
  patient.child("body").fill_normal(z);
  const auto around = [&](std::size_t k, float middle, float deviation) {
    return middle + deviation * static_cast<float>(std::clamp(z[k], -2.5, 2.5));
  };
  return {.width = around(0, 0.9F, 0.027F),
          .lean = around(1, 0, 0.03F),
          .turn = around(2, 0, 0.012F),
          .apex = around(3, 0.135F, 0.006F),
          .base = around(4, 0.77F, 0.016F),
          .floor_difference = around(5, 0.02F, 0.006F),
          .rib_spacing = around(6, 0.0765F, 0.0015F),
          .rib_offset = around(7, 0, 0.006F),
          .rib_slope = around(8, 1, 0.09F),
          .heart = around(9, 1, 0.08F),
          .heart_u = around(10, 0.125F, 0.012F),
          .heart_height = around(11, 0.107F, 0.006F),
          .thickness = around(12, 1, 0.05F),
          .exposure = around(13, 1, 0.08F),
          .texture = around(14, 1, 0.15F),
          .bones = around(15, 1, 0.08F)};
}

LungEdges lung_edges_at(const Body& body, float v) {
  const float t = (v - body.apex) / (body.base - body.apex + 0.1F);
  if (t <= 0 || t >= 1.2F) return {};
  const float q = std::max(0.0F, 1 - 2 * t);
  const float round = std::sqrt(1 - q * q * std::sqrt(q));
  const float top = std::max(0.0F, 1 - t * (1 / 0.16F));
  return {(0.60F + 0.13F * t) * round * body.width * (1 / 0.9F),
          0.07F + 0.045F * soft_spot((t - 0.42F) * (1 / 0.16F)) + 0.1F * top * top};
}

}  // namespace quartic::detail
