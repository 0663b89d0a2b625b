#include "sim/film/places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace quartic::detail {

namespace {

/// A place of the usual body: its distance from the spine by u, and v.
struct Place {
  float distance, v;
};
/// Five a lung, apart from one another, from the heart, the hila and the edges.
constexpr std::array<Place, 5> right_places = {
    {{0.34F, 0.43F}, {0.54F, 0.53F}, {0.30F, 0.25F}, {0.36F, 0.60F}, {0.50F, 0.35F}}};
constexpr std::array<Place, 5> left_places = {
    {{0.30F, 0.26F}, {0.56F, 0.61F}, {0.36F, 0.44F}, {0.50F, 0.35F}, {0.57F, 0.49F}}};

/// What is between the edges of a lung, and not behind the heart, at a height from 0 (top) to 1.
constexpr float top = 0.22F, bottom = 0.66F;
struct Extent {
  float inner, outer;
};
Extent extent_at(float height, bool left) {
  const float above = (1 - height) * (1 - height);
  return {left ? 0.25F + 0.27F * height * height : 0.24F + 0.08F * height * height,
          0.37F + 0.21F * (1 - above * above)};
}

/// More than the first places lie in between, by the m-th point of a sequence of low discrepancy (Roberts 2018).
Place further_place(std::size_t m, bool left) {
  constexpr double plastic = 1.32471795724474602596;
  const double step = static_cast<double>(m) + 1, a = 0.5 + step / plastic,
               b = 0.5 + step / (plastic * plastic);
  const auto height = static_cast<float>(b - std::floor(b));
  const Extent lung = extent_at(height, left);
  return {lung.inner + (lung.outer - lung.inner) * static_cast<float>(a - std::floor(a)),
          top + (bottom - top) * height};
}

Place usual_home(Index k, bool left) {
  const auto m = static_cast<std::size_t>(k / 2);
  const std::array<Place, 5>& places = left ? left_places : right_places;
  return m < places.size() ? places[m] : further_place(m, left);
}

Stream stream_of(const Stream& patient, Index k) {
  return patient.child("places").child(static_cast<std::uint64_t>(k));
}

/// Where a place of the usual body lies in this one, and aside.
struct Aside {
  float v, distance;
};
Aside draw_aside(const Stream& patient, Index k) {
  std::array<double, 2> z{};
  stream_of(patient, k).fill_normal(z);
  const auto within = [](double value) { return static_cast<float>(std::clamp(value, -2.5, 2.5)); };
  return {0.006F * within(z[0]), 0.012F * within(z[1])};
}
Spot spot_of(const Body& body, Place usual, bool left, Aside aside) {
  const Body usual_body;
  const float stretch = (body.base - body.apex) / (usual_body.base - usual_body.apex);
  const float v = body.apex + stretch * (usual.v - usual_body.apex) + aside.v;
  const float distance = usual.distance * body.width / usual_body.width + aside.distance;
  return {spine_at(body, v) + (left ? distance : -distance), v};
}

/// A point of the box about a lung, which may lie outside of it.
struct Target {
  bool other_lung;  ///< than that of home
  Place place;
};
Target draw_target(Stream& words, double wander) {
  const bool other = words.uniform() < 0.5 * wander;
  const auto distance = static_cast<float>(words.uniform()), height = static_cast<float>(words.uniform());
  return {other, {0.24F + 0.34F * distance, top + (bottom - top) * height}};
}
bool is_in_lung(Place place, bool left) {
  const Extent lung = extent_at((place.v - top) / (bottom - top), left);
  return place.distance > lung.inner && place.distance < lung.outer;
}

/// In sides of the film.
float distance_to_nearest(Spot spot, std::span<const Spot> others) {
  float nearest = std::numeric_limits<float>::infinity();
  for (const Spot& other : others) {
    const float x = (spot.u - other.u) / 2, y = spot.v - other.v;
    nearest = std::min(nearest, std::sqrt(x * x + y * y));
  }
  return nearest;
}

Spot wandered(const Body& body, const Stream& patient, float wander, std::span<const Spot> before) {
  constexpr int tries = 32;
  const Index k = std::ssize(before);
  const Aside aside = draw_aside(patient, k);
  Stream words = stream_of(patient, k).child("wander");
  Spot best = home_of(body, patient, k);
  float room = -1;
  for (int t = 0; t < tries && room < room_of_a_lesion; ++t) {
    const Target target = draw_target(words, wander);
    const bool left = (k % 2 == 1) != target.other_lung;
    if (!is_in_lung(target.place, left)) continue;
    const Place home = usual_home(k, left);
    const Place there = {home.distance + wander * (target.place.distance - home.distance),
                         home.v + wander * (target.place.v - home.v)};
    const Spot spot = spot_of(body, there, left, aside);
    const float nearest = distance_to_nearest(spot, before);
    if (nearest > room) {
      room = nearest;
      best = spot;
    }
  }
  return best;
}

}  // namespace

Spot home_of(const Body& body, const Stream& patient, Index k) {
  const bool left = k % 2 == 1;
  return spot_of(body, usual_home(k, left), left, draw_aside(patient, k));
}

std::vector<Spot> place_lesions(const Body& body, const Stream& patient, Index count, float wander) {
  std::vector<Spot> spots;
  for (Index k = 0; k < count; ++k)
    spots.push_back(wander == 0 ? home_of(body, patient, k) : wandered(body, patient, wander, spots));
  return spots;
}

}  // namespace quartic::detail
