#include "sim/film/vessels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

/// The growing end of a vessel; its direction has length 1 in sides of the film.
struct Tip {
  Spot at;
  float x = 0, y = 0;  ///< direction: to the side, down
  float width = 0;
  int forks = 0;
};

/// Normals one after another, from a stream: more than any tree needs.
class Chances {
 public:
  explicit Chances(Stream stream) { stream.fill_normal(normals_); }
  float next() { return static_cast<float>(std::clamp(normals_[next_++ % normals_.size()], -2.5, 2.5)); }

 private:
  std::array<double, 1024> normals_{};
  std::size_t next_ = 0;
};

/// Turned by a small angle, whose sine this is.
Tip turned(Tip tip, float sine) {
  const float cosine = std::sqrt(std::max(0.0F, 1 - sine * sine)), x = tip.x;
  tip.x = cosine * x - sine * tip.y;
  tip.y = sine * x + cosine * tip.y;
  return tip;
}

/// Trunks leave a hilum in a fan, from steeply up to steeply down.
std::vector<Tip> trunks(Spot hilum, float side, Chances& chances) {
  constexpr int count = 7;
  std::vector<Tip> tips;
  for (int k = 0; k < count; ++k) {
    const double turns =
        0.06 + 0.88 * (k + 0.5) / count + 0.03 * double{chances.next()};  // of half a turn, from up
    const double angle = std::clamp(turns, 0.0, 1.0);
    const auto up = static_cast<float>(cosine_pi(angle)),
               out = static_cast<float>(cosine_pi(std::abs(0.5 - angle)));
    tips.push_back({hilum, side * out, -up, (k >= 4 ? 0.0085F : 0.0070F) * (1 + 0.15F * chances.next()), 0});
  }
  return tips;
}

/// One step on: a stroke, and the tip beyond it.
Stroke step(const Tip& tip, const Tip& next) {
  constexpr float ink = 40;  // a vessel of this radius is so dense, as thick as it is wide
  return {tip.at, next.at, tip.width, next.width, ink * tip.width, ink * next.width};
}

Tip grown(Tip tip, Chances& chances) {
  constexpr float length = 0.026F;
  tip = turned(tip, 0.24F * chances.next());
  tip.at.u += 2 * length * tip.x;
  tip.at.v += length * tip.y;
  tip.width *= 0.915F;
  return tip;
}

/// The tree of one lung, tip by tip.
Canvas with_tree(Canvas canvas, std::vector<Tip> tips, Chances& chances) {
  constexpr float thinnest = 0.0022F;
  constexpr int most_forks = 3;
  while (!tips.empty()) {
    Tip tip = tips.back();
    tips.pop_back();
    while (tip.width > thinnest) {
      const Tip next = grown(tip, chances);
      canvas = with_stroke(std::move(canvas), step(tip, next));
      tip = next;
      if (tip.forks == most_forks || chances.next() < 0.0F) continue;
      ++tip.forks;
      Tip other = turned(tip, 0.6F + 0.15F * chances.next());
      tip = turned(tip, -0.25F);
      other.width *= 0.8F;
      tip.width *= 0.92F;
      tips.push_back(other);
    }
  }
  return canvas;
}

}  // namespace

Canvas draw_vessels(const Body& body, const Stream& patient, Index side) {
  Canvas canvas = Canvas::Zero(side, side);
  Chances chances(patient.child("vessels"));
  for (const float lung : {-1.0F, 1.0F}) {
    const float v = body.apex + (lung < 0 ? 0.325F : 0.31F);
    const Spot hilum{spine_at(body, v) + lung * 0.145F, v};
    canvas = with_tree(std::move(canvas), trunks(hilum, lung, chances), chances);
  }
  return canvas;
}

}  // namespace quartic::detail
