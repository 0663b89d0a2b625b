#include "sim/film/lesion.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/film/shapes.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

constexpr std::size_t directions = 64;
/// The radius of an outline in so many directions, evenly by compass() from the left edge of the film.
using Outline = std::array<float, directions + 1>;

/// An angle without trigonometry, from 0 to 4 once around: rises with that of (x, y), by a quarter of a turn a unit.
float compass(float x, float y) {
  const float sum = std::abs(x) + std::abs(y);
  const float share = sum > 0 ? x / sum : 0.0F;
  return y < 0 ? 1 + share : 3 - share;
}

/// The unit vector whose compass() this is.
struct Direction {
  float x = 0, y = 0;
};
Direction direction_of(float angle) {
  const float share = angle < 2 ? angle - 1 : 3 - angle, rest = 1 - std::abs(share);
  const float y = angle < 2 ? -rest : rest, length = std::sqrt(share * share + y * y);
  return {share / length, y / length};
}

/// 1 + the sum over k = first .. last of (a_k cos k phi + b_k sin k phi), with variance `deviation`^2 over patients.
struct Waves {
  int first = 0, last = 0;
  float deviation = 0;
};
float wave_at(const Waves& waves, Direction direction, const double* normals) {
  float cosine = 1, sine = 0, sum = 0;
  for (int k = 1; k <= waves.last; ++k) {
    const float c = cosine * direction.x - sine * direction.y;
    sine = cosine * direction.y + sine * direction.x;
    cosine = c;
    if (k >= waves.first)
      sum += static_cast<float>(normals[2 * k]) * cosine + static_cast<float>(normals[2 * k + 1]) * sine;
  }
  return waves.deviation * sum / std::sqrt(static_cast<float>(waves.last - waves.first + 1));
}

/// The random numbers of one place: where it lies, its outline, its spicules, its specks.
constexpr std::size_t outline_normals = 2, spicule_normals = 32, speck_normals = 56, all_normals = 128;
using Normals = std::array<double, all_normals>;
Normals draw_normals(const Stream& patient, Index place) {
  Normals z{};
  patient.child("places").child(static_cast<std::uint64_t>(place)).fill_normal(z);
  for (double& value : z) value = std::clamp(value, -2.5, 2.5);
  return z;
}

/// Every lesion is a little uneven (waves 2 and 3); margins add waves 4 to 11.
Outline draw_outline(const Lesion& lesion, const Normals& z) {
  Outline outline{};
  for (std::size_t k = 0; k <= directions; ++k) {
    const Direction way = direction_of(4 * static_cast<float>(k) / directions);
    const float uneven = wave_at({2, 3, 0.05F}, way, z.data() + outline_normals - 2) +
                         wave_at({4, 11, lesion.spiculation}, way, z.data() + outline_normals - 2);
    outline[k] = lesion.radius * std::clamp(1 + uneven, 0.5F, 1.7F);
  }
  return outline;
}

float radius_at(const Outline& outline, float x, float y) {
  const float at = compass(x, y) * (directions / 4.0F);
  const auto k = std::min(static_cast<std::size_t>(at), directions - 1);
  const float share = at - static_cast<float>(k);
  return outline[k] + share * (outline[k + 1] - outline[k]);
}

/// A ball: as dense as it is thick.
Canvas with_ball(Canvas canvas, Spot middle, const Lesion& lesion, const Outline& outline) {
  const Index side = canvas.rows();
  const Patch patch = patch_around(middle, middle, 1.7F * lesion.radius, side);
  for (Index i = patch.first_row; i < patch.last_row; ++i)
    for (Index j = patch.first_column; j < patch.last_column; ++j) {
      const float x = (across(j, side) - middle.u) / 2, y = down(i, side) - middle.v;
      const float radius = radius_at(outline, x, y);
      const float q = std::max(0.0F, 1 - (x * x + y * y) / (radius * radius));
      canvas(i, j) += lesion.density * std::sqrt(q);
    }
  return canvas;
}

/// Thin rays that fade beyond the outline, longer and denser the more spiculated it is.
Canvas with_spicules(Canvas canvas, Spot middle, const Lesion& lesion, const Normals& z) {
  constexpr int count = 12;
  const float strength = lesion.spiculation / 0.3F;
  for (int k = 0; k < count; ++k) {
    const auto n = static_cast<std::size_t>(2 * k) + spicule_normals;
    const float turn = 4.0F / count * (static_cast<float>(k) + 0.5F + 0.2F * static_cast<float>(z[n]));
    const Direction way = direction_of(turn);
    const float near = 0.8F * lesion.radius;
    const float far = lesion.radius * (1.15F + strength * (0.8F + 0.25F * static_cast<float>(z[n + 1])));
    canvas = with_stroke(std::move(canvas), {{middle.u + 2 * near * way.x, middle.v + near * way.y},
                                             {middle.u + 2 * far * way.x, middle.v + far * way.y},
                                             0.0045F,
                                             0.0018F,
                                             0.5F * strength * lesion.density,
                                             0});
  }
  return canvas;
}

Canvas with_specks(Canvas canvas, Spot middle, const Lesion& lesion, const Normals& z) {
  const Index most = static_cast<Index>(all_normals - speck_normals) / 2;
  for (Index k = 0; k < std::min(lesion.specks, most); ++k) {
    const auto n = static_cast<std::size_t>(2 * k) + speck_normals;
    const float reach = 0.42F * lesion.radius;
    const Spot at{middle.u + 2 * reach * static_cast<float>(z[n]),
                  middle.v + reach * static_cast<float>(z[n + 1])};
    canvas = with_spot(std::move(canvas), at, 0.0055F, lesion.lime);
  }
  return canvas;
}

struct Ends {
  double least, most;
};
float within(double value, Ends ends) {
  return static_cast<float>(std::clamp(value, ends.least, ends.most));
}

}  // namespace

Lesion make_lesion(std::span<const double> details) {
  const double seen = details[3] > 0 ? 1 : 0.25;
  return {.radius = within(0.028 + 0.010 * details[0], {0.008, 0.080}),
          .density = within(seen * (0.42 + 0.08 * details[1]), {seen * 0.20, seen * 0.70}),
          .spiculation = within(0.09 + 0.07 * details[2], {0, 0.22}),
          .specks = static_cast<Index>(within(std::rint(1 + details[4]), {0, 30})),
          .lime = static_cast<float>(0.40 * seen)};
}

Canvas draw_lesions(std::span<const Lesion> lesions, std::span<const Spot> spots, const Stream& patient,
                    Index side) {
  Canvas canvas = Canvas::Zero(side, side);
  for (std::size_t k = 0; k < lesions.size(); ++k) {
    const Lesion& lesion = lesions[k];
    if (lesion.density == 0) continue;
    const Normals z = draw_normals(patient, static_cast<Index>(k));
    const Spot middle = spots[k];
    canvas = with_ball(std::move(canvas), middle, lesion, draw_outline(lesion, z));
    canvas = with_spicules(std::move(canvas), middle, lesion, z);
    canvas = with_specks(std::move(canvas), middle, lesion, z);
  }
  return canvas;
}

}  // namespace quartic::detail
